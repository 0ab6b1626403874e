from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleBrake(RuleCommon):
    """A run that would withdraw much stops, and asks."""

    def setUp(self):
        super().setUp()
        self._switch_on()

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
