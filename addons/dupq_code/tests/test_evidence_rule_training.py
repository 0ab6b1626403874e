from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common_rule_training import ShippedTrainingCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleTraining(ShippedTrainingCommon):
    """What the rules about training do besides: see test_evidence_rule_shipped."""

    def test_saying_for_whom_it_was_makes_evidence_that_names_nobody(self):
        rule = self._get_rule("training_for_people")
        self._switch_on(rule)
        self._run(rule)
        course = self._create_own_course()
        self._run(rule, "changes")
        self.assertFalse(self._get_item(rule, course))
        self.env["dupq.training.about"].create(
            {"resume_line_id": course.id, "person_id": self.person.id}
        )
        self._run(rule)
        item = self._get_item(rule, course)
        self.assertTrue(item)
        for secret in ("Ottoline", "Tamsin", self.person.reference):
            self.assertNotIn(secret, item.display_name)

    def test_what_ran_out_and_was_done_again_is_withdrawn(self):
        rule = self._get_rule("training_ran_out")
        self._switch_on(rule)
        old = self._create_ran_out()
        self._run(rule)
        self.assertTrue(self._get_item(rule, old))
        self._create_course(employee_id=old.employee_id.id, dupq_kind_id=self.kind.id)
        self._run(rule)
        self.assertFalse(self._get_item(rule, old))
        day = self.today - relativedelta(days=4)
        self.assertFalse(
            self._get_item(rule, old).filtered(lambda i: i.date_seen > day)
        )
