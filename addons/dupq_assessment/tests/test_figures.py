import contextlib
import itertools
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import Form, tagged
from odoo.tools import SQL

from odoo.addons.dupq_assessment.figures import Figures

from .assessment_common import AssessmentCommon

# So many lines of a list are shown at once.
LINES = 40


@tagged("post_install", "-at_install")
class TestFigures(AssessmentCommon):
    """Figures are asked for all at once, and never by reading every voice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls._fill(
            cls._create_assessment(scope="organisation", service_id=False)
        )

    # === HOW OFTEN THE DATABASE IS ASKED === #

    @contextlib.contextmanager
    def _rows_of(self, table):
        """How many rows each statement about a table has brought."""
        rows = []
        execute = Cursor.execute

        def execute_and_count(cr, query, *args, **kwargs):
            res = execute(cr, query, *args, **kwargs)
            code = query.code if isinstance(query, SQL) else query
            if f'FROM "{table}"' in code:
                rows.append(cr.rowcount)
            return res

        with patch.object(Cursor, "execute", execute_and_count):
            yield rows

    @classmethod
    def _specify(cls, node, model):
        """The fields of a view, as the web client asks for them."""
        found = {}
        for field in node.iter("field"):
            around = itertools.takewhile(
                lambda up: up is not node, field.iterancestors()
            )
            if any(up.tag == "field" for up in around):
                continue
            of = model._fields[field.get("name")]
            spec = {}
            if of.relational:
                spec = {"fields": {"display_name": {}}}
            if of.type == "one2many" and len(field):
                lines = cls._specify(field[0], cls.env[of.comodel_name])
                spec = {"fields": lines, "limit": LINES}
            found[of.name] = spec
        return found

    def _open(self, assessment, user):
        """What the form asks for, and what it gets."""
        opened = assessment.with_user(user)
        arch = opened.get_views([(False, "form")])["views"]["form"]["arch"]
        spec = self._specify(etree.fromstring(arch), opened)
        return spec, opened.browse(opened.id).web_read(spec)[0]

    def _say(self, assessment, number, **values):
        self.env["dupq.voice"].create(
            [
                {
                    "assessment_id": assessment.id,
                    "words": f"Words number {one}.",
                    "group_id": self.people.id,
                    "area_id": self.areas[one % 2].id,
                    **values,
                }
                for one in range(number)
            ]
        )

    def test_opening_asks_as_often_for_many_services_and_voices(self):
        def opening():
            self._open(self.whole, self.user_quality)

        self._fill(self._create_assessment())._take("complete")
        few = self._count_queries(opening)
        self.assertLess(few, 100)
        self._say(self.whole, 200)
        for number in range(20):
            service = self._create_service(name=f"House {number}")
            assessment = self._create_assessment(service_id=service.id)
            self._fill(assessment)._take("complete")
        self.assertLessEqual(self._count_queries(opening), few)

    def test_opening_reads_no_voice_but_those_to_print(self):
        self._say(self.whole, 60)
        self._say(self.whole, 2, is_printed=True)
        spec, shown = self._open(self.whole, self.user_quality)
        self.assertNotIn("voice_ids", spec)
        self.assertEqual(shown["voice_count"], 63)
        self.assertEqual(len(shown["printed_voice_ids"]), 3)

    def test_opening_reads_no_line_of_who_takes_part_but_those_shown(self):
        self.whole.participant_ids = [
            Command.create({"group_id": self.people.id, "planned": 1, "actual": 1})
            for _number in range(3 * LINES)
        ]
        self.whole.participant_ids[-1].group_id = self.managers
        self.env.flush_all()
        self.env.invalidate_all()
        with self._rows_of("dupq_assessment_participant") as rows:
            _spec, shown = self._open(self.whole, self.user_quality)
        lines = shown["participant_ids"]
        self.assertEqual(len(lines), 3 * LINES + 3)
        self.assertEqual(len([one for one in lines if "group_id" in one]), LINES)
        # Which lines there are is read once, as of every list in a form; of the lines
        # themselves no more than are shown, and sums of the others.
        (ids,) = [number for number in rows if number > LINES]
        self.assertEqual(ids, 3 * LINES + 3)
        self.assertEqual(shown["participant_count"], 3 * LINES + 6)
        self.assertIn(self.managers.name, shown["overview"])

    def test_who_came_is_known_while_the_form_is_being_changed(self):
        few = self._create_assessment()
        few._take("start")
        few.participant_ids = [
            Command.create({"group_id": group.id, "planned": 1})
            for group in (self.people, self.families, self.staff)
        ]
        self.assertIn(self.families.name, few.few_voices)
        with Form(few.with_user(self.user_manager)) as form:
            with form.participant_ids.edit(1) as line:
                line.actual = 2
            self.assertNotIn(self.families.name, form.few_voices)
            self.assertIn(self.staff.name, form.few_voices)
        self.assertNotIn(self.families.name, few.few_voices)

    def test_steps_of_many_cost_what_those_of_one_cost(self):
        def steps(assessments):
            def ask():
                figures = Figures(assessments.browse(assessments.ids))
                for one in figures.assessments:
                    one._get_steps(figures)

            return self._count_queries(ask)

        one = self._fill(self._create_assessment())
        many = one
        for number in range(12):
            service = self._create_service(name=f"House {number}")
            many |= self._fill(self._create_assessment(service_id=service.id))
        self.assertLessEqual(steps(many), steps(one) + 1)

    def test_missing_in_a_list_of_steps_costs_what_it_costs_for_one(self):
        many = few = self.whole.step_ids
        for number in range(13):
            service = self._create_service(name=f"House {number}")
            many |= self._fill(self._create_assessment(service_id=service.id)).step_ids
            few = few if number else many

        def missing(steps):
            return self._count_queries(
                lambda: steps.browse(steps.ids).mapped("missing")
            )

        self.assertLessEqual(missing(many), missing(few))

    def test_years_of_many_cost_what_those_of_one_cost(self):
        many = self.env["dupq.assessment"]
        for number in range(12):
            service = self._create_service(name=f"House {number}")
            for years in (1, 0):
                date_to = self.today - timedelta(days=366 * years)
                now = self._create_assessment(
                    service_id=service.id,
                    date_to=date_to,
                    date_from=date_to - timedelta(days=364),
                )
                self._fill(now)
            many |= now

        def compare(some):
            return self._count_queries(
                lambda: some.browse(some.ids).mapped("comparison")
            )

        self.assertLessEqual(compare(many), compare(many[:1]) + 1)
        changes = [row["change"] for row in many[-1].comparison["rows"]]
        self.assertEqual(changes, ["same", "same"])

    # === THE SAME AS IN PLAIN SQL === #

    def _ask(self, query, *args):
        return self.env.execute_query(SQL(query, *args))

    def test_voices_and_ratings_are_told_as_plain_sql_tells_them(self):
        self._say(self.whole, 3, channel="link", date="2025-03-01")
        self._say(self.whole, 2, channel="card", date="2025-03-02")
        other = self._fill(self._create_assessment())
        figures = Figures(self.whole | other)
        voices = figures.get_voices(self.whole)
        self.assertEqual(voices.channels, {"typed", "link", "card"})
        [(count, days, writers)] = self._ask(
            "SELECT count(*), count(DISTINCT date), array_agg(DISTINCT create_uid) "
            "FROM dupq_voice WHERE assessment_id = %s",
            self.whole.id,
        )
        self.assertEqual((voices.count, len(voices.days)), (count, days))
        self.assertEqual(voices.writers, set(writers))
        self.assertEqual(figures.get_voices(other).count, 1)
        rated = self._ask(
            "SELECT DISTINCT write_uid, write_date::date FROM dupq_assessment_rating "
            "WHERE assessment_id = %s AND level_id IS NOT NULL",
            self.whole.id,
        )
        self.assertEqual(figures.get_ratings(self.whole), set(rated))

    def test_services_of_each_are_the_same_as_of_each_alone(self):
        kinds = (
            {"scope": "organisation", "service_id": False},
            {"scope": "region", "service_id": self.region.id},
            {
                "scope": "services",
                "service_id": False,
                "service_ids": (self.service | self.other_service).ids,
            },
            {},
        )
        every = self.whole.concat(*(self._create_assessment(**kind) for kind in kinds))
        figures = Figures(every)
        for one in every:
            with self.subTest(one.scope):
                ids = [service.id for service in figures.get_services(one)]
                self.assertEqual(ids, one._get_services().ids)

    def test_the_widest_gaps_are_the_first_of_all(self):
        low, middle, high = self.scale.level_ids
        for statement, levels in zip(
            self.areas.statement_ids,
            ((low, middle), (low, high), (high, high), (middle, low)),
            strict=True,
        ):
            self.whole.statement_rating_ids = [
                Command.create(
                    {
                        "statement_id": statement.id,
                        "perspective_id": group.id,
                        "level_id": level.id,
                    }
                )
                for group, level in zip(self.people + self.staff, levels, strict=True)
            ]
        every = self.whole._get_gaps()
        self.assertEqual([one["gap"] for one in every], [1.0, 0.5, 0.5, 0.0])
        for most in range(5):
            with self.subTest(most):
                self.assertEqual(self.whole._get_gaps(most), every[:most])

    def test_evidence_of_an_area_counts_an_item_once(self):
        item = self.env["dupq.evidence"].create(
            {
                "service_id": self.service.id,
                "title": "Seen",
                "polarity": "not_yet",
                "statement_ids": [Command.set(self.areas.statement_ids.ids)],
            }
        )
        item._record_past("accepted", self.today - timedelta(days=1), "A visit")
        counts = self.whole._count_evidence()
        self.assertEqual(counts, dict.fromkeys(self.areas, (0, 1)))

    # === FINDING VOICES === #

    def test_voices_are_found_added_and_changed_while_it_is_open(self):
        manager = self._fill(self._create_assessment()).with_user(self.user_manager)
        action = manager.action_open_voices()
        voices = self.env["dupq.voice"].with_user(self.user_manager)
        self.assertEqual(voices.search(action["domain"]), manager.voice_ids)
        self.assertTrue(action["context"]["create"])
        said = voices.with_context(**action["context"]).create(
            {"words": "I like my room.", "group_id": self.people.id}
        )
        self.assertEqual(said.assessment_id, manager)
        self.assertFalse(manager.printed_voice_ids & said)
        said.is_printed = True
        self.assertIn(said, manager.printed_voice_ids)
        beside = manager.action_write_voice()["context"]
        said = voices.with_context(**beside).create(
            {"words": "Sundays are long.", "group_id": self.people.id}
        )
        self.assertEqual(said.assessment_id, manager)
        manager.sudo()._take("complete")
        self.assertFalse(manager.action_open_voices()["context"]["create"])
        with self.assertRaisesRegex(Exception, "is completed"):
            voices.with_context(**action["context"]).create(
                {"words": "Too late.", "group_id": self.people.id}
            )

    def test_voices_to_print_are_found_by_their_index(self):
        # Of a handful, whichever index comes first would do as well.
        self._say(self.whole, 1000)
        self.env.flush_all()
        self.env.cr.execute("ANALYZE dupq_voice")
        domain = [("assessment_id", "=", self.whole.id), ("is_printed", "=", True)]
        voices = self.env["dupq.voice"].with_user(self.user_quality)._search(domain)
        plan = self._ask("EXPLAIN %s", voices.select())
        self.assertIn("dupq_voice_printed_idx", str(plan))
