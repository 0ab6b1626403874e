from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_person import JobCommon


@tagged("post_install", "-at_install")
class TestStaffRetention(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.model = cls.env["dupq.staff.retention"]
        cls.person.stay_ids.date_from = cls.today - relativedelta(years=5)

    @classmethod
    def _hire(cls, applicant, months=0):
        day = cls.today - relativedelta(months=months)
        applicant.write({"stage_id": cls.hired.id, "date_closed": day})
        applicant.employee_id = cls.env["hr.employee"].create(
            {"name": applicant.partner_name, "date_version": day}
        )
        return applicant

    def _get_row(self, applicant):
        self.env.invalidate_all()
        return self.model.search([("id", "=", applicant.id)])

    def _leave(self, employee, day):
        self.env["hr.departure.wizard"].create(
            {
                "employee_ids": employee.ids,
                "departure_date": day,
                "departure_reason_id": self.env["hr.departure.reason"]
                .search([], limit=1)
                .id,
            }
        ).action_register_departure()

    def test_nobody_hired_is_no_row(self):
        self._choose(self.walker, "yes")
        self.assertFalse(self._get_row(self.walker))
        self.walker.stage_id = self.hired
        self.assertFalse(self._get_row(self.walker), "Hired, and no employee yet.")

    def test_who_was_matched_and_who_stayed(self):
        plain = self._hire(self._create_applicant("Plain Example"), months=13)
        self._choose(self.walker, "yes")
        self._hire(self.walker, months=25)
        shares = self._hire(
            self._create_applicant(
                "Half Example", self.hiking, dupq_override_reason="Nobody else came."
            ),
            months=2,
        )
        # Only who is hired after the choice was made needs a reason.
        left = self.today - relativedelta(months=3)
        self._leave(plain.employee_id, left)
        rows = [self._get_row(a) for a in (self.walker, shares, plain)]
        self.assertEqual(
            [(row.match, row.outcome, row.months, row.date_left) for row in rows],
            [
                ("matched", "stayed", 25, False),
                ("part", "stayed", 2, False),
                ("none", "left", 10, left),
            ],
        )
        self.assertEqual({row.service_id for row in rows}, {self.service})

    def test_who_left_on_a_day_nobody_wrote_down_has_left(self):
        hired = self._hire(self.walker, months=5)
        hired.employee_id.active = False
        row = self._get_row(hired)
        self.assertEqual((row.outcome, row.date_left, row.months), ("left", False, 0))

    def test_who_comes_back_is_here_again(self):
        hired = self._hire(self.walker, months=5)
        self._leave(hired.employee_id, self.today)
        self.assertEqual(self._get_row(hired).outcome, "left")
        hired.employee_id.action_unarchive()
        self.assertEqual(self._get_row(hired).outcome, "stayed")

    def test_the_service_is_that_of_the_department_when_the_job_is_for_nobody(self):
        department = self.env["hr.department"].create({"name": "Beeches"})
        below = self.env["hr.department"].create(
            {"name": "Night", "parent_id": department.id}
        )
        self.other_service.department_id = department
        job = self.env["hr.job"].create({"name": "For nobody"})
        applicant = self._create_applicant("Plain Example", job_id=job.id)
        applicant.department_id = below
        self._hire(applicant)
        self.assertEqual(self._get_row(applicant).service_id, self.other_service)

    def test_a_share_is_the_average_of_its_rows(self):
        self._choose(self.walker, "yes")
        self._hire(self.walker)
        gone = self._hire(
            self._create_applicant("Gone", self.hiking, dupq_override_reason="So.")
        )
        gone.employee_id.active = False
        ids = (self.walker | gone).ids
        [(stayed, count)] = self.model._read_group(
            [("id", "in", ids)], [], ["stayed:avg", "__count"]
        )
        self.assertEqual((stayed, count), (0.5, 2))

    def test_hr_reads_names_and_the_quality_lead_none(self):
        row = self._get_row(self._hire(self.walker))
        hr = row.with_user(self.user_hr)
        self.assertEqual(hr.employee_id.name, "Ola Example")
        self.assertEqual(hr.action_open_source()["res_id"], self.walker.id)
        quality = row.with_user(self.user_quality)
        self.assertEqual(quality.outcome, "stayed")
        for field in ("employee_id", "job_id"):
            self.assertRefused(quality.read, "", [field], error=AccessError)
        self.assertRefused(quality.action_open_source, "", error=AccessError)
        self.assertNotIn("Ola", str(quality.read()))
        for user in (self.user_manager, self.user_worker, self.user_board):
            self.assertRefused(row.with_user(user).read, "", error=AccessError)

    def test_another_company_reads_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        row = self._get_row(self._hire(self.walker))
        self.user_quality.write({"company_ids": company.ids, "company_id": company.id})
        found = self.model.with_user(self.user_quality).search([("id", "=", row.id)])
        self.assertFalse(found)
