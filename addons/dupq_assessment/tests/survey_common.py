from .session_common import SessionCommon


class SurveyCommon(SessionCommon):
    """A survey for families about the first area, made and not sent yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls._create_survey()

    @classmethod
    def _create_survey(cls, **values):
        return (
            cls.env["dupq.assessment.survey"]
            .with_user(cls.user_manager)
            .create(
                {
                    "assessment_id": cls.assessment.id,
                    "area_id": cls.areas[0].id,
                    "group_id": cls.families.id,
                    **values,
                }
            )
        )

    @classmethod
    def _create_people(cls, count):
        first = cls.env["res.partner"].search([], order="id desc", limit=1).id
        return cls.env["res.partner"].create(
            [
                {"name": f"Relative {number}", "email": f"r{number}@example.com"}
                for number in range(first, first + count)
            ]
        )

    @classmethod
    def _answer(cls, survey, words="We hear last", level=0, consent=0, **values):
        """One person answers; ``level`` and ``consent`` are places in the list."""
        host = survey.sudo().survey_id
        *asked, rating, agreed = host.question_ids
        answer = host._create_answer(**values)
        for question in asked:
            answer._save_lines(question, words)
        if level is not None:
            answer._save_lines(rating, rating.suggested_answer_ids[level].id)
        if consent is not None:
            answer._save_lines(agreed, agreed.suggested_answer_ids[consent].id)
        answer._mark_done()
        return answer

    def _get_voices(self):
        return self.assessment.voice_ids.filtered(lambda one: one.channel == "survey")

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("dupq_assessment.ir_cron_survey").method_direct_trigger()
