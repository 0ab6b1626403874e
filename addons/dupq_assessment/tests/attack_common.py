from .assessment_common import AssessmentCommon


class AttackCommon(AssessmentCommon):
    """Somebody of another service, and somebody of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._create_user("beeches", "service_manager")
        cls._create_member(cls.other_service, cls.user_other, role="manager")
        cls.company_else = cls.env["res.company"].create({"name": "Another provider"})
        cls.user_else = cls._create_user(
            "elsewhere",
            "quality_lead",
            company_id=cls.company_else.id,
            company_ids=cls.company_else.ids,
        )
