from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleChanged(RuleCommon):
    """Wrong rules are refused, and changed ones say it of the past too."""

    def setUp(self):
        super().setUp()
        self._switch_on()

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
