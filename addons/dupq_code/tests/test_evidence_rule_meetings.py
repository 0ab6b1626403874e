from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_rule_shipped import ShippedCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleMeetings(ShippedCommon):
    """Which meetings are evidence, of what, and which are private."""

    def test_a_meeting_is_an_interview_or_it_is_not(self):
        """By who said yes to it, whichever way that changes; never both."""
        met, interview = (
            self._get_rule(name) for name in ("applicant_met", "interview")
        )
        meeting = self._create_interview()
        organiser = self.env.user.partner_id
        guest = meeting.partner_ids - organiser
        self.applicant.partner_id = self.env["res.partner"].create({"name": "Ash"})
        for rule in (met, interview):
            self._switch_on(rule)
            self._run(rule)
        changes = (
            (True, lambda: None),
            (False, lambda: self._answer(meeting, guest, "declined")),
            (True, lambda: self._answer(meeting, guest, "accepted")),
            (False, lambda: self.applicant.write({"partner_id": guest.id})),
            (True, lambda: self.applicant.write({"partner_id": False})),
            (False, lambda: guest.unlink()),
            (True, lambda: self.applicant.write({"interviewer_ids": self.env.user})),
            (False, lambda: self._answer(meeting, organiser, "tentative")),
        )
        for number, (expected, change) in enumerate(changes):
            with self.subTest(number):
                change()
                for rule in (met, interview):
                    self._run(rule, "changes")
                self.env.invalidate_all()
                self.assertEqual(meeting.dupq_is_interview, expected)
                found = meeting.search([("dupq_is_interview", "=", True)])
                self.assertEqual(meeting in found, expected, "Search as compute.")
                self.assertEqual(bool(self._get_item(interview, meeting)), expected)
                self.assertEqual(bool(self._get_item(met, meeting)), not expected)

    def test_a_meeting_is_about_the_employee_from_whose_page_it_is(self):
        meeting, other = self._create_appraisal(), self._create_meeting()
        employee = self.env["hr.employee"].browse(meeting.res_id)
        meetings = (meeting + other).with_user(self.user_hr)
        self.assertEqual(meetings.mapped("dupq_employee_id"), employee)
        for domain, found in (
            ([("dupq_employee_id", "=", employee.id)], meeting),
            ([("dupq_employee_id", "!=", False)], meeting),
            ([("dupq_employee_id", "=", False)], other),
            ([("dupq_employee_id", "!=", employee.id)], other),
        ):
            with self.subTest(domain):
                domain += [("id", "in", meetings.ids)]
                self.assertEqual(meetings.search(domain), found)
                self.assertEqual(meetings.filtered_domain(domain), found)
        with self.assertRaises(AccessError):
            meeting.with_user(self.user_worker).read(["dupq_employee_id"])
        with self.assertRaises(AccessError):
            meeting.with_user(self.user_worker).search(
                [("dupq_employee_id", "=", employee.id)]
            )
        employee.unlink()
        self.assertFalse(meeting.dupq_employee_id)
        self.assertFalse(meetings.search([("dupq_employee_id", "!=", False)]) & meeting)

    def test_an_appraisal_follows_its_tag_and_its_employee(self):
        rule = self._get_rule("appraisal_met")
        meeting = self._create_appraisal()
        self._switch_on(rule)
        self._run(rule)
        day = self._get_meeting_day(meeting)
        self.assertLedger({meeting: (day, self.service)}, rule)
        self.tag.name = "Probation"
        self._run(rule, "changes")
        self.assertLedger({}, rule)
        self.tag.name = "APPRAISAL"
        self._run(rule, "changes")
        self.assertLedger({meeting: (day, self.service)}, rule)
        version = meeting.dupq_employee_id.version_id
        version.department_id = self.other_department
        self._run(rule, "changes")
        self.assertLedger({meeting: (day, self.other_service)}, rule)
        self.tag.unlink()
        self._run(rule, "changes")
        self.assertLedger({}, rule)

    def test_a_private_meeting_is_evidence_for_who_takes_part(self):
        rule = self._get_rule("applicant_met")
        self._switch_on(rule)
        mine = self._create_meeting(privacy="private", user_id=self.user_hr.id)
        other = self._create_meeting(privacy="private", user_id=self.user_worker.id)
        guest = self._create_meeting(
            privacy="private",
            user_id=self.user_worker.id,
            partner_ids=[Command.link(self.user_hr.partner_id.id)],
        )
        self._run(rule)
        self.assertLedger(
            {m: (self._get_meeting_day(m), self.service) for m in (mine, guest)}, rule
        )
        # Neither is it a loss of sight when one is made private.
        other.privacy = "public"
        self._run(rule, "changes")
        self.assertTrue(self._get_item(rule, other))
        other.privacy = "private"
        self._run(rule, "changes")
        self.assertFalse(self._get_item(rule, other))
        self.assertEqual(rule.state, "on")

    def test_a_private_calendar_keeps_its_meetings(self):
        rule = self._get_rule("applicant_met")
        self._switch_on(rule)
        meeting = self._create_meeting(user_id=self.user_worker.id)
        settings = self.env["res.users.settings"]._find_or_create_for_user(
            self.user_worker
        )
        settings.calendar_default_privacy = "private"
        meeting.privacy = False
        self._run(rule)
        self.assertFalse(self._get_item(rule, meeting))
        settings.calendar_default_privacy = "public"
        self._run(rule)
        self.assertTrue(self._get_item(rule, meeting))

    def _get_meeting_day(self, meeting):
        zoned = meeting.with_context(tz=self.user_hr.tz or "UTC")
        return fields.Datetime.context_timestamp(zoned, meeting.start).date()
