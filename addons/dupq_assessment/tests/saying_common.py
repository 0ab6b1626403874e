from odoo.addons.dupq_code.guests import Guest

from .assessment_common import AssessmentCommon


class SayingCommon(AssessmentCommon):
    """A family line of a self-assessment with three questions, and its pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = cls.env["dupq.code.question"]
        cls.first, cls.second, cls.third = questions.create(
            [
                {"area_id": area.id, "text": text, "easy_read": easy}
                for area, text, easy in (
                    (cls.areas[0], "How do you decide?", "Do you decide?"),
                    (cls.areas[0], "How do you hear people?", False),
                    (cls.areas[1], "Who leads?", False),
                )
            ]
        )
        cls.assessment = cls._create_under_way()
        cls.line = cls.env["dupq.assessment.participant"].create(
            {
                "assessment_id": cls.assessment.id,
                "group_id": cls.families.id,
                "planned": 6,
                "partner_id": cls.user_portal.partner_id.id,
            }
        )
        cls.invitation = cls._invite()
        cls.guest = cls._prepare_guest()

    @classmethod
    def _invite(cls, line=None, email="kin@example.com", **values):
        return cls.env["dupq.invitation"]._invite(
            line or cls.line, "self_assessment", email, **values
        )

    @classmethod
    def _prepare_guest(cls, **values):
        values.setdefault("invitation_id", cls.invitation.id)
        return Guest(purpose="self_assessment", base_url="/x", **values)

    def _look(self, path, guest=None):
        return self.line.sudo()._get_invitation_page(guest or self.guest, path)

    def _send(self, path, guest=None, question=None, errors=None, **answers):
        form = {
            "question": str((question or self.first).id),
            "files": [],
            "errors": errors or {},
            **answers,
        }
        return self.line.sudo()._take_invitation_answers(
            guest or self.guest, path, form
        )

    def _get_voices(self):
        return self.env["dupq.voice"].search(
            [("assessment_id", "=", self.assessment.id)], order="id"
        )
