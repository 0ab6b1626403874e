from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common_rule import RuleCommon

TOGETHER = "odoo.addons.dupq_code.models.dupq_evidence_rule_together"


@tagged("post_install", "-at_install")
class TestEvidenceRuleTogether(RuleCommon):
    """Rules that have only a little to do have one turn, as if each had its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Two of one area, in which an item is counted once.
        cls.two = cls.other_good + cls.env.ref("dupq_code.dupq_code_statement_a3_g3")
        cls.degrees = cls._create_rule(
            name="Degree",
            domain=f"[('line_type_id', '=', {cls.education.id})]",
            statement_ids=[Command.set(cls.two.ids)],
            polarity="not_yet",
            sensitivity="confidential",
            born="proposed",
        )
        cls.always = cls._create_rule(
            name="Always there",
            domain="[('line_type_id.is_course', '=', True)]",
            service_path=False,
            service_id=cls.other_service.id,
            title_template="A course",
        )
        cls.rules = cls.rule + cls.degrees + cls.always

    def setUp(self):
        super().setUp()
        for rule in self.rules:
            self._switch_on(rule)
            self._run(rule)
        self.course = self._create_course(date_start="2020-01-01")
        self.degree = self._create_course(line_type_id=self.education.id)
        self.look = self._look()

    def _look(self):
        return self.rules._look_ahead(fields.Datetime.now() - timedelta(hours=1))

    def _take_turn(self, seconds=float("inf"), look=None):
        """The rules that are left to a turn of their own."""
        return self.rules._take_turn_together(look or self.look, lambda _done: seconds)

    def assertExact(self):
        self.assertEqual(self.env["dupq.evidence.summary"]._recount(), [])

    # === ALL OF IT === #

    def test_each_rule_says_of_its_records_what_it_has_to_say(self):
        self.assertFalse(self._take_turn())
        self.assertLedger({self.course: (self.course.date_end, self.service)})
        self.assertLedger(
            {self.course: (self.course.date_end, self.other_service)}, self.always
        )
        (item,) = self._items(self.degrees)
        self.assertRecordValues(
            item,
            [
                {
                    "res_id": self.degree.id,
                    "service_id": self.service.id,
                    "company_id": self.service.company_id.id,
                    "statement_ids": self.two.ids,
                    "polarity": "not_yet",
                    "sensitivity": "confidential",
                    "state": "proposed",
                    "known_from": False,
                }
            ],
        )
        self.assertEqual(set(self._items().mapped("state")), {"accepted"})
        self.assertExact()

    def test_what_changed_gets_a_new_version(self):
        self._take_turn()
        (before,) = self._items()
        self.course.date_end -= timedelta(days=3)
        self._take_turn(look=self._look())
        (after,) = self._items()
        self.assertEqual(after.previous_version_id, before)
        self.assertEqual((before.state, after.state), ("superseded", "accepted"))
        self.assertEqual(after.date_seen, self.course.date_end)
        self.assertExact()

    def test_a_source_that_was_deleted_takes_nothing_away(self):
        self._take_turn()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM hr_resume_line WHERE id = %s", self.course.ids)
        self.env.invalidate_all()
        self.assertFalse(self._take_turn(look=self._look()))
        self.assertTrue(self._items().source_gone)
        self.assertEqual(self.rule.last_run_id.gone_count, 1)
        self.assertExact()

    def test_what_somebody_withdrew_is_proposed_when_it_changes(self):
        self._take_turn()
        self._items()._take("withdraw", "It was another course.")
        self.course.name = "Another name, which no rule reads"
        self._take_turn(look=self._look())
        self.assertLedger({})
        self.course.date_end -= timedelta(days=3)
        self._take_turn(look=self._look())
        self.assertEqual(self._items().mapped("state"), ["proposed"])
        self.assertEqual(self._items(self.always).mapped("state"), ["accepted"])
        self.assertExact()

    def test_each_has_a_run_that_says_what_it_did(self):
        self._take_turn()
        runs = [rule.last_run_id.id for rule in self.rules]
        self.assertRecordValues(
            self.env["dupq.evidence.rule.run"].browse(runs),
            [
                {
                    "rule_id": rule.id,
                    "mode": "changes",
                    "state": "done",
                    "added_count": 1,
                    "changed_count": 0,
                    "watermark": self.look.watermark,
                    "landmarks": self.look.landmarks[rule.id],
                    "rule_digest": rule._get_reading_digest(),
                }
                for rule in self.rules
            ],
        )
        self._run(mode="changes")
        self.assertFalse(self.rule.last_run_id.added_count)

    # === WHO IS LEFT OUT === #

    def test_who_would_withdraw_something_is_left_out(self):
        """Somebody may have to be asked first. The others have had their turn."""
        self._take_turn()
        self.degree.line_type_id = self.training
        self.course.date_end -= timedelta(days=3)
        self.assertEqual(self._take_turn(look=self._look()), self.degrees)
        self.assertTrue(self._items(self.degrees))
        self.assertLedger(
            {
                self.course: (self.course.date_end, self.service),
                self.degree: (self.degree.date_end, self.service),
            }
        )
        self.assertFalse(self.degrees.last_run_id.withdrawn_count)
        self.assertExact()

    def test_who_was_switched_off_since_the_look_is_left_out(self):
        self.rule.with_user(self.user_hr).action_switch_off()
        self.assertEqual(self._take_turn(), self.rule)
        self.assertLedger({})

    def test_who_says_something_else_since_the_look_is_left_out(self):
        self.rule.with_user(self.user_hr).action_switch_off()
        self.rule.statement_ids = self.other_good
        self._switch_on()
        self.assertEqual(self._take_turn(), self.rule)

    def test_who_is_to_go_through_with_it_is_left_out(self):
        self.rule.is_free_once = True
        self.assertEqual(self._take_turn(), self.rule)

    def test_who_has_a_run_that_broke_off_is_left_out(self):
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET state = 'running' WHERE id = %s",
            self.rule.last_run_id.ids,
        )
        self.env.invalidate_all()
        self.assertEqual(self._take_turn(), self.rule)

    def test_who_has_much_to_do_is_left_out(self):
        self._create_course()
        with patch(f"{TOGETHER}.BATCH", 1):
            self.assertEqual(
                self._take_turn(look=self._look()), self.rule + self.always
            )
        self.assertTrue(self._items(self.degrees))

    def test_those_that_do_not_fit_into_one_step_have_several(self):
        with patch(f"{TOGETHER}.BATCH", 2):
            shares = self.rules._get_shares(self.look)
        self.assertEqual(shares, [self.rule + self.degrees, self.always])

    def test_when_time_is_up_nobody_else_has_a_turn(self):
        self.assertFalse(self._take_turn(seconds=0))

    # === WHAT IT COSTS === #

    def test_ten_more_rules_cost_few_queries_more(self):
        more = self.env["dupq.evidence.rule"]
        for number in range(10):
            domain = f"[('name', '=', 'Being heard'), ('id', '!=', -{number + 1})]"
            more += self._switch_on(
                self._create_rule(name=f"Number {number}", domain=domain)
            )
        for rule in more:
            self._run(rule)

        def count(rules):
            self.course.date_end -= timedelta(days=1)
            look = (self.rules + more)._look_ahead(fields.Datetime.now())
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(rules._take_turn_together(look, lambda _done: 1))
            return self.env.cr.sql_log_count - before

        def count_fewest(rules):
            """Without what is asked once and then remembered."""
            return min(count(rules) for _time in range(3))

        # One each, that reads its records.
        self.assertLessEqual(count_fewest(more) - count_fewest(more[:1]), len(more))
