from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleEyes(RuleCommon):
    """A rule sees what its owner sees, and losing sight withdraws nothing."""

    def setUp(self):
        super().setUp()
        self._switch_on()

    def test_whoever_switches_it_on_lends_it_their_eyes(self):
        self.assertEqual(self.rule.owner_id, self.user_hr)
        self.assertRefused(
            self.rule.with_user(self.user_hr).write,
            "Only a quality lead changes what it looks at",
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

    def test_an_owner_who_left_the_company_pauses(self):
        """The owner works on, in another company, and may not look into this one."""
        company = self.service.company_id
        self.rule.with_user(self.user_hr).action_switch_off()
        self.rule.company_id = company
        self._switch_on()
        self._create_course()
        self._run()
        items = self._items()
        self.assertTrue(items)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_hr.write(
            {"company_id": elsewhere.id, "company_ids": [Command.set(elsewhere.ids)]}
        )
        self._run()
        self.assertEqual((self.rule.state, self._items()), ("paused", items))
        self.assertIn("does not belong to", self.rule.message_ids[0].body)

    def test_nobody_of_another_company_lends_it_their_eyes(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        other = self._create_user("otherquality", "quality_lead")
        other.write(
            {"company_id": elsewhere.id, "company_ids": [Command.set(elsewhere.ids)]}
        )
        rule = self._create_rule(company_id=self.service.company_id.id)
        self.assertIn("does not belong to", rule._why_no_sight(other.id))
        self.assertFalse(rule._why_no_sight(self.user_hr.id))
