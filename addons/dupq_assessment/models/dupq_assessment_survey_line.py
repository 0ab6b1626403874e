from odoo import fields, models


class DupqAssessmentSurveyLine(models.Model):
    """What one question, or one answer to choose, of a survey stands for."""

    _name = "dupq.assessment.survey.line"
    _description = "What a survey asks"
    _order = "survey_id, id"
    _rec_name = "ask_id"

    survey_id = fields.Many2one(
        "dupq.assessment.survey", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="survey_id.company_id", store=True)
    ask_id = fields.Many2one(
        "survey.question",
        string="Asked as",
        required=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(
        [("words", "In their words"), ("level", "Rating"), ("consent", "Consent")],
        required=True,
    )
    question_id = fields.Many2one(
        "dupq.code.question", ondelete="restrict", index="btree_not_null"
    )
    answer_id = fields.Many2one(
        "survey.question.answer",
        string="To choose",
        ondelete="cascade",
        index="btree_not_null",
    )
    level_id = fields.Many2one(
        "dupq.rating.scale.level", ondelete="restrict", index="btree_not_null"
    )
    is_yes = fields.Boolean(string="Means yes")
