from odoo import fields
from odoo.tests import tagged

from .common_person import JobCommon


@tagged("post_install", "-at_install")
class TestEvidenceRuleChoices(JobCommon):
    """What people say of applicants reaches the ledger with no extra typing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls.env["hr.department"].create({"name": "Orchard"})
        cls.service.department_id = cls.department
        cls.job.department_id = cls.department

    def _switch_on(self, name):
        rule = self.env.ref(f"dupq_code.dupq_evidence_rule_{name}")
        rule.with_user(self.user_hr).action_switch_on()
        self.env.flush_all()
        rule._run("full")
        return rule

    def _get_item(self, rule, record):
        rule._run("changes")
        return rule.evidence_ids.filtered(
            lambda item: item.res_id == record.id and item.state == "accepted"
        )

    def test_each_answer_is_evidence_once_it_is_given(self):
        for name, stage in (
            ("shortlist_by_people", "shortlist"),
            ("met_by_people", "meeting"),
            ("chosen_by_people", "final"),
        ):
            rule = self._switch_on(name)
            choice = self._create_choice(stage=stage)
            self.assertFalse(self._get_item(rule, choice), "Only asked.")
            choice._answer({"answer": "no", "taken_by": "person", "words": "Loud."})
            item = self._get_item(rule, choice)
            self.assertEqual(
                (item.service_id, item.date_seen, item.polarity),
                (self.service, fields.Date.today(), "good"),
                name,
            )
            secrets = ("Jane", "Ola", "Loud", self.person.reference, self.job.name)
            for secret in secrets:
                self.assertNotIn(secret, item.display_name)
            other = self._choose(self.other, "yes", stage="meeting")
            self.assertEqual(bool(self._get_item(rule, other)), stage == "meeting")

    def test_family_is_a_voice_of_its_own(self):
        people = self._switch_on("chosen_by_people")
        family = self._switch_on("family_helped_choose")
        self._agree(self.sister)
        choice = self._choose(
            self.walker, "yes", taken_by="circle", circle_member_id=self.sister.id
        )
        self.assertFalse(self._get_item(people, choice))
        item = self._get_item(family, choice)
        group = self.env.ref("dupq_code.dupq_stakeholder_group_families")
        self.assertEqual(item.perspective_id, group)

    def test_what_was_asked_in_vain_is_no_evidence(self):
        rule = self._switch_on("chosen_by_people")
        choice = self._create_choice(stage="final")
        choice.action_cancel()
        self.assertFalse(self._get_item(rule, choice))

    def test_a_job_made_for_a_person_is_evidence_while_it_is(self):
        rule = self._switch_on("job_for_person")
        item = self._get_item(rule, self.made_for)
        self.assertEqual((item.service_id, item.polarity), (self.service, "good"))
        self.made_for.unlink()
        rule._run("changes")
        self.assertTrue(item.source_gone)
        self.assertEqual(item.state, "accepted")

    def test_a_generic_advert_is_evidence_against_until_it_is_mended(self):
        rule = self._switch_on("generic_advert")
        item = self._get_item(rule, self.job)
        self.assertEqual((item.service_id, item.polarity), (self.service, "not_yet"))
        self.job.description = "<p>Somebody for long walks.</p>"
        self.env.flush_all()
        self.assertFalse(self._get_item(rule, self.job))
        self.assertEqual(item.state, "withdrawn")
        self.job.description = "<p>Diplomas.</p>"
        self.env.flush_all()
        self.assertTrue(self._get_item(rule, self.job))
        self.job.active = False
        self.env.flush_all()
        self.assertFalse(self._get_item(rule, self.job))
