from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestRotaMonth(RotaCommon):
    """When months are counted, and who reads them."""

    def _values(self, lines):
        return [(line.month, line.person_id, line.hours) for line in lines]

    def _run_cron(self, name="dupq_rota_month_cron"):
        with self.enter_registry_test_mode():
            self.env.ref(f"dupq_code.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def _all(self):
        return self.env["dupq.rota.month"].search([])

    def test_the_job_counts_what_was_changed_and_forgets_it(self):
        shift = self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        self._run_cron()
        self.assertEqual(self._line("2025-03-01").hours, 8)
        self.assertFalse(self.env["dupq.rota.change"].search([]))
        shift.stop = self._utc("2025-03-12 12:00")
        self._run_cron()
        self.assertEqual(self._line("2025-03-01").hours, 3)
        shift.unlink()
        self._run_cron()
        self.assertFalse(self._line("2025-03-01"), "Nobody came that month.")
        self.assertFalse(self.env["dupq.rota.indicator"].search([]))

    def test_counting_again_touches_nothing(self):
        self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        self._count("2025-03-01")
        lines, figures = self._all(), self.env["dupq.rota.indicator"].search([])
        self.env.cr.execute("UPDATE dupq_rota_month SET write_date = '2020-01-01'")
        self.env.cr.execute("UPDATE dupq_rota_indicator SET write_date = '2020-01-01'")
        self._count("2025-01-01", "2025-12-01")
        self.assertEqual(self._all(), lines)
        self.assertEqual(self.env["dupq.rota.indicator"].search([]), figures)
        for records in (lines, figures):
            self.assertEqual(
                {date.year for date in records.mapped("write_date")}, {2020}
            )

    def test_a_recount_finds_what_is_not_as_the_shifts_say(self):
        self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        self._count("2025-03-01")
        month = self._line("2025-03-01").month
        self.assertEqual(self._all()._recount(month, month), [])
        self.env.cr.execute("UPDATE dupq_rota_month SET hours = hours + 1")
        self.assertEqual(
            self._all()._recount(month, month),
            [(self.service.id, self.person.id, month)],
        )

    def test_changes_far_apart_are_spans_of_their_own(self):
        for month in ("01", "02", "03", "04", "08"):
            self._shift(self.ada, f"2025-{month}-12 09:00", f"2025-{month}-12 17:00")
        spans = [
            (f"{first:%m}", f"{last:%m}")
            for _company, first, last in self.env["dupq.rota.month"]._get_spans()
        ]
        self.assertEqual(spans, [("01", "03"), ("04", "04"), ("08", "08")])

    def test_the_night_run_brings_in_what_was_said_of_past_months(self):
        """A choice that was written down late reaches the months it is of."""
        today = self._all()._fields["month"].today()
        first = today.replace(day=1)
        day = f"{first:%Y-%m}-01"
        self._hire(self.walker, self.ada, "2024-06-01")
        self._shift(self.ada, f"{day} 09:00", f"{day} 12:00", person=self.person)
        self._run_cron()
        self.assertEqual(self._line(day).chosen_hours, 0)
        self._choose(self.walker, "yes", date="2024-06-01")
        self.env.flush_all()
        self._run_cron("dupq_rota_month_all_cron")
        self._run_cron()
        self.assertEqual(self._line(day).chosen_hours, 3)

    def test_a_figure_opens_the_shifts_it_was_counted_from(self):
        inside = self._shift(
            self.ada, "2025-03-31 22:00", "2025-04-01 06:00", person=self.person
        )
        shared = self._shift(self.bo, "2025-03-12 09:00", "2025-03-12 17:00")
        self._shift(self.bo, "2025-05-12 09:00", "2025-05-12 17:00")
        self._count("2025-03-01", "2025-05-01")
        march = self._line("2025-03-01").with_user(self.user_manager)
        action = march.action_open_shifts()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, inside | shared)
        figure = self.env["dupq.rota.indicator"].search(
            [("month", "=", "2025-04-01"), ("indicator", "=", "chosen")]
        )
        action = figure.with_user(self.user_manager).action_open_shifts()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), inside)

    def test_who_is_deleted_stays_a_face_without_a_name(self):
        """Two who have been deleted are still two, and each is one in every week."""
        for day in ("11", "12"):
            for worker in (self.ada, self.bo):
                shift = (f"2025-03-{day} 09:00", f"2025-03-{day} 17:00")
                self._shift(worker, *shift, person=self.person)
        self._count("2025-03-01")
        line, before = self._line("2025-03-01"), ("hours", "faces_sum", "shift_count")
        figures = line.read(before)
        (self.ada | self.bo).with_user(self.user_hr).unlink()
        self._count("2025-03-01")
        self.assertEqual(line.read(before), figures)
        self.assertEqual(line.faces_sum, 2)
        shifts = self.env["dupq.shift"].search([])
        self.assertEqual(set(shifts.mapped("worker")), {"No longer known"})
        self.assertEqual(len(set(shifts.mapped("face_key"))), 2)
        shifts[0].kind = "cover_leave"  # still to be corrected
        week = self.env["dupq.rota.week"].with_user(self.user_planner)
        shown = week.get_week({"service_id": self.service.id, "week": "2025-03-10"})
        self.assertEqual(shown["faces"][-1]["count"], 2)

    def test_a_month_that_is_not_over_says_so(self):
        for month in ("05", "06", "07"):
            self._shift(self.ada, f"2025-{month}-12 09:00", f"2025-{month}-12 17:00")
        self._count("2025-05-01", "2025-07-01")
        wanted = ["May 2025", "June 2025, so far", "July 2025, planned"]
        figures = self.env["dupq.rota.indicator"].search(
            [("indicator", "=", "faces")], order="month"
        )
        # Half past midnight of the 1st of June on the wall.
        with freeze_time("2025-05-31 23:30:00"):
            for lines in (self._all().search([], order="month"), figures):
                self.assertEqual(lines.mapped("month_words"), wanted)

    def test_who_may_not_read_the_shifts_sees_as_many_confidential_items(self):
        """The board reads none of them, HR every one."""
        self._shift(self.ada, "2025-03-11 09:00", "2025-03-11 17:00")
        self._shift("AG-1", "2025-03-12 09:00", "2025-03-12 17:00", person=self.person)
        self._count("2025-03-01")
        figure = self.env["dupq.rota.indicator"].search([("indicator", "=", "agency")])
        for name in ("action_open_shifts", "action_open_people"):
            action = getattr(figure.with_user(self.user_board), name)()
            shown = self.env[action["res_model"]].with_user(self.user_board)
            shown = shown.search(action["domain"])
            self.assertEqual(len(shown), 2)
            self.assertEqual(set(shown.mapped("title")), {"Confidential item"})
            for field in ("start", "stop", "res_id", "kind", "person", "place"):
                self.assertFalse(any(shown.mapped(field)), field)
        self.assertFalse(
            self.env["dupq.rota.shift.shown"].with_user(self.user_hr).search([]),
            "What one opened is not for another.",
        )
        action = figure.with_user(self.user_hr).action_open_shifts()
        found = self.env[action["res_model"]].with_user(self.user_hr)
        self.assertEqual(len(found.search(action["domain"])), 2)
        with self.assertRaises(AccessError):
            figure.with_user(self.user_worker).action_open_shifts()

    def test_of_a_job_for_two_each_has_a_match_of_their_own(self):
        """One likes what the worker likes; the other wants something else."""
        chess = self._create_trait("Chess")
        neighbour = self._create_person(interest_ids=chess.ids)
        neighbour.stay_ids.date_from = "2024-01-01"
        self._consent(neighbour, "specification")
        made = self.env["dupq.job.person"].create(
            {"job_id": self.job.id, "person_id": neighbour.id}
        )
        made.wish_ids.action_keep()
        self._hire(self.walker, self.ada, "2024-06-01")
        shift = ("2025-03-12 09:00", "2025-03-12 17:00")
        self._shift(self.ada, *shift, service_id=self.service.id)
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01").matched_hours, 8)
        self.assertEqual(self._line("2025-03-01", neighbour).matched_hours, 0)
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Games",
                "skill_ids": [Command.create({"name": "Plays chess"})],
                "skill_level_ids": [Command.create({"name": "Well"})],
            }
        )
        chess.skill_ids = skill_type.skill_ids
        self.env["hr.applicant.skill"].create(
            {
                "applicant_id": self.walker.id,
                "skill_type_id": skill_type.id,
                "skill_id": skill_type.skill_ids.id,
                "skill_level_id": skill_type.skill_level_ids.id,
            }
        )
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01", neighbour).matched_hours, 8)

    def test_hours_of_nobody_in_particular_open_those_shifts_alone(self):
        empty = self._create_service(name="Where nobody lives")
        shared = self._shift(
            self.bo, "2025-03-12 09:00", "2025-03-12 17:00", service_id=empty.id
        )
        self._shift(
            self.ada,
            "2025-03-13 09:00",
            "2025-03-13 17:00",
            person=self.person,
            service_id=empty.id,
        )
        self._count("2025-03-01")
        line = self._all().search(
            [("service_id", "=", empty.id), ("person_id", "=", False)]
        )
        self.assertEqual(line.hours, 8)
        action = line.action_open_shifts()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, shared)

    def test_who_reads_months_and_figures_of_which_service(self):
        person = self._create_person(self.other_service)
        person.stay_ids.date_from = "2024-01-01"
        self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        self._shift(self.ada, "2025-03-13 09:00", "2025-03-13 17:00", person=person)
        self._count("2025-03-01")
        both, mine = {self.service, self.other_service}, {self.service}
        for user, months, figures in (
            (self.user_manager, mine, mine),
            (self.user_planner, mine, mine),
            (self.user_quality, both, both),
            (self.user_board, None, both),
            (self.user_hr, None, both),
            (self.user_worker, None, None),
            (self.user_panel, None, None),
        ):
            for model, expected in (
                ("dupq.rota.month", months),
                ("dupq.rota.indicator", figures),
            ):
                with self.subTest(user=user.login, model=model):
                    lines = self.env[model].with_user(user)
                    if expected is None:
                        with self.assertRaises(AccessError):
                            lines.search([])
                    else:
                        self.assertEqual(set(lines.search([]).service_id), expected)
        line = self._line("2025-03-01", person, self.other_service)
        self.env.invalidate_all()
        name = line.with_user(self.user_quality).display_name
        self.assertIn(person.reference, name)
        self.assertNotIn(person.preferred_name, name)
        for user in (self.user_quality, self.user_administrator, self.user_manager):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"hours": 1})
