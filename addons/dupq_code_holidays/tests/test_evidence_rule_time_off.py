from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.dupq_code.tests.common_rule_shipped import Shipped
from odoo.addons.dupq_code.tests.common_rule_shipped_checks import ShippedChecks

from ..hooks import uninstall_hook
from .common import TimeOffCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleTimeOff(ShippedChecks, TimeOffCommon):
    """Time off that was covered is evidence, for or against moving staff about."""

    def _get_table(self):
        uncovered = {"dupq_cover_ids": [Command.clear()]}
        later = {"request_date_to": self.today + timedelta(days=1)}
        refused = {"state": "refuse"}
        change = {"request_date_to": self.last + timedelta(days=1)}
        return (
            Shipped(
                "time_off_known",
                self._create_leave,
                "request_date_to",
                (
                    uncovered,
                    {"dupq_cover_ids": [Command.set(self.stranger.ids)]},
                    later,
                    refused,
                ),
                change,
                "Time off until {} covered by staff known there",
                state="accepted",
            ),
            Shipped(
                "time_off_elsewhere",
                lambda: self._create_leave(self.stranger),
                "request_date_to",
                (
                    uncovered,
                    {"dupq_cover_ids": [Command.set(self.colleague.ids)]},
                    later,
                    refused,
                ),
                change,
                "Time off until {} covered by staff from elsewhere",
            ),
        )

    def test_what_changes_two_steps_away_is_looked_at(self):
        """A membership and a department, of who was away and of who covered."""
        rule = self._get_rule("time_off_known")
        leave = self._create_leave(self.stranger)
        other = self._create_leave(self._create_someone("Linnet Okafor"))
        away = leave.employee_id
        changes = (
            lambda: self._create_membership(self.stranger),
            lambda: self.stranger.dupq_member_ids.write({"date_from": self.last}),
            lambda: self.stranger.version_id.write({"department_id": False}),
            lambda: self._create_membership(away, self.other_service),
            lambda: away.version_id.write({"department_id": False}),
            lambda: leave.write({"dupq_cover_ids": [Command.clear()]}),
        )
        since = fields.Datetime.now() - timedelta(days=1)
        for number, change in enumerate(changes):
            with self.subTest(number):
                self._age()
                change()
                self.env.flush_all()
                rule._find_changed(since, 100)
                self.env.cr.execute("SELECT id FROM dupq_rule_changed")
                found = [row[0] for row in self.env.cr.fetchall()]
                self.assertIn(leave.id, found)
                self.assertNotIn(other.id, found)

    def _age(self):
        self.env.flush_all()
        for name in ("hr.leave", "hr.employee", "hr.version", "dupq.service.member"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = '2025-01-01'",
                    SQL.identifier(self.env[name]._table),
                )
            )
        self.env.invalidate_all()

    def test_the_rule_follows_who_is_known(self):
        known, elsewhere = (
            self._get_rule(name) for name in ("time_off_known", "time_off_elsewhere")
        )
        leave = self._create_leave(self.stranger)
        member = self._create_membership(self.stranger)
        for rule in (known, elsewhere):
            self._switch_on(rule)
            self._run(rule)
        self.assertLedger({leave: (self.last, self.service)}, known)
        self.assertLedger({}, elsewhere)
        member.unlink()
        for rule in (known, elsewhere):
            self._run(rule, "changes")
        self.assertLedger({}, known)
        self.assertLedger({leave: (self.last, self.service)}, elsewhere)

    def test_who_does_not_read_all_time_off_is_told(self):
        reader = new_test_user(self.env, "onlyhr", "hr.group_hr_user")
        rule = self._get_rule("time_off_known").with_user(reader)
        self.assertRefused(rule.action_switch_on, "may not read the field")

    def test_no_name_and_no_reason_reaches_a_reader(self):
        tokens = ("Zqabsent", "Zqcover", "Zqreason", "Zqkind")
        self.kind.name = "Zqkind"
        self._create_leave(
            self._create_someone("Zqcover", self.department),
            employee_id=self._create_someone("Zqabsent", self.department).id,
            private_name="Zqreason",
        )
        rule = self._get_rule("time_off_known")
        self._switch_on(rule)
        self._run(rule)
        for user in (self.user_worker, self.user_manager, self.user_quality):
            item = self._items(rule).with_user(user)
            said = f"{item.display_name} {item.why_here} {item.read()}"
            with self.assertRaises(UserError) as caught:
                item.action_open_source()
            said += str(caught.exception)
            self.assertFalse([token for token in tokens if token in said], user.login)

    def test_a_rule_that_made_evidence_outlives_the_addon(self):
        used, other = (
            self._get_rule(name) for name in ("time_off_known", "time_off_elsewhere")
        )
        self._create_leave()
        self._switch_on(used)
        self._run(used)
        uninstall_hook(self.env)
        self.assertEqual((used.get_external_id()[used.id]), "")
        self.assertTrue(other.get_external_id()[other.id])
