import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestShift(RotaCommon):
    def _marks(self):
        changes = self.env["dupq.rota.change"].search([])
        months = {f"{change.month:%Y-%m}" for change in changes}
        changes.unlink()
        return months

    def test_a_shift_for_a_person_is_where_the_person_is(self):
        shift = self._shift(
            self.ada, "2025-03-03 09:00", "2025-03-03 17:00", person=self.person
        )
        self.assertEqual(shift.service_id, self.service)
        self.assertEqual(shift.hours, 8)

    def test_the_night_of_summer_time_is_where_the_person_is_by_the_clock(self):
        """It begins on the 31st on the wall, and on the 30th in UTC."""
        self.person.stay_ids.date_to = "2025-03-30"
        self.env["dupq.person.stay"].create(
            {
                "person_id": self.person.id,
                "service_id": self.other_service.id,
                "date_from": "2025-03-31",
            }
        )
        for start, service in (
            ("2025-03-30 23:30", self.service),
            ("2025-03-31 00:30", self.other_service),
        ):
            shift = self._shift(self.ada, start, "2025-03-31 07:00", person=self.person)
            self.assertEqual((f"{shift.start:%d}", shift.service_id), ("30", service))

    def test_somebody_works_and_only_one(self):
        with self.assertRaises(ValidationError):
            self._shift(
                self.ada, "2025-03-03 09:00", "2025-03-03 17:00", employee_id=False
            )
        with self.assertRaises(ValidationError):
            self._shift(self.ada, "2025-03-03 09:00", "2025-03-03 17:00", kind="agency")

    def test_nobody_is_moved_without_a_reason(self):
        shift = self._shift(self.ada, "2025-03-03 09:00", "2025-03-03 17:00")
        with self.assertRaises(ValidationError):
            shift.kind = "moved"

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses(self):
        shift = self._shift(self.ada, "2025-03-03 09:00", "2025-03-03 17:00")
        for values in (
            {"stop": self._utc("2025-03-03 08:00")},
            {"stop": self._utc("2025-03-05 10:00")},
            {"agency_ref": "AG-1"},
        ):
            with (
                self.subTest(values),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                shift.write(values)
                self.env.flush_all()

    def test_each_change_notes_the_months_before_and_after(self):
        self._marks()
        shift = self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        self.assertEqual(self._marks(), {"2025-03"})
        shift.write(
            {
                "start": self._utc("2025-04-16 09:00"),
                "stop": self._utc("2025-04-16 17:00"),
            }
        )
        self.assertEqual(self._marks(), {"2025-03", "2025-04"})
        shift.reason = "Said later."
        self.assertEqual(self._marks(), set(), "No figure reads it.")
        shift.unlink()
        self.assertEqual(self._marks(), {"2025-04"})

    def test_a_night_over_the_end_of_a_month_touches_both(self):
        self._marks()
        # By the clock in UTC it ends in May.
        self._shift(self.ada, "2025-05-31 16:00", "2025-06-01 00:30")
        self.assertEqual(self._marks(), {"2025-05", "2025-06"})
        # Sunday: its week began in August.
        self._shift(self.ada, "2025-09-07 09:00", "2025-09-07 17:00")
        self.assertEqual(self._marks(), {"2025-09"})
        self._shift(self.ada, "2025-08-02 09:00", "2025-08-02 17:00")
        self.assertEqual(self._marks(), {"2025-07", "2025-08"})

    # === WHO === #

    def test_who_reads_and_who_plans_which_shifts(self):
        mine = self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        other = self._shift(self.bo, "2025-03-13 09:00", "2025-03-13 17:00")
        away = self._shift(
            self.bo,
            "2025-03-14 09:00",
            "2025-03-14 17:00",
            service_id=self.other_service.id,
        )
        everything = mine | other | away
        for user, reads, writes in (
            (self.user_worker, mine, mine.browse()),
            (self.user_manager, mine | other, mine | other),
            (self.user_planner, mine | other, mine | other),
            (self.user_quality, everything, mine.browse()),
            (self.user_hr, everything, mine.browse()),
        ):
            with self.subTest(user.login):
                shifts = everything.with_user(user)
                self.assertEqual(shifts._filtered_access("read"), reads)
                self.assertEqual(shifts._filtered_access("write"), writes)
                self.assertEqual(shifts.search([]) & everything, reads)
        for user in (self.user_board, self.user_panel, self.user_portal):
            with self.assertRaises(AccessError):
                mine.with_user(user).read(["start"])

    def test_the_name_of_the_person_is_for_those_who_may_read_it(self):
        shift = self._shift(
            self.ada, "2025-03-03 09:00", "2025-03-03 17:00", person=self.person
        )
        for user, may in (
            (self.user_planner, True),
            (self.user_manager, True),
            (self.user_hr, False),
            (self.user_quality, False),
        ):
            self.env.invalidate_all()
            [row] = shift.with_user(user).web_read(
                {"person_id": {"fields": {"display_name": {}}}, "worker": {}}
            )
            self.assertEqual("Jane" in str(row["person_id"]), may, user.login)
            self.assertEqual(row["worker"], "Ada Example")

    def test_another_company_sees_nothing(self):
        shift = self._shift(self.ada, "2025-03-12 09:00", "2025-03-12 17:00")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = new_test_user(
            self.env,
            "elsewhere",
            "dupq_code.dupq_code_group_quality_lead,hr.group_hr_user",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertFalse(shift.with_user(other).search([("id", "=", shift.id)]))

    def test_an_employee_can_still_be_deleted(self):
        shift = self._shift(self.bo, "2025-03-12 09:00", "2025-03-12 17:00")
        self.bo.unlink()
        self.assertFalse(shift.employee_id)
        self._count("2025-03-01")
        self.assertEqual(self._line("2025-03-01").hours, 8)
