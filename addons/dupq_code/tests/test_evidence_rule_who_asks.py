from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_rule_explains import ExplainsCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleWhoAsks(ExplainsCommon):
    """Who may ask, and read the answers."""

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
