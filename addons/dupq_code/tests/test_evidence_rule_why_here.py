from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_rule_explains import ExplainsCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleWhyHere(ExplainsCommon):
    """Why is this here?"""

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
