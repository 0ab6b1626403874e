from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_rule import RuleCommon

AGED = ("hr_resume_line", "hr_resume_line_type", "hr_employee", "hr_version")


@tagged("post_install", "-at_install")
class TestEvidenceRuleLook(RuleCommon):
    """Many rules of one kind of record: one look, and to each what concerns it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course, cls.degree = cls._create_course(), cls._create_degree()
        cls.other = cls._create_rule(
            name="Degree", domain=f"[('line_type_id', '=', {cls.education.id})]"
        )
        cls.rules = cls.rule + cls.other

    @classmethod
    def _create_degree(cls, **values):
        return cls._create_course(line_type_id=cls.education.id, **values)

    def setUp(self):
        super().setUp()
        for rule in self.rules:
            self._switch_on(rule)
            self._run(rule)
        self._age()

    def _age(self, rules=None):
        """As if all that is there had been written, and read, some time ago."""
        self.env.flush_all()
        for table in AGED:
            self.env.cr.execute(
                SQL("UPDATE %s SET write_date = '2025-01-01'", SQL.identifier(table))
            )
        self._set_watermark(rules or self.rules, timedelta(hours=1))

    def _set_watermark(self, rules, ago):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET watermark = %s WHERE rule_id IN %s",
            (fields.Datetime.now() - ago, rules._ids),
        )
        self.env.invalidate_all()

    def _look(self, rules=None):
        return (rules or self.rules)._look_ahead(fields.Datetime.now())

    def _take_turns(self, look, rules=None):
        for rule in rules or self.rules:
            rule._run("changes", lambda _done: float("inf"), look)

    # === WHAT CONCERNS WHOM === #

    def test_nothing_changed_concerns_nobody(self):
        self.assertEqual(self._look().counts, {self.rule.id: 0, self.other.id: 0})

    def test_a_change_concerns_the_rule_that_it_fits(self):
        self.course.date_end -= timedelta(days=1)
        look = self._look()
        self.assertEqual(look.counts, {self.rule.id: 1, self.other.id: 0})
        self._take_turns(look)
        self.assertLedger({self.course: (self.course.date_end, self.service)})
        self.assertFalse(self.other.last_run_id.changed_count)

    def test_a_record_that_goes_over_to_another_rule_concerns_both(self):
        self.course.line_type_id = self.education
        look = self._look()
        self.assertEqual(look.counts, {self.rule.id: 1, self.other.id: 1})
        self._take_turns(look)
        self.assertLedger({})
        self.assertEqual(
            set(self._items(self.other).mapped("res_id")),
            {self.course.id, self.degree.id},
        )

    def test_a_deleted_record_concerns_who_has_it_in_the_ledger(self):
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM hr_resume_line WHERE id = %s", self.degree.ids)
        self.env.invalidate_all()
        look = self._look()
        self.assertEqual(look.counts, {self.rule.id: 0, self.other.id: 1})
        self._take_turns(look)
        self.assertTrue(self._items(self.other).source_gone)
        self.assertFalse(self._items().source_gone)

    def test_a_deleted_record_that_another_takes_the_place_of_is_noticed(self):
        """As many as before, and yet not the same."""
        line = self._create_course()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM hr_resume_line WHERE id = %s", self.course.ids)
        self.env.cr.execute(
            "UPDATE hr_resume_line SET id = %s WHERE id = %s",
            (min(self.course.id, self.degree.id) - 1, line.id),
        )
        self.env.invalidate_all()
        self._take_turns(self._look())
        gone = self._items().filtered("source_gone")
        self.assertEqual(gone.mapped("res_id"), self.course.ids)

    def test_a_change_on_the_way_concerns_who_looks_that_way(self):
        self.training.is_course = False
        look = self._look()
        self.assertEqual(look.counts, {self.rule.id: 1, self.other.id: 0})
        self._take_turns(look)
        self.assertLedger({})

    def test_a_day_that_comes_concerns_who_has_no_evidence_of_it_yet(self):
        later = self._create_course(days_ago=-3)
        self._take_turns(self._look())
        self._age()
        with freeze_time(self.today + timedelta(days=3)):
            look = self._look()
            self.assertEqual(look.counts, {self.rule.id: 1, self.other.id: 0})
            self._take_turns(look)
            self.assertIn(later.id, self._items().mapped("res_id"))
            self._set_watermark(self.rules, timedelta(0))
            # Its day has come, and it is in the ledger: nobody need look again.
            self._age()
            self.assertFalse(any(self._look().counts.values()))

    def test_each_rule_goes_by_its_own_watermark(self):
        self.env.cr.execute(
            "UPDATE hr_resume_line SET write_date = %s WHERE id IN %s",
            (
                fields.Datetime.now() - timedelta(hours=5),
                (self.course + self.degree)._ids,
            ),
        )
        self._set_watermark(self.other, timedelta(hours=6))
        look = self._look()
        self.assertEqual(look.counts, {self.rule.id: 0, self.other.id: 1})

    def test_the_owner_s_rights_decide_what_fits(self):
        self.env["ir.rule"].create(
            {
                "name": "Not these",
                "model_id": self.env["ir.model"]._get_id("hr.resume.line"),
                "domain_force": "[('name', '!=', 'Hidden')]",
            }
        )
        self._create_course(name="Hidden")
        self.assertEqual(self._look().counts[self.rule.id], 0)

    # === WHO IS LEFT OUT === #

    def test_a_rule_that_says_something_else_now_is_left_out(self):
        self.rule.with_user(self.user_hr).action_switch_off()
        self.rule.statement_ids = self.other_good
        self._switch_on()
        look = self._look()
        self.assertEqual(set(look.counts), {self.other.id})
        self._take_turns(look)
        self.assertEqual(self.rule.last_run_id.mode, "full")
        self.assertEqual(self._items().statement_ids, self.other_good)

    def test_one_that_cannot_be_looked_for_does_not_hold_up_the_others(self):
        """Its owner has left: in its turn it is paused, and the other one goes on."""
        owner = self._create_user("leaver", "quality_lead")
        owner.group_ids += self.env.ref("hr.group_hr_user")
        self.other.with_user(self.user_hr).action_switch_off()
        self._switch_on(self.other, owner)
        self._run(self.other)
        self._age()
        owner.active = False
        self.course.date_end -= timedelta(days=1)
        look = self._look()
        self.assertEqual(look.counts, {self.rule.id: 1})
        self._take_turns(look)
        self.assertEqual((self.rule.state, self.other.state), ("on", "paused"))
        self.assertLedger({self.course: (self.course.date_end, self.service)})

    def test_a_condition_that_is_spoilt_does_not_hold_up_the_others(self):
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule SET domain = '[(' WHERE id = %s", self.other.ids
        )
        self.env.invalidate_all()
        self.env["dupq.evidence.rule.run"].flush_model()
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET rule_digest = %s WHERE rule_id = %s",
            (self.other._get_reading_digest(), self.other.id),
        )
        self.env.invalidate_all()
        self.assertEqual(set(self._look().counts), {self.rule.id})

    def test_a_fault_in_one_kind_of_record_does_not_hold_up_another(self):
        job = self._create_job_rule()
        self._switch_on(job)
        self._run(job)
        self.env.flush_all()
        # As after an update of somebody's module that did not come to its end.
        self.env.cr.execute("ALTER TABLE hr_job RENAME COLUMN write_date TO written")
        logs = self.assertLogs("odoo.addons.dupq_code", "ERROR")
        with mute_logger("odoo.sql_db"), logs:
            look = self._look(self.rules + job)
        self.assertEqual(set(look.counts), set(self.rules.ids))

    # === NOTHING TO DO === #

    def test_an_idle_turn_moves_the_watermark_on(self):
        self.course.date_end -= timedelta(days=1)
        look = self._look()
        before = self.other.last_run_id
        self.assertEqual(self.rules._end_idle_turns(look), self.other)
        run = self.other.last_run_id
        self.assertNotEqual(run, before)
        self.assertEqual((run.state, run.watermark), ("done", look.watermark))
        self.assertEqual(run.landmarks, look.landmarks[self.other.id])

    def test_many_idle_turns_in_a_row_are_kept_as_one(self):
        self.rules._end_idle_turns(self._look())
        runs = self.rules.run_ids
        self._age()
        look = self._look()
        self.assertEqual(self.rules._end_idle_turns(look), self.rules)
        self.assertEqual(self.rules.run_ids, runs)
        self.assertEqual(
            set(self.rules.last_run_id.mapped("watermark")), {look.watermark}
        )

    def test_a_run_that_broke_off_is_taken_up_although_nothing_changed(self):
        self.env.cr.execute(
            "UPDATE dupq_evidence_rule_run SET state = 'running' WHERE id = %s",
            self.other.last_run_id.ids,
        )
        self.env.invalidate_all()
        look = self._look(self.rule)
        look.counts[self.other.id] = 0
        self.assertEqual(self.rules._end_idle_turns(look), self.rule)

    def test_who_is_to_go_through_with_it_is_not_idle(self):
        self.rule.is_free_once = True
        self.assertEqual(self.rules._end_idle_turns(self._look()), self.other)

    def test_ten_rules_with_nothing_to_do_cost_as_many_queries_as_two(self):
        more = self.env["dupq.evidence.rule"]
        for number in range(8):
            more += self._switch_on(
                self._create_rule(
                    name=f"Course {number}",
                    domain=f"[('line_type_id', '=', {self.training.id}), "
                    f"('name', '=', 'Course {number}')]",
                )
            )
        for rule in more:
            self._run(rule)
        self._create_course(name="Nobody's", line_type_id=False, date_end=False)

        def count(rules):
            self._age(self.rules + more)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            look = self._look(rules)
            self.assertEqual(rules._end_idle_turns(look), rules)
            return self.env.cr.sql_log_count - before

        def count_fewest(rules):
            """Without what is asked once and then remembered."""
            return min(count(rules) for _time in range(3))

        few = count_fewest(self.rules)
        many = count_fewest(self.rules + more)
        # One each, that asks whether any of what has changed fits it.
        self.assertLessEqual(many - few, len(more))
