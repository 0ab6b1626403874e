from odoo.tests import new_test_user, tagged

from .common_erasure import ErasureCommon


@tagged("post_install", "-at_install")
class TestErasureApplicant(ErasureCommon):
    """An applicant is forgotten by Odoo's own look-up; the figures stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_system = new_test_user(cls.env, "dpo", "base.group_system")
        cls.walker.write(
            {
                "partner_name": f"Ola {cls.token}",
                "email_from": "ola.example@example.com",
                "dupq_first_name": cls.token,
                "dupq_own_words": cls.token,
                "dupq_override_reason": cls.token,
            }
        )
        cls._create_file(
            res_model="hr.applicant", res_id=cls.walker.id, res_field="dupq_photo"
        )
        cls.by_hand = cls.env["dupq.evidence"].create(
            {
                "service_id": cls.service.id,
                "statement_ids": cls.evidence.statement_ids.ids,
                "res_model": "hr.applicant",
                "res_id": cls.walker.id,
            }
        )
        cls._plant(cls.walker)
        cls.by_hand.action_accept()
        cls._hang(cls.walker)

    def _look_up(self, name=None, email="ola.example@example.com"):
        wizard = self.env["privacy.lookup.wizard"].with_user(self.user_system)
        wizard = wizard.create(
            {"name": name or self.walker.partner_name, "email": email}
        )
        wizard.action_lookup()
        return wizard

    def _delete_all(self):
        wizard = self._look_up()
        wizard.line_ids.action_unlink_all()
        self._forget_look_up(wizard)

    def _forget_look_up(self, wizard):
        # Odoo keeps what was looked for, for a day at most.
        wizard.line_ids.sudo().unlink()
        wizard.sudo().unlink()
        self.env["privacy.log"].search([]).unlink()
        self.env.flush_all()

    def test_ours_is_offered_there(self):
        offered = {(line.res_model, line.res_id) for line in self._look_up().line_ids}
        self.assertIn(("hr.applicant", self.walker.id), offered)
        self.assertIn(("dupq.choice", self.choice.id), offered)
        self.assertIn(("dupq.value.score", self.value.id), offered)

    def test_another_applicant_is_not_offered(self):
        other = self._create_choice(self.other)
        wizard = self._look_up()
        offered = {(line.res_model, line.res_id) for line in wizard.line_ids}
        self.assertNotIn(("hr.applicant", self.other.id), offered)
        self.assertNotIn(("dupq.choice", other.id), offered)

    def test_nothing_of_the_applicant_is_left_anywhere(self):
        self.assertIn("dupq_choice", self._find_token())
        self.assertGreater(len(self._find_token_in_files()), 3)
        self._delete_all()
        self.assertFalse(self.walker.exists())
        self.assertEqual(self._find_token(), {})
        self.assertEqual(self._find_token_in_files(), [])

    def test_answers_and_figures_stay(self):
        before = self._count_all()
        self._delete_all()
        after = self._count_all()
        self.assertEqual(after["coverage"], before["coverage"])
        self.assertEqual(after["dupq.choice"], before["dupq.choice"])
        self.assertEqual(after["dupq.evidence"], before["dupq.evidence"])
        self.assertEqual(after["recount"], [])
        self.assertRecordValues(
            self.choice, [{"answer": "yes", "state": "answered", "words": False}]
        )
        self.assertEqual(self.choice.job_id, self.job)

    def test_the_applicant_alone_is_enough(self):
        wizard = self._look_up()
        line = wizard.line_ids.filtered(lambda one: one.res_model == "hr.applicant")
        line.action_unlink()
        self._forget_look_up(wizard)
        # The contact is Odoo's own, and a line of its own there.
        self.assertEqual(set(self._find_token()), {"res_partner"})

    def test_a_choice_alone_is_emptied_not_deleted(self):
        wizard = self._look_up()
        line = wizard.line_ids.filtered(lambda one: one.res_model == "dupq.choice")
        line = line.filtered(lambda one: one.res_id == self.choice.id)
        line.action_unlink()
        self.assertTrue(line.is_unlinked)
        self.assertIn("Emptied", line.execution_details)
        self.assertEqual(self.choice.answer, "yes")
        self.assertFalse(self.choice.words)
        self.assertTrue(self.walker.exists())

    def test_it_is_logged_without_content(self):
        self._delete_all()
        log = self.env["dupq.erasure"].search([("kind", "=", "applicant")])
        self.assertEqual(len(log), 1)
        self.assertEqual(log.user_id, self.user_system)

    def test_evidence_says_that_words_were_erased(self):
        self._delete_all()
        self.assertTrue(self.by_hand.erased_on)
        self.assertTrue(self.by_hand.source_gone)
        self.assertEqual(self.by_hand.state, "accepted")

    def test_family_is_forgotten_there_too(self):
        partner = self.user_sister.partner_id
        partner.email = "sister@example.com"
        wizard = self._look_up(partner.name, partner.email)
        line = wizard.line_ids.filtered(
            lambda one: one.res_model == "dupq.circle.member"
        )
        line.action_unlink()
        self.assertFalse(self.sister.partner_id)
        self.assertFalse(self.sister.wish_words)
        self.assertEqual(self.sister.state, "agreed")

    def test_reasons_elsewhere_that_name_the_applicant_are_emptied(self):
        edition = self.env.ref("dupq_code.dupq_code_duq")
        for reason in (f"{self.walker.partner_name} said so.", "Ola said so."):
            values = {"transition": "y", "state_to": "x", "reason": reason}
            self.env["dupq.workflow.log"]._append(edition, {edition.id: "x"}, values)
        self._delete_all()
        logs = self.env["dupq.workflow.log"].search([("transition", "=", "y")])
        self.assertEqual(set(logs.mapped("reason")), {False, "Ola said so."})

    def test_who_recruits_deletes_as_ever(self):
        """Deleting is not erasing: what people said stays, as history does."""
        self.walker.with_user(self.user_hr).unlink()
        self.assertEqual(self.choice.words, self.token)
