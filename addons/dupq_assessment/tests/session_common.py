from datetime import timedelta

from odoo import Command, fields

from .assessment_common import AssessmentCommon


class SessionCommon(AssessmentCommon):
    """A self-assessment under way, and a discussion that a support worker leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()
        cls.questions = cls.env["dupq.code.question"].create(
            [
                {
                    "area_id": area.id,
                    "text": f"How do we know, in area {number}?",
                    "company_id": cls.env.company.id,
                }
                for number, area in enumerate(cls.areas, 1)
            ]
        )
        cls.session = cls._create_session()

    @classmethod
    def _create_session(cls, user=None, **values):
        model = cls.env["dupq.assessment.session"]
        return model.with_user(user or cls.env.user).create(
            {
                "assessment_id": cls.assessment.id,
                "date": fields.Datetime.now() - timedelta(hours=1),
                "facilitator_ids": [Command.set(cls.user_worker.ids)],
                "attendance_ids": [
                    Command.create({"group_id": cls.people.id, "number": 3}),
                    Command.create({"group_id": cls.families.id, "number": 2}),
                ],
                **values,
            }
        )

    @classmethod
    def _create_note(cls, session, user=None, **values):
        model = cls.env["dupq.assessment.session.note"]
        return model.with_user(user or cls.user_worker).create(
            {"session_id": session.id, "text": "They like Fridays", **values}
        )
