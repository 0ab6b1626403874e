from odoo.tests import tagged

from .session_common import SessionCommon


@tagged("post_install", "-at_install")
class TestSessionAccess(SessionCommon):
    def test_each_role_reaches_the_discussions_the_table_says(self):
        foreign = self._create_assessment(service_id=self.other_service.id)
        other = self._create_session(assessment_id=foreign.id)
        whole = self._create_session(
            assessment_id=self._create_assessment(
                scope="organisation", service_id=False
            ).id
        )
        by_manager = self._create_session(facilitator_ids=self.user_manager.ids)
        everywhere = {"quality": "rud", "admin": "rud", "board": "r"}
        here = {**everywhere, "manager": "rud"}
        notes = {
            self.session: self._create_note(self.session),
            other: self._create_note(other, self.user_quality),
        }
        by_somebody = self._create_note(self.session, self.user_quality)
        self.assertRecordTable(
            {
                self.session: {**here, "worker": "ru"},
                by_manager: {**here, "worker": "r"},
                other: everywhere,
                whole: everywhere,
                self.session.attendance_ids[0]: {**here, "worker": "rud"},
                by_manager.attendance_ids[0]: {**here, "worker": "r"},
                other.attendance_ids[0]: everywhere,
                notes[self.session]: {**here, "worker": "ru"},
                by_somebody: {**here, "worker": "r"},
                notes[other]: everywhere,
            }
        )

    def test_who_leads_in_their_service_sees_it_without_the_whole_assessment(self):
        whole = self._create_assessment(scope="organisation", service_id=False)
        session = self._create_session(
            assessment_id=whole.id, service_id=self.service.id
        ).with_user(self.user_worker)
        self.assertFalse(whole.with_user(self.user_worker).has_access("read"))
        fields = {"name": {}, "assessment_id": {"fields": {"display_name": {}}}}
        (values,) = session.web_read(fields)
        self.assertEqual(values["assessment_id"]["display_name"], whole.name)
        self.assertTrue(self._create_note(session))
        session.action_hold()

    def test_each_company_sees_its_own(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        service = self._create_service(company_id=company.id)
        assessment = self._create_assessment(
            service_id=service.id, company_id=company.id
        )
        session = self._create_session(assessment_id=assessment.id)
        found = self.env["dupq.assessment.session"].with_user(self.user_quality)
        self.assertNotIn(session, found.search([]))
