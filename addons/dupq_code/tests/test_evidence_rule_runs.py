from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_rule import RuleCommon

RUNNER = "odoo.addons.dupq_code.models.dupq_evidence_rule_runner"


@tagged("post_install", "-at_install")
class TestEvidenceRuleRuns(RuleCommon):
    """A run says what it did, and is taken up again where it was broken off."""

    def setUp(self):
        super().setUp()
        self._switch_on()

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
