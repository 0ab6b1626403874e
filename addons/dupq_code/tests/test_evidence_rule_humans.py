from datetime import timedelta

from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleHumans(RuleCommon):
    """What somebody decided by hand stands."""

    def setUp(self):
        super().setUp()
        self._switch_on()

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
