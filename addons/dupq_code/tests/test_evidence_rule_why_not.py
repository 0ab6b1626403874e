from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_rule_explains import ExplainsCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleWhyNot(ExplainsCommon):
    """Why is this record not evidence?"""

    def test_each_reason_is_told(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        future = self._create_course(days_ago=-3)
        nowhere = self._create_course(employee_id=self._create_employee(None).id)
        late = self._create_employee(self.department)
        late.version_id.date_version = self.today - timedelta(days=5)
        early = self._create_course(employee_id=late.id)
        foreign = self._create_course(
            employee_id=self._create_employee(self.department, company_id=company.id).id
        )
        self.rule.date_to = self.today
        self._switch_on()
        reasons = (
            (
                self._create_course(line_type_id=self.education.id),
                "does not meet the condition: Type > Course is yes.",
            ),
            (self._create_course(date_end=False), "has no date (Date End is empty)"),
            (future, "date (Date End) is still to come"),
            (nowhere, "No service of its company is found for it on"),
            (early, "The employee's record begins after"),
            (foreign, "No service of its company is found for it on"),
        )
        self.user_hr.company_ids += company
        for record, words in reasons:
            with self.subTest(words):
                self.assertIn(words, self._ask(record))
        fits = self._create_course()
        self.assertEqual(self._ask(fits), "It fits: the next run will add it.")
        self._run()
        self.assertEqual(self._items().mapped("res_id"), fits.ids, "So it happens.")

    def test_reasons_that_belong_to_the_rule(self):
        course = self._create_course()
        self.assertEqual(self._ask(course), "It fits, but the rule is not on.")
        self.rule.date_to = self.today - timedelta(days=30)
        self.assertIn("lies outside the days of the rule", self._ask(course))
        self.rule.date_to = False
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_hr.company_ids += company
        self.rule.company_id = company
        self.assertIn("belongs to another company than the rule", self._ask(course))
        self.rule.write(
            {"company_id": False, "service_path": "employee_id.user_id.employee_id"}
        )
        self.assertIn(
            "does not say where it was (Employee > User > Company employee is empty)",
            self._ask(course),
        )

    def test_what_the_owner_does_not_see(self):
        self._switch_on()
        course = self._create_course()
        manager = new_test_user(self.env, "hrlead", "hr.group_hr_manager")
        self.env["ir.rule"].create(
            {
                "name": "Not these, but for the lead",
                "model_id": self.env["ir.model"]._get_id("hr.resume.line"),
                "domain_force": "[(1, '=', 1)] if user.login == 'hrlead' "
                "else [('name', '!=', 'Being heard')]",
            }
        )
        self.assertIn(
            "with whose eyes the rule looks, does not see it",
            self._ask(course, user=manager),
        )
        with self.assertRaises(AccessError):
            self._ask(course)

    def test_private_meetings(self):
        rule = self.env.ref("dupq_code.dupq_evidence_rule_applicant_met")
        self.applicant.department_id = self.department
        start = fields.Datetime.now() - timedelta(days=3)
        meeting = self.env["calendar.event"].create(
            {
                "name": "Interview",
                "applicant_id": self.applicant.id,
                "start": start,
                "stop": start,
                "privacy": "private",
            }
        )
        self.assertIn("It is private", self._ask(meeting, rule))
        meeting.write({"privacy": "public", "active": False})
        self.assertIn("condition: Active is yes", self._ask(meeting, rule))

    def test_what_will_be_withdrawn_says_why(self):
        self._switch_on()
        course = self._create_course()
        self._run()
        course.line_type_id = self.education
        self.assertEqual(
            self._ask(course),
            "It is evidence, but the next run will withdraw it. It does not meet the "
            "condition: Type > Course is yes.",
        )

    def test_what_somebody_ended_by_hand_says_so(self):
        self._switch_on()
        course = self._create_course()
        self._run()
        self._items().with_user(self.user_quality)._take("withdraw", "Not ours")
        self.assertIn("Somebody withdrew or corrected", self._ask(course))
        course.date_end -= timedelta(days=2)
        self.assertIn("the next run will add it", self._ask(course))
        self._run()
        self.assertEqual(len(self._items()), 1)

    def test_conditions_are_told_in_words(self):
        table = (
            ("[('date_end', '>=', 'today')]", "Date End is today or later"),
            ("[('date_end', '=', False)]", "Date End is empty"),
            ("[('date_end', '!=', False)]", "Date End is filled in"),
            ("[('date_end', '<', '2025-03-01')]", "Date End is before 1 March 2025"),
            ("[('course_type', '!=', 'external')]", "Course Type is not External"),
            (f"[('line_type_id', '=', {self.training.id})]", "Type is Training"),
            ("[('name', 'ilike', 'heard')]", "Name contains heard"),
            (
                "['|', ('name', '=', 'A'), ('duration', '>', 3)]",
                "Name is A or Duration is more than 3",
            ),
            (
                "[('employee_id.active', '=', False)]",
                "Employee > Active is no",
            ),
        )
        course = self._create_course()
        for domain, words in table:
            with self.subTest(words):
                self.rule.domain = domain
                if words in ("Date End is filled in", "Type is Training"):
                    course = self._create_course(
                        date_end=False, line_type_id=self.education.id
                    )
                elif "heard" in words:
                    course = self._create_course(name="Other")
                answer = self._ask(course)
                self.assertIn(f"condition: {words}.", answer)
                course = self._create_course()
