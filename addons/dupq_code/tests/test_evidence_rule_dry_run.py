from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_rule_explains import ExplainsCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleDryRun(ExplainsCommon):
    """What would a rule do, before it is switched on?"""

    def test_a_dry_run_tells_what_a_run_does_and_writes_nothing(self):
        self._switch_on()
        stay, change, leave, gone = (self._create_course() for _number in range(4))
        self._run()
        change.date_end -= timedelta(days=1)
        leave.line_type_id = self.education
        self._create_course()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM hr_resume_line WHERE id = %s", (gone.id,))
        self.env.invalidate_all()
        tables = (
            "dupq_evidence",
            "dupq_evidence_rule_run",
            "dupq_evidence_delta",
            "dupq_workflow_log",
            "mail_message",
            "mail_activity",
        )
        before = {table: self._count(table) for table in tables}
        states = {item: item.state for item in self._items()}
        marked = self.rule.write_date
        preview = self._try()
        found = (
            preview.add_count,
            preview.change_count,
            preview.withdraw_count,
            preview.gone_count,
            preview.keep_count,
        )
        self.assertEqual(found, (1, 1, 1, 1, 1))
        self.assertEqual(
            preview.examples.count("\n"), 2, "One example each of what can be opened."
        )
        self.assertEqual(before, {table: self._count(table) for table in tables})
        self.env.invalidate_all()
        self.assertEqual(states, {item: item.state for item in self._items()})
        self.assertEqual(self.rule.write_date, marked)
        self._run()
        run = self.rule.last_run_id
        done = (
            run.added_count,
            run.changed_count,
            run.withdrawn_count,
            run.gone_count,
        )
        self.assertEqual(done, found[:4], "What it said is what happens.")
        self.assertTrue(stay)

    def test_a_dry_run_counts_what_fits_and_is_left_out(self):
        self._create_course()
        for _number in range(2):
            self._create_course(days_ago=-3)
        self._create_course(date_end=False)
        nowhere = self._create_employee(None)
        for _number in range(3):
            self._create_course(employee_id=nowhere.id)
        preview = self._try()
        self.assertEqual(preview.add_count, 1)
        self.assertFalse(preview.answer, "Nothing was asked.")
        self.assertEqual(
            preview.left_out,
            "1 without a date, 2 whose day is still to come, 3 without a service on "
            "their day",
        )
        self.rule.date_to = self.today - timedelta(days=30)
        self.assertIn("4 outside the days of the rule", self._try().left_out)

    def test_a_quality_lead_makes_a_rule_on_the_form(self):
        with Form(self.env["dupq.evidence.rule"].with_user(self.user_quality)) as form:
            form.name = "Job offered"
            form.record_kind = "hr.job"
            self.assertEqual(form.model, "hr.job")
            form.date_path = "create_date"
            form.service_path = "department_id"
            form.title_template = "{id} offered"
            form.statement_ids.add(self.good)
        rule = form.record
        self.assertEqual((rule.model, rule.owner_id), ("hr.job", self.user_quality))
        with Form(rule) as form:
            form.record_kind = "hr.resume.line"
            self.assertFalse(form.date_path)
            form.date_path = "date_end"
            form.service_path = "employee_id"
            form.title_template = "Course"
        self.assertEqual(rule.model, "hr.resume.line")
        self.assertFalse(rule.with_user(self.user_hr).may_change)
        self.assertEqual(
            (rule.date_label, rule.service_label), ("Date End", "Employee")
        )

    def test_a_changed_rule_shows_what_becomes_of_its_past(self):
        self._switch_on()
        for _number in range(3):
            self._create_course()
        self._run()
        self.rule.with_user(self.user_quality).action_switch_off()
        self.rule.with_user(self.user_quality).polarity = "not_yet"
        preview = self._try()
        self.assertEqual((preview.add_count, preview.change_count), (0, 3))

    def test_while_on_it_looks_with_the_eyes_of_the_owner(self):
        """A quality lead without rights in HR reads the figures, and no names."""
        rule = self._create_rule(**self.of_applicants)
        self._switch_on(rule)
        preview = self._try(rule, self.user_quality)
        self.assertGreater(preview.add_count, 0)
        self.assertFalse(preview.examples)
        self.assertTrue(self._try(rule, self.user_recruiter).examples)

    def test_who_cannot_read_the_records_is_told(self):
        rule = self._create_rule(**self.of_applicants)
        preview = self._try(rule, self.user_quality)
        with self.assertRaises(UserError) as caught:
            preview.add_count  # noqa: B018
        self.assertIn("may not read", str(caught.exception))
        with self.assertRaises(AccessError):
            self._ask(self.applicant, rule, self.user_quality)

    def test_the_form_answers_for_hr(self):
        course = self._create_course()
        previews = self.env["dupq.evidence.rule.preview"].with_user(self.user_hr)
        previews = previews.with_context(default_rule_id=self.rule.id)
        with Form(previews) as form:
            self.assertEqual(form.add_count, 1)
            self.assertIn("Added", form.examples)
            form.res_id = course.id
            self.assertEqual(form.answer, "It fits, but the rule is not on.")

    def _count(self, table):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return self.env.cr.fetchone()[0]
