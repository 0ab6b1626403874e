from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleExplains(RuleCommon):
    """Why is this here, why is that not, and what would a rule do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_recruiter = new_test_user(
            cls.env, "recruiter", "hr_recruitment.group_hr_recruitment_user"
        )

        cls.of_applicants = {
            "model": "hr.applicant",
            "domain": "[]",
            "date_path": "create_date",
            "service_path": False,
            "service_id": cls.service.id,
            "title_template": "Applied for {job_id}",
        }

    def _ask(self, record, rule=None, user=None):
        """What somebody reads who asks about a record in “Try it”."""
        return self._try(rule, user, res_id=record.id).answer

    def _try(self, rule=None, user=None, **values):
        previews = self.env["dupq.evidence.rule.preview"].with_user(
            user or self.user_hr
        )
        return previews.create({"rule_id": (rule or self.rule).id, **values})

    def _count(self, table):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return self.env.cr.fetchone()[0]

    # === WHY IS THIS HERE === #

    def test_an_item_says_which_rule_made_it_and_from_what(self):
        self._switch_on()
        course = self._create_course()
        self._run()
        day = f"{course.date_end.day} {course.date_end:%B %Y}"
        expected = (
            "The rule “Course finished” made it: a record (Resume line of an employee) "
            f"of {day} fits, and belongs to "
            f"{self.service.display_name} on that day."
        )
        for user in (self.user_worker, self.user_manager, self.user_quality):
            with self.subTest(user.login):
                item = self._items().with_user(user)
                self.assertEqual(item.why_here, expected)
        self.assertEqual(self._ask(course), expected, "The record says the same.")

    def test_what_was_written_by_hand_needs_no_reason(self):
        self.assertFalse(self._create_evidence().why_here)

    def test_who_lends_a_rule_their_eyes_reads_what_it_made(self):
        self._switch_on()
        self._create_course()
        self._run()
        item = self._items()
        self.assertEqual(self.rule.with_user(self.user_hr).evidence_count, 1)
        self.assertTrue(item.with_user(self.user_hr).why_here)
        self.assertFalse(item.with_user(self.user_recruiter).has_access("read"))
        for operation in ("write", "unlink"):
            self.assertFalse(item.with_user(self.user_hr).has_access(operation))
        # Nobody else becomes a reader of everything by switching on.
        self.rule.sudo().owner_id = self.user_internal
        self.assertFalse(item.with_user(self.user_internal).has_access("read"))
        self.assertFalse(item.with_user(self.user_hr).has_access("read"))

    def test_only_who_reads_rules_opens_the_rule(self):
        self._switch_on()
        self._create_course()
        self._run()
        item = self._items()
        for user in (self.user_manager, self.user_quality):
            action = item.with_user(user).action_open_rule()
            self.assertEqual(
                (action["res_model"], action["res_id"]), (self.rule._name, self.rule.id)
            )
            self.assertIn("action_open_rule", self._get_form(user))
        for user in (self.user_worker, self.user_board):
            with self.assertRaises(AccessError):
                item.with_user(user).action_open_rule()
            self.assertNotIn("action_open_rule", self._get_form(user))

    def _get_form(self, user):
        return (
            self.env["dupq.evidence"].with_user(user).get_view(view_type="form")["arch"]
        )

    # === WHY IS THIS RECORD NOT EVIDENCE === #

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

    # === WHAT WOULD IT DO === #

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

    # === WHO MAY ASK === #

    def test_others_are_refused_over_the_methods(self):
        self._switch_on()
        course = self._create_course()
        self._run()
        roles = self._get_roles()
        allowed = {"hr", "quality", "admin"}
        for role in roles.keys() - allowed:
            user = roles[role]
            previews = self.env["dupq.evidence.rule.preview"].with_user(user)
            with self.subTest(role):
                calls = (
                    lambda p=previews: p.create({"rule_id": self.rule.id}),
                    lambda p=previews: p.with_context(
                        default_rule_id=self.rule.id
                    ).onchange({}, [], {"add_count": {}, "rule_id": {}}),
                    lambda p=previews: p.new({"rule_id": self.rule.id}).add_count,
                    lambda p=previews: (
                        p.new(
                            {
                                "rule_id": self.rule.id,
                                "res_id": course.id,
                            }
                        ).answer
                    ),
                    self.rule.with_user(user).action_switch_off,
                    self.rule.with_user(user).action_run,
                )
                for number, call in enumerate(calls):
                    with self.assertRaises(AccessError, msg=number):
                        call()
        self.assertEqual(self.rule.state, "on")

    def test_whoever_reads_rules_reads_all_of_their_fields(self):
        self._switch_on()
        self._create_course()
        self._run()
        for user in (
            self.user_manager,
            self.user_quality,
            self.user_hr,
            self.user_recruiter,
        ):
            with self.subTest(user.login):
                rule = self.rule.with_user(user)
                views = ("form", "list", "search")
                for view in views:
                    rule.get_view(view_type=view)
                self.env.invalidate_all()
                self.assertTrue(rule.read(["name", "evidence_count", "blind_spots"]))
                if user != self.user_manager:
                    self.assertTrue(rule.read()[0]["last_run_id"])

    def _create_employee(self, department, **values):
        return self.env["hr.employee"].create(
            {
                "name": "Tamsin Okonjo",
                "department_id": department and department.id,
                "date_version": "2020-01-01",
                **values,
            }
        )
