from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_rule import RuleCommon

RUNNER = "odoo.addons.dupq_code.models.dupq_evidence_rule_runner"


@tagged("post_install", "-at_install")
class TestEvidenceRule(RuleCommon):
    def setUp(self):
        super().setUp()
        self._switch_on()

    # === WHAT BECOMES EVIDENCE === #

    def test_what_fits_is_evidence_and_nothing_else_is(self):
        course = self._create_course()
        self._create_course(line_type_id=self.education.id)
        self._run()
        self.assertLedger({course: (course.date_end, self.service)})
        item = self._items()
        self.assertEqual(item.state, "accepted")
        self.assertEqual(item.statement_ids, self.good)
        self.assertEqual((item.source_type, item.res_model), ("training", course._name))
        self.assertTrue(item.known_from)
        self.assertEqual(item.company_id, self.service.company_id)

    def test_running_again_changes_nothing(self):
        self._create_course()
        self._run()
        before = self._items(states=("accepted", "superseded", "withdrawn"))
        self._run()
        self._run(mode="changes")
        after = self._items(states=("accepted", "superseded", "withdrawn"))
        self.assertEqual(before, after)

    def test_a_changed_source_makes_a_new_version(self):
        course = self._create_course()
        self._run()
        first = self._items()
        course.date_end -= timedelta(days=1)
        self._run(mode="changes")
        second = self._items()
        self.assertEqual(second.previous_version_id, first)
        self.assertEqual(first.state, "superseded")
        self.assertTrue(first.known_to)
        self.assertLedger({course: (course.date_end, self.service)})

    def test_a_source_that_fits_no_more_is_withdrawn_and_comes_back(self):
        course = self._create_course()
        self._run()
        course.line_type_id = self.education
        self._run(mode="changes")
        self.assertLedger({})
        (gone,) = self._items(states=("withdrawn",))
        self.assertTrue(gone.known_to)
        course.line_type_id = self.training
        self._run(mode="changes")
        self.assertLedger({course: (course.date_end, self.service)})

    def test_evidence_outlives_a_deleted_source(self):
        course = self._create_course()
        self._run()
        item = self._items()
        # As a cascade of the database would, which tells nobody.
        self.env.cr.execute("DELETE FROM hr_resume_line WHERE id = %s", (course.id,))
        self.env.invalidate_all()
        self._run(mode="changes")
        self.assertEqual(self._items(), item)
        self.assertTrue(item.source_gone)
        self.assertIn("has been deleted since", item.why_here)

    def test_a_day_to_come_is_no_evidence_until_it_is_there(self):
        course = self._create_course(days_ago=-3)
        self._run()
        self.assertLedger({})
        with freeze_time(self.today + timedelta(days=4)):
            self._run(mode="changes")
            self.assertLedger({course: (course.date_end, self.service)})

    def test_a_moving_border_is_looked_after(self):
        rule = self._create_rule(domain="[('date_end', '>=', 'today -30d')]")
        self._switch_on(rule)
        self._create_course(days_ago=25)
        self._run(rule)
        self.assertEqual(len(self._items(rule)), 1)
        with freeze_time(self.today + timedelta(days=6)):
            self._run(rule, mode="changes")
            self.assertFalse(self._items(rule))

    def test_days_of_the_rule_are_kept(self):
        rule = self._create_rule(date_from=self.today - timedelta(days=5))
        self._switch_on(rule)
        self._create_course(days_ago=6)
        course = self._create_course(days_ago=5)
        self._run(rule)
        self.assertLedger({course: (course.date_end, self.service)}, rule)

    # === WHERE IT WAS === #

    def test_the_department_of_the_day_counts(self):
        """A transfer does not move last year's course; correcting the past does."""
        course = self._create_course(days_ago=100)
        self._run()
        self.employee.create_version(
            {
                "date_version": self.today - timedelta(days=50),
                "department_id": self.other_department.id,
            }
        )
        recent = self._create_course(days_ago=20)
        self._run(mode="changes")
        self.assertLedger(
            {
                course: (course.date_end, self.service),
                recent: (recent.date_end, self.other_service),
            }
        )
        versions = self.employee.version_ids.sorted("date_version")
        versions[0].department_id = self.other_department
        self._run(mode="changes")
        self.assertLedger(
            {
                course: (course.date_end, self.other_service),
                recent: (recent.date_end, self.other_service),
            }
        )

    def test_a_membership_counts_where_no_department_does(self):
        self.employee.version_id.department_id = False
        member = self.env["dupq.service.member"].create(
            {
                "service_id": self.other_service.id,
                "employee_id": self.employee.id,
                "date_from": self.today - timedelta(days=50),
            }
        )
        early = self._create_course(days_ago=60)
        course = self._create_course(days_ago=20)
        self._run()
        self.assertLedger({course: (course.date_end, self.other_service)})
        member.date_from = self.today - timedelta(days=70)
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 2)
        self.assertTrue(early)

    def test_a_department_below_belongs_to_the_service_above(self):
        below = self.env["hr.department"].create(
            {"name": "Night", "parent_id": self.department.id}
        )
        self.employee.version_id.department_id = below
        course = self._create_course()
        self._run()
        self.assertLedger({course: (course.date_end, self.service)})

    def test_a_service_linked_later_is_noticed(self):
        self.service.department_id = False
        course = self._create_course()
        self._run()
        self.assertLedger({})
        self.service.department_id = self.department
        self._run(mode="changes")
        self.assertLedger({course: (course.date_end, self.service)})

    def test_another_company_is_nobodys_evidence(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_hr.company_ids += company
        job = self.env["hr.job"].create({"name": "Cook", "company_id": company.id})
        rule = self._create_rule(
            model="hr.job",
            domain="[]",
            date_path="create_date",
            service_path=False,
            service_id=self.service.id,
            title_template="A job",
        )
        self._switch_on(rule)
        self._run(rule)
        self.assertTrue(self._items(rule))
        self.assertNotIn(job.id, self._items(rule).mapped("res_id"))

    # === WHAT LEAVES NO MARK === #

    def test_a_deleted_membership_is_noticed(self):
        self.employee.version_id.department_id = False
        member = self.env["dupq.service.member"].create(
            {
                "service_id": self.service.id,
                "employee_id": self.employee.id,
                "date_from": self.today - timedelta(days=50),
            }
        )
        self._create_course()
        self._run()
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 1)
        self._delete_in_sql(member)
        self._run(mode="changes")
        self.assertLedger({})

    def test_a_deleted_version_is_noticed(self):
        course = self._create_course()
        version = self.employee.create_version(
            {
                "date_version": self.today - timedelta(days=50),
                "department_id": self.other_department.id,
            }
        )
        self._run()
        self.assertLedger({course: (course.date_end, self.other_service)})
        version.active = False
        self._delete_in_sql(version)
        self._run(mode="changes")
        self.assertLedger({course: (course.date_end, self.service)})

    def test_a_deleted_record_on_the_way_is_noticed(self):
        self._create_course()
        self._run()
        self.assertEqual(len(self._items()), 1)
        # Links to it are emptied by the database, without a mark on the courses.
        line_type = self.training.copy({"name": "Another", "is_course": True})
        course = self._create_course(line_type_id=line_type.id)
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 2)
        self.env.cr.execute(
            "UPDATE hr_resume_line SET line_type_id = NULL WHERE id = %s", (course.id,)
        )
        self._delete_in_sql(line_type)
        self._run(mode="changes")
        self.assertEqual(len(self._items()), 1)
        self.assertEqual(self.rule.last_run_id.mode, "full")

    def _delete_in_sql(self, record):
        """As a cascade of the database does; long after it was made."""
        self.env.flush_all()
        last = self.rule.last_run_id
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET watermark = %s WHERE id = %s",
            (last.watermark + timedelta(seconds=2), last.id),
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        self.env.invalidate_all()

    def test_a_border_that_leaps_is_looked_after(self):
        """“Since the first day of last month” leaves a whole month at once."""
        with freeze_time("2025-03-31 12:00:00"):
            rule = self._create_rule(domain="[('date_end', '>=', '=1d -1m')]")
            self._switch_on(rule)
            course = self._create_course(date_start="2025-02-01", date_end="2025-02-02")
            self._run(rule)
            self.assertLedger({course: (course.date_end, self.service)}, rule)
        self._age(rule, "2025-03-31 12:00:00")
        with freeze_time("2025-04-01 12:00:00"):
            self._run(rule, mode="changes")
            self.assertEqual(rule.last_run_id.mode, "changes")
            self.assertLedger({}, rule)

    def _age(self, rule, moment):
        """As if all that is there had been written, and read, before a moment."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET watermark = %s WHERE rule_id = %s",
            (moment, rule.id),
        )
        self.env.cr.execute(
            "UPDATE hr_resume_line SET write_date = '2025-01-01', "
            "create_date = '2025-01-01'"
        )
        self.env.cr.execute("UPDATE hr_version SET write_date = '2025-01-01'")
        self.env.cr.execute("UPDATE hr_resume_line_type SET write_date = '2025-01-01'")
        self.env.invalidate_all()

    def test_a_condition_that_is_worked_out_follows_its_fields(self):
        """“Course” of a line is its type's: no mark on the line when that changes."""
        rule = self._create_rule(domain="[('is_course', '=', True)]")
        self.assertIn("line_type_id", dict(rule._get_watched()))
        course, other = self._create_course(), self._create_course(days_ago=20)
        other.line_type_id = self.education
        self.env.flush_all()
        for table in (
            "hr_resume_line",
            "hr_resume_line_type",
            "hr_version",
            "hr_employee",
        ):
            self.env.cr.execute(
                SQL("UPDATE %s SET write_date = '2025-01-01'", SQL.identifier(table))
            )
        since = fields.Datetime.now() - timedelta(days=1)
        self.training.name = "Taught"
        self.env.flush_all()
        changed = rule._get_changed_ids(since)
        self.assertIn(course.id, changed)
        self.assertNotIn(other.id, changed)

    # === WITH WHOSE EYES === #

    def test_whoever_switches_it_on_lends_it_their_eyes(self):
        self.assertEqual(self.rule.owner_id, self.user_hr)
        self.assertRefused(
            self.rule.with_user(self.user_hr).write,
            "Only a quality lead changes a rule",
            {"domain": "[]"},
            error=AccessError,
        )
        self.assertRefused(
            self.rule.with_user(self.user_quality).write,
            "belongs to the person who switched it on",
            {"owner_id": self.user_quality.id},
            error=AccessError,
        )
        self.assertRefused(
            self.rule.with_user(self.user_quality).write,
            "Switch the rule off before",
            {"domain": "[]"},
        )

    def test_who_cannot_read_the_records_cannot_switch_it_on(self):
        self.rule.with_user(self.user_hr).action_switch_off()
        reader = self._create_user("onlyquality", "quality_lead")
        rule = self._create_rule(
            model="hr.applicant",
            domain="[]",
            date_path="create_date",
            service_path="department_id",
            title_template="Applied for {job_id}",
        )
        self.assertRefused(rule.with_user(reader).action_switch_on, "may not read")
        rule.with_user(self.user_hr).action_switch_on()
        self.assertEqual(rule.state, "on")

    def test_other_roles_do_not_switch_on(self):
        rule = self._create_rule()
        for user in (self.user_manager, self.user_worker, self.user_board):
            with self.assertRaises(AccessError):
                rule.with_user(user).action_switch_on()

    def test_losing_sight_pauses_and_withdraws_nothing(self):
        rule = self._create_rule(
            model="hr.applicant",
            domain="[]",
            date_path="create_date",
            service_path=False,
            service_id=self.service.id,
            title_template="Applied for {job_id}",
        )
        self._switch_on(rule)
        self._run(rule)
        items = self._items(rule)
        self.assertIn(self.applicant.id, items.mapped("res_id"))
        self.user_hr.group_ids -= self.env.ref(
            "hr_recruitment.group_hr_recruitment_user"
        )
        self._run(rule)
        self.assertEqual((rule.state, self._items(rule)), ("paused", items))
        self.assertIn(self.user_quality, rule.activity_ids.user_id, "The lead is told.")

    def test_a_right_to_some_records_lost_pauses_too(self):
        """The owner still reads courses, but no longer this one."""
        self._create_course()
        self._run()
        items = self._items()
        self.env["ir.rule"].create(
            {
                "name": "Not these",
                "model_id": self.env["ir.model"]._get_id("hr.resume.line"),
                "domain_force": "[('name', '!=', 'Being heard')]",
            }
        )
        self._run()
        self.assertEqual((self.rule.state, self._items()), ("paused", items))

    def test_an_owner_who_left_pauses(self):
        self._create_course()
        self._run()
        items = self._items()
        self.user_hr.active = False
        self._run()
        self.assertEqual((self.rule.state, self._items()), ("paused", items))
        self.assertIn("has left", self.rule.message_ids[0].body)

    # === HUMANS FIRST === #

    def test_what_somebody_withdrew_is_not_made_again(self):
        course = self._create_course()
        self._run()
        self._items().with_user(self.user_quality)._take("withdraw", "Not ours")
        self._run()
        self.assertLedger({})
        course.date_end -= timedelta(days=2)
        self._run()
        self.assertEqual(self._items().state, "proposed", "Changed: asked again.")

    def test_what_somebody_disputed_is_not_accepted_again(self):
        course = self._create_course()
        self._run()
        self._items().with_user(self.user_quality)._take("dispute", "Was it?")
        self._run()
        self.assertEqual(self._items().state, "disputed")
        course.date_end -= timedelta(days=2)
        self._run()
        self.assertEqual(self._items().state, "proposed")

    def test_a_correction_by_hand_stands(self):
        self._create_course()
        self._run()
        item = self._items().with_user(self.user_quality)
        version = item.browse(item.action_correct()["res_id"])
        version.statement_ids = self.other_good
        version.action_accept()
        self._run()
        self.assertEqual(item.state, "superseded")
        self.assertFalse(self._items())

    def test_content_of_a_rules_item_is_nobodys_to_write(self):
        self.rule.with_user(self.user_hr).action_switch_off()
        self.rule.born = "proposed"
        self._switch_on()
        self._create_course()
        self._run()
        item = self._items().with_user(self.user_quality)
        self.assertRefused(item.write, "A rule made this", {"polarity": "not_yet"})
        self.assertRefused(item.sudo().unlink, "Withdraw it instead")

    # === THE BRAKE === #

    def test_a_run_that_would_withdraw_much_asks_first(self):
        for _number in range(30):
            self._create_course()
        self._run()
        self.training.is_course = False
        self._run()
        self.assertEqual((self.rule.state, len(self._items())), ("paused", 30))
        self.assertIn("would withdraw 30 of 30", self.rule.message_ids[0].body)
        self.rule.with_user(self.user_hr).action_switch_on()
        self._run()
        self.assertEqual((self.rule.state, len(self._items())), ("on", 0))

    def test_a_small_provider_is_not_stopped(self):
        """C46: with few items, each withdrawal would be more than five per cent."""
        for _number in range(3):
            self._create_course()
        self._run()
        self.training.is_course = False
        self._run()
        self.assertEqual((self.rule.state, len(self._items())), ("on", 0))

    # === CHANGED RULES === #

    def test_a_changed_rule_makes_new_versions_of_the_past(self):
        course = self._create_course()
        self._run()
        rule = self.rule.with_user(self.user_quality)
        rule.action_switch_off()
        rule.statement_ids = self.other_good
        self._switch_on()
        self._run(mode="changes")
        self.assertLedger({course: (course.date_end, self.service)})
        self.assertEqual(self._items().statement_ids, self.other_good)

    def test_wrong_rules_are_refused_in_words(self):
        wrong = (
            ({"model": "no.such"}, "no records of the kind"),
            ({"date_path": "name"}, "does not lead to"),
            ({"date_path": "nowhere"}, "does not lead to"),
            ({"service_path": "line_type_id"}, "does not lead to"),
            ({"service_path": False}, "say either where"),
            ({"service_id": self.service.id}, "say either where"),
            ({"domain": "[('nowhere', '=', 1)]"}, "cannot be understood"),
            ({"domain": "__import__('os')"}, "cannot be understood"),
            ({"domain": "[('date_end', '<', 'some day')]"}, "cannot be understood"),
            ({"title_template": "{employee_id}"}, "cannot stand in a title"),
            ({"title_template": "{name}"}, "cannot stand in a title"),
            ({"title_template": "{employee_id.name}"}, "cannot stand in a title"),
            ({"date_from": "2025-02-01", "date_to": "2025-01-01"}, "after the last"),
        )
        for values, words in wrong:
            with self.subTest(values):
                self.assertRefused(
                    self._create_rule, words, error=ValidationError, **values
                )

    def test_a_rule_without_statements_stays_off(self):
        rule = self._create_rule(statement_ids=False)
        self.assertRefused(
            rule.with_user(self.user_hr).action_switch_on, "at least one statement"
        )

    def test_a_rule_that_was_used_is_not_deleted(self):
        self._create_course()
        self._run()
        self.assertRefused(self.rule.unlink, "switched off, not deleted")

    # === READ ONE BY ONE === #

    def test_a_path_that_only_odoo_can_follow(self):
        """The course's employee by way of the user, whose employee is computed."""
        self.user_hr.tz = "Europe/London"
        self.employee.user_id = self.user_worker
        event = self.env["calendar.event"].create(
            {
                "name": "Supervision",
                "user_id": self.user_worker.id,
                "start": "2025-06-30 23:30:00",
                "stop": "2025-07-01 00:30:00",
            }
        )
        rule = self._create_rule(
            model="calendar.event",
            domain=f"[('id', '=', {event.id})]",
            date_path="start",
            service_path="user_id.employee_id",
            title_template="Meeting on {start}",
            source_type="meeting",
        )
        self.assertFalse(rule._is_in_sql())
        self.assertTrue(rule.blind_spots)
        self._switch_on(rule)
        self._run(rule)
        (item,) = self._items(rule)
        self.assertEqual(str(item.date_seen), "2025-07-01", "The day in London.")
        self.assertEqual(item.service_id, self.service)
        self._run(rule)
        self.assertEqual(self._items(rule), item)
        event.start = "2025-06-20 10:00:00"
        self._run(rule, mode="changes")
        self.assertEqual(rule.last_run_id.mode, "changes")
        self.assertEqual(str(self._items(rule).date_seen), "2025-06-20")

    # === RUNS === #

    def test_runs_say_what_they_did(self):
        self._create_course()
        self._run()
        run = self.rule.last_run_id
        self.assertEqual((run.state, run.mode, run.added_count), ("done", "full", 1))
        self.assertRefused(run.sudo().write, "Runs are written", {"added_count": 5})
        self.assertRefused(run.sudo().unlink, "Runs are written")

    def test_first_run_reads_everything(self):
        self._create_course()
        self._run(mode="changes")
        self.assertEqual(self.rule.last_run_id.mode, "full")
        self._run(mode="changes")
        self.assertEqual(self.rule.last_run_id.mode, "changes")

    def test_a_run_in_one_transaction_leaves_the_watermark_alone(self):
        """It does not see what others commit while it is at work."""
        self.rule._run("full")
        self.assertFalse(self.rule.last_run_id.watermark)
        self._run(mode="changes")
        first = self.rule.last_run_id
        self.assertEqual(first.mode, "full")
        self.rule.with_user(self.user_quality).action_run()
        second = self.rule.last_run_id
        self.assertNotEqual(first, second)
        self.assertEqual(
            (first.watermark, first.landmarks), (second.watermark, second.landmarks)
        )
        self._run(mode="changes")
        self.assertEqual(self.rule.last_run_id.mode, "changes")

    def test_rules_that_had_their_turn_are_left_out(self):
        """Odoo calls a job again when its time was up: no rule is starved."""
        other = self._create_rule(name="Second")
        self._switch_on(other)
        self._run()
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET date_start = %s WHERE rule_id = %s",
            (fields.Datetime.now() - timedelta(hours=1), self.rule.id),
        )
        self.env.invalidate_all()
        for mode in ("full", "changes"):
            since = fields.Datetime.now() - timedelta(hours=2)
            self.assertFalse(self.rule._is_due(mode, since))
            self.assertTrue(other._is_due(mode, since))
            self.assertTrue(self.rule._is_due(mode, fields.Datetime.now()))
        self.rule.with_user(self.user_hr).action_switch_off()
        self.rule.statement_ids = self.other_good
        self._switch_on()
        self.assertTrue(self.rule._is_due("changes", since), "It says another thing.")

    def test_a_run_over_changes_is_taken_up_again(self):
        courses = [self._create_course() for _number in range(5)]
        self._run()
        for course in courses:
            course.date_end -= timedelta(days=1)
        with patch(f"{RUNNER}.BATCH", 2):
            self.rule._run("changes", lambda _done: 0)
            run = self.rule.last_run_id
            self.assertEqual((run.state, run.changed_count), ("running", 2))
            self.rule._run("changes", lambda _done: 0)
            self.assertEqual((run.state, run.changed_count), ("running", 4))
            self.rule._run("changes", lambda _done: 0)
        self.assertEqual((run.state, run.changed_count), ("done", 5))
        self.assertEqual(self.rule.last_run_id, run)
        self.assertLedger({c: (c.date_end, self.service) for c in courses})

    def test_only_a_quality_lead_runs_it_by_hand(self):
        self._create_course()
        for user in (self.user_manager, self.user_hr):
            with self.assertRaises(AccessError):
                self.rule.with_user(user).action_run()
        told = self.rule.with_user(self.user_quality).action_run()
        self.assertEqual(len(self._items()), 1)
        self.assertIn("1 added, 0 changed", told["params"]["message"])
        self.rule.with_user(self.user_hr).action_switch_off()
        with self.assertRaises(UserError):
            self.rule.with_user(self.user_quality).action_run()

    def test_a_thousand_records_cost_as_many_queries_as_one(self):
        self._create_course()
        self._run()

        def count(number):
            for _number in range(number):
                self._create_course()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._run()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(1), count(60))
