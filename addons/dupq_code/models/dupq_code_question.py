from odoo import fields, models


class DupqCodeQuestion(models.Model):
    """A question to ask yourself, from the Code or added by an organisation."""

    _name = "dupq.code.question"
    _description = "Code Question"
    _inherit = ["dupq.code.addition"]
    _order = "code_id, area_id, company_id desc, sequence, id"
    _rec_names_search = ["reference", "text"]

    area_id = fields.Many2one(
        "dupq.code.area", required=True, index=True, ondelete="cascade"
    )
    code_id = fields.Many2one(related="area_id.code_id", store=True, index=True)
    text = fields.Text(string="Question", required=True, translate=True)
    wording_ids = fields.One2many(
        "dupq.code.wording", "question_id", string="Other wordings"
    )
    erratum_ids = fields.One2many("dupq.code.erratum", "question_id")

    _reference_uniq = models.UniqueIndex(
        "(code_id, reference) WHERE company_id IS NULL AND reference IS NOT NULL",
        "Another question of this Code has this reference.",
    )
