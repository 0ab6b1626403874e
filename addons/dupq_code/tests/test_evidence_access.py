from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceAccess(EvidenceCommon):
    def test_each_role_reaches_the_evidence_the_table_says(self):
        everybody = {"quality": "ru", "admin": "ru", "panel": "r"}
        own = self._create_evidence(self.user_worker)
        secret = self._create_evidence(self.user_quality, sensitivity="confidential")
        by_hr = self._create_evidence(self.user_hr, sensitivity="confidential")
        elsewhere = self._create_evidence(service_id=self.other_service.id)
        accepted = self._create_evidence(self.user_worker)
        accepted.sudo().action_accept()
        self.assertRecordTable(
            {
                own: everybody | {"worker": "rud", "manager": "ru", "board": "r"},
                secret: everybody | {"quality": "rud", "manager": "ru"},
                by_hr: everybody | {"hr": "rud", "manager": "ru"},
                elsewhere: everybody | {"quality": "rud", "board": "r"},
                accepted: everybody | {"worker": "r", "manager": "ru", "board": "r"},
            }
        )

    def test_authors_see_their_confidential_items(self):
        evidence = self._create_evidence(self.user_worker, sensitivity="confidential")
        evidence.invalidate_recordset()
        self.assertTrue(evidence.has_access("read"))
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        self.assertFalse(evidence.with_user(colleague).has_access("read"))

    def test_hr_no_longer_changes_what_was_accepted(self):
        evidence = self._create_evidence(self.user_hr)
        evidence.with_user(self.user_manager).action_accept()
        self.assertTrue(evidence.has_access("read"))
        self.assertFalse(evidence.has_access("write"))
        with self.assertRaises(UserError):
            evidence.with_user(self.user_hr).write({"note": "Changed afterwards"})

    def test_worker_proposes_for_own_services_only(self):
        self._create_evidence(self.user_worker)
        with self.assertRaises(AccessError):
            self._create_evidence(self.user_worker, service_id=self.other_service.id)
        mine = self._create_evidence(self.user_worker)
        with self.assertRaises(AccessError):
            mine.service_id = self.other_service

    def test_hr_proposes_for_every_service_of_the_company(self):
        self._create_evidence(self.user_hr, service_id=self.other_service.id)
        company = self.env["res.company"].create({"name": "Another provider"})
        foreign = self._create_service(name="Foreign", company_id=company.id)
        with self.assertRaises(AccessError):
            self._create_evidence(self.user_hr, service_id=foreign.id)

    def test_evidence_of_another_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        foreign = self._create_service(name="Foreign", company_id=company.id)
        evidence = self.env["dupq.evidence"].create({"service_id": foreign.id})
        self.assertEqual(evidence.company_id, company)
        for user in (self.user_quality, self.user_board, self.user_panel):
            self.assertFalse(evidence.with_user(user).has_access("read"))
            self.assertNotIn(
                evidence, self.env["dupq.evidence"].with_user(user).search([])
            )
        lead = new_test_user(
            self.env,
            "foreignlead",
            "dupq_code.dupq_code_group_quality_lead",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertTrue(evidence.with_user(lead).has_access("write"))

    def test_sight_ends_with_membership(self):
        evidence = self._create_evidence()
        self.assertTrue(evidence.with_user(self.user_worker).has_access("read"))
        member = self.env["dupq.service.member"].search(
            [("user_id", "=", self.user_worker.id)]
        )
        member.unlink()
        self.assertFalse(evidence.with_user(self.user_worker).has_access("read"))
