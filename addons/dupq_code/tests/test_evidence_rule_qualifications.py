from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common_rule_shipped import ShippedCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleQualifications(ShippedCommon):
    """Qualifications are gained on one day, and run out on another."""

    def test_a_renewed_qualification_is_no_gap(self):
        rule = self._get_rule("qualification_ran_out")
        self._switch_on(rule)
        expired = self._create_expired()
        self._run(rule)
        self.assertTrue(self._get_item(rule, expired))
        renewed = self._create_certificate(
            valid_to=self.today + timedelta(days=300),
            employee_id=expired.employee_id.id,
        )
        self.assertTrue(expired.dupq_is_renewed)
        self.assertFalse(renewed.dupq_is_renewed)
        self._run(rule, "changes")
        self.assertFalse(self._get_item(rule, expired))
        renewed.unlink()
        self.env.invalidate_all()
        self._run(rule, "changes")
        self.assertTrue(self._get_item(rule, expired))

    def test_a_qualification_runs_out_with_the_days(self):
        """What was gained stays gained: last year's figures do not move."""
        good = self._get_rule("qualification_gained")
        gap = self._get_rule("qualification_ran_out")
        record = self._create_certificate(valid_to=self.today + timedelta(days=10))
        for rule in (good, gap):
            self._switch_on(rule)
            self._run(rule)
        gained = self._get_item(good, record)
        self.assertEqual(gained.date_seen, record.valid_from)
        self.assertFalse(self._get_item(gap, record))
        with freeze_time(self.today + timedelta(days=11)):
            for rule in (good, gap):
                self._run(rule, "changes")
                self._run(rule)
            self.assertEqual(self._get_item(good, record), gained)
            lost = self._get_item(gap, record)
            self.assertEqual(
                (lost.date_seen, lost.polarity), (record.valid_to, "not_yet")
            )
