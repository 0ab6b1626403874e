import doctest
import json
from collections import Counter
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dupq_code.tests.common import DupqCommon

from .. import board


@tagged("post_install", "-at_install")
class TestBoardDashboard(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._get_today()
        cls.scale = cls.env.ref("dupq_assessment.dupq_rating_scale_traffic_light")
        cls.red, cls.amber, cls.green = cls.scale.level_ids
        cls.company = cls.env["res.company"].create({"name": "A provider"})
        cls.env.user.company_ids |= cls.company
        cls.board_user = cls._create_user(
            "boardonly",
            "board_member",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        # A provider of its own, so that whatever else is in the database is not
        # counted: one region with two services, and one service outside it.
        values = {"company_id": cls.company.id}
        cls.north = cls._create_service(name="North", kind="region", **values)
        cls.mill, cls.pond = (
            cls._create_service(name=name, parent_id=cls.north.id, **values)
            for name in ("Mill", "Pond")
        )
        cls.sea = cls._create_service(name="Sea", **values)

    @classmethod
    def _get_dashboard(cls, user=None, **kwargs):
        cls.env.flush_all()
        cls.env.invalidate_all()
        user = user or cls.board_user
        model = cls.env["dupq.board.dashboard"].with_user(user)
        if companies := user.env.context.get("allowed_company_ids"):
            model = model.with_context(allowed_company_ids=companies)
        return model.get_dashboard(**kwargs)

    @classmethod
    def _rate(cls, services, levels, months_ago=1, state="completed"):
        """A self-assessment of each service whose areas have these levels in turn."""
        day = cls.today - relativedelta(months=months_ago)
        assessments = cls.env["dupq.assessment"].create(
            [
                {
                    "service_id": service.id,
                    "company_id": service.company_id.id,
                    "scale_id": cls.scale.id,
                    "date_from": day - timedelta(days=365),
                    "date_to": day,
                }
                for service in services
            ]
        )
        assessments._take("start")
        for assessment in assessments:
            for number, rating in enumerate(assessment.summary_ids):
                rating.level_id = levels[number % len(levels)]
        assessments._record_past(state, fields.Datetime.now(), "the test")
        return assessments

    @classmethod
    def _create_action(cls, service, days=-5, **values):
        return cls.env["dupq.action"].create(
            {
                "name": "Ask",
                "service_id": service.id,
                "company_id": cls.company.id,
                "date_due": cls.today + timedelta(days=days),
                **values,
            }
        )

    @classmethod
    def _fill(cls):
        """Something behind every figure."""
        cls._rate(cls.mill | cls.sea, [cls.green, cls.amber, cls.red])
        cls._create_action(cls.mill)
        cls._create_action(cls.sea)
        cls._create_action(cls.sea, days=5)
        cls._create_action(cls.env["dupq.service"])
        cls._create_action(cls.north)
        cls.env["dupq.visit"].create(
            {
                "service_id": cls.mill.id,
                "announced": "announced",
                "people_count": 2,
            }
        )
        evidence = cls.env["dupq.evidence"].search([("service_id", "=", cls.mill.id)])
        evidence.action_accept()
        user = cls._create_user(
            "mw",
            "support_worker",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls._create_member(cls.mill, user)
        cls._create_member(cls.sea, user)
        lesson = cls.env["dupq.lesson"].create(
            {
                "name": "Ask first",
                "what_happened": "This.",
                "what_we_do": "That.",
                "company_id": cls.company.id,
                "service_ids": (cls.mill | cls.sea).ids,
            }
        )
        lesson._take("share")

    def _get_figure(self, data, key):
        return next(figure for figure in data["figures"] if figure["key"] == key)

    def _get_row(self, data, service):
        return next(row for row in data["rows"] if row["id"] == service.id)

    # === TRUTH === #

    def test_every_figure_opens_as_many_records_as_it_says(self):
        self._fill()
        for region in (self.env["dupq.service"], self.north):
            data = self._get_dashboard(region_id=region.id)
            opened = list(self._walk(data))
            self.assertGreater(len(opened), 30)
            self.assertGreater(len([count for _, count in opened if count]), 10)
            for action, count in opened:
                model = self.env[action["res_model"]].with_user(self.board_user)
                found = model.search_count(action["domain"])
                self.assertEqual(found, count, (region.name, action))

    def _walk(self, data):
        """Pairs (action, how many records its figure promises)."""
        for figure in data["figures"]:
            if figure["action"]:
                yield figure["action"], figure.get("count", figure["value"])
        for row in data["rows"]:
            for cell in row["cells"]:
                if cell.get("action"):
                    yield cell["action"], 1
            yield row["overdue"]["action"], row["overdue"]["value"]
            yield row["unread"]["action"], row["unread"]["value"]
        for kind in data["coverage"]:
            for count in kind["counts"]:
                yield count["action"], count["value"]

    def test_figures_are_what_was_put_in(self):
        self._fill()
        data = self._get_dashboard()
        json.dumps(data)
        values = {figure["key"]: figure["value"] for figure in data["figures"]}
        self.assertEqual(values["overdue"], 4)
        self.assertEqual(values["unvisited"], 2)
        self.assertEqual(values["unread"], 2)
        statements = self.env.ref("dupq_code.dupq_code_duq").statement_ids
        good = statements.filtered(lambda statement: statement.polarity == "good")
        self.assertEqual(values["nothing"], 3 * len(good) - 1)
        self.assertEqual(values["published"], "None yet")

    def test_who_leads_without_safeguarding_training_is_named_on_the_page(self):
        """On the board's page, also somebody who is no user and no employee."""
        self.env["dupq.board.seat"].search([]).unlink()
        trustee, trained = self.env["res.partner"].create(
            [{"name": "Treasurer Example"}, {"name": "Chair Example"}]
        )
        seats = self.env["dupq.board.seat"].create(
            [
                {"partner_id": partner.id, "company_id": self.company.id}
                for partner in (trustee, trained)
            ]
        )
        kind = self.env.ref("dupq_code.dupq_training_kind_safeguarding")
        self.env["dupq.board.training"].create(
            {"seat_id": seats[1].id, "kind_id": kind.id}
        )
        figure = self._get_figure(self._get_dashboard(), "training")
        self.assertEqual(figure["value"], 1)
        self.assertIn("of 2", figure["detail"])
        rows = self.env["dupq.board.coverage"].with_user(self.board_user)
        rows = rows.search(figure["action"]["domain"])
        self.assertEqual((rows.partner_id, rows.state), (trustee, "never"))
        kind.copy({"name": "Safeguarding for trustees"})
        self.env.invalidate_all()
        figure = self._get_figure(self._get_dashboard(), "training")
        action = figure["action"]
        self.assertEqual(rows.search_count(action["domain"]), 3)
        people = rows._read_group(action["domain"], action["context"]["group_by"])
        self.assertEqual(figure["value"], 2, "People, whatever they lack.")
        self.assertEqual(len(people), 2, "One line each, which opens.")

    def test_what_we_can_show_is_what_the_coverage_map_shows(self):
        """For each reader, with confidential items, after dispute and withdrawal."""
        statements = self.env.ref("dupq_code.dupq_code_duq").statement_ids
        good = statements.filtered(lambda statement: statement.polarity == "good")
        values = {"service_id": self.mill.id, "statement_ids": good[0].ids}
        secret = {**values, "sensitivity": "confidential"}
        model = self.env["dupq.evidence"]
        items = model.create(
            [
                values,
                {**values, "statement_ids": good[1].ids},
                {**values, "service_id": self.sea.id},
                *[{**secret, "statement_ids": good[2].ids}] * 6,
                {**secret, "service_id": self.north.id},
            ]
        )
        items.action_accept()
        lead = self._create_user(
            "lead",
            "quality_lead",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.assertEqual(self._assert_agreed(self.board_user), {"single": 3})
        self.assertEqual(self._assert_agreed(lead), {"single": 5})
        items[0]._take("dispute", reason="The wrong day")
        items[1]._take("withdraw", reason="A slip")
        self.env["dupq.evidence.summary"]._fold()
        items[2]._take("withdraw", reason="A slip")
        self.assertEqual(self._assert_agreed(self.board_user), {})
        self.assertEqual(self._assert_agreed(lead), {"single": 2})

    def _assert_agreed(self, user):
        """The board's page and the map say the same; {state: statements}."""
        data = self._get_dashboard(user)
        told = {
            (count["area_id"], kind["key"]): count["value"]
            for kind in data["coverage"]
            for count in kind["counts"]
        }
        nothing = sum(value for (_, kind), value in told.items() if kind == "nothing")
        self.assertEqual(self._get_figure(data, "nothing")["value"], nothing)
        coverage_map = self.env["dupq.evidence.map"].with_user(user)
        shown = coverage_map.get_map()
        found = Counter(
            (area, row["state"])
            for area in (area["id"] for area in data["areas"])
            for service in shown["services"]
            for row in coverage_map.get_statements(service["id"], area)
            # A region is asked for nothing, it only shows what it has.
            if row["polarity"] == "good"
            and (row["state"] != "nothing" or not service["is_region"])
        )
        self.assertEqual({key: value for key, value in told.items() if value}, found)
        return {
            state: sum(n for (_, each), n in found.items() if each == state)
            for _, state in found
            if state != "nothing"
        }

    def test_rows_add_up_to_the_figures(self):
        self._fill()
        for region in (self.env["dupq.service"], self.north):
            data = self._get_dashboard(region_id=region.id)
            for key in ("overdue", "unread"):
                total = sum(row[key]["value"] for row in data["rows"])
                self.assertEqual(total, self._get_figure(data, key)["value"], key)
            late = [row for row in data["rows"] if (row["visit"] or {}).get("is_late")]
            unvisited = self._get_figure(data, "unvisited")["value"]
            self.assertEqual(len(late), unvisited)

    def test_archived_service_with_an_overdue_action_still_has_a_row(self):
        self._create_action(self.pond)
        self.pond.active = False
        data = self._get_dashboard()
        self.assertEqual(self._get_row(data, self.pond)["overdue"]["value"], 1)

    def test_region_shows_its_own_services_alone(self):
        self._fill()
        data = self._get_dashboard(region_id=self.north.id)
        names = [row["name"] for row in data["rows"]]
        self.assertEqual(names, ["North", "Mill", "Pond"])
        self.assertEqual(self._get_figure(data, "overdue")["value"], 2)

    # === RATINGS === #

    def test_latest_complete_self_assessment_is_shown(self):
        self._rate(self.mill, [self.red], months_ago=14, state="published")
        self._rate(self.mill, [self.green], months_ago=2)
        running = self._rate(self.mill, [self.amber], months_ago=0)
        running._take("take_up", reason="Not finished")
        cells = self._get_row(self._get_dashboard(), self.mill)["cells"]
        self.assertEqual(len(cells), 5)
        self.assertEqual({cell["word"] for cell in cells}, {self.green.name})
        self.assertEqual({cell["tone"] for cell in cells}, {"strong"})

    def test_service_without_a_self_assessment_is_said_to_be_unrated(self):
        cells = self._get_row(self._get_dashboard(), self.sea)["cells"]
        self.assertEqual({cell["tone"] for cell in cells}, {"none"})
        self.assertFalse(any(cell.get("action") for cell in cells))

    def test_questions_are_of_the_weakest_areas_and_name_the_places(self):
        self._rate(self.mill, [self.green, self.red, self.green])
        self._rate(self.sea, [self.green])
        questions = self._get_dashboard()["questions"]
        self.assertTrue(questions)
        for block in questions:
            self.assertIn(block["area"][:2], ("A2", "A5"))
            self.assertEqual(block["places"], "Mill")
            self.assertTrue(block["texts"])

    def test_only_quotes_that_may_be_printed_are_shown(self):
        people = self.env.ref("dupq_code.dupq_stakeholder_group_people_supported")
        assessment = self._rate(self.mill, [self.green])
        assessment._take("take_up", reason="Words")
        quote = {"assessment_id": assessment.id, "group_id": people.id}
        agreed = {"consent": "yes", "is_anonymised": True, "is_printed": True}
        self.env["dupq.voice"].create(
            [
                {**quote, **agreed, "words": "I choose my tea"},
                {**quote, **agreed, "words": "It is noisy", "feeling": "not_yet"},
                {**quote, "words": "Nobody asked me", "consent": "no"},
            ]
        )
        assessment._record_past("completed", fields.Datetime.now(), "the test")
        quotes = self._get_dashboard()["quotes"]
        self.assertEqual(
            [(quote["words"], quote["is_hard"]) for quote in quotes],
            [("I choose my tea", False), ("It is noisy", True)],
        )

    def test_thinking_of_the_page_holds(self):
        self.assertEqual(doctest.testmod(board).failed, 0)

    # === WHO === #

    def test_who_may_open_the_page(self):
        for user in (self.user_board, self.user_quality, self.user_administrator):
            self.assertTrue(self._get_dashboard(user)["areas"], user.login)
        others = (
            self.user_worker,
            self.user_panel,
            self.user_concerns,
            self.user_hr,
            self.user_internal,
            self.user_portal,
        )
        for user in others:
            with self.assertRaises(AccessError, msg=user.login):
                self._get_dashboard(user)

    def test_manager_sees_own_services_alone(self):
        data = self._get_dashboard(self.user_manager)
        self.assertEqual([row["id"] for row in data["rows"]], self.service.ids)

    def test_other_company_is_not_counted(self):
        self._fill()
        before = self._get_dashboard()["figures"]
        action = self._create_action(self.service, company_id=self.env.company.id)
        self.assertTrue(action.is_overdue)
        self.assertEqual(self._get_dashboard()["figures"], before)

    def test_each_of_several_companies_has_a_row_for_the_whole(self):
        second = self.env["res.company"].create({"name": "Second provider"})
        self.env.user.company_ids |= second
        both = self.company | second
        self.board_user.company_ids = both
        for company, level in ((self.company, self.red), (second, self.green)):
            self._rate_whole(company, level)
            self._create_action(self.env["dupq.service"], company_id=company.id)
        user = self.board_user.with_context(allowed_company_ids=both.ids)
        data = self._get_dashboard(user)
        self.assertEqual(data["company"], "A provider, Second provider")
        rows = {row["name"]: row for row in data["rows"]}
        for company, level in ((self.company, self.red), (second, self.green)):
            row = rows[f"{company.name} as a whole"]
            self.assertEqual({cell["word"] for cell in row["cells"]}, {level.name})
            self.assertEqual(row["overdue"]["value"], 1)
            opened = self.env["dupq.action"].search(row["overdue"]["action"]["domain"])
            self.assertEqual(opened.company_id, company)
        self.assertEqual(len({row["id"] for row in data["rows"]}), len(data["rows"]))
        places = {block["places"] for block in data["questions"]}
        self.assertEqual(places, {self.company.name})

    @classmethod
    def _rate_whole(cls, company, level):
        assessment = cls.env["dupq.assessment"].create(
            {
                "scope": "organisation",
                "company_id": company.id,
                "scale_id": cls.scale.id,
                "date_to": cls.today,
            }
        )
        assessment._take("start")
        assessment.summary_ids.level_id = level
        assessment._record_past("completed", fields.Datetime.now(), "the test")

    # === SIZE === #

    def test_fifty_services_cost_as_many_queries_as_one(self):
        self._fill()
        one = self._count_queries(self._get_dashboard)
        services = self.env["dupq.service"].create(
            [
                {
                    "name": f"S{n}",
                    "company_id": self.company.id,
                    "parent_id": self.north.id,
                }
                for n in range(50)
            ]
        )
        self._rate(services, [self.red, self.green])
        for service in services:
            self._create_action(service)
        self.env["dupq.visit"].create(
            [{"service_id": s.id, "announced": "announced"} for s in services]
        )
        self.assertEqual(len(self._get_dashboard()["rows"]), 55)
        self.assertLessEqual(self._count_queries(self._get_dashboard), one)
