from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleWhat(RuleCommon):
    """Which records become evidence, and what they say there."""

    def setUp(self):
        super().setUp()
        self._switch_on()

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
