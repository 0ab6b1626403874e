from odoo import api, fields, models

from .dupq_assessment_approach import KINDS
from .dupq_assessment_step import STEP_KEYS


class DupqAssessmentPrompt(models.Model):
    """What to think of at a step, when a self-assessment has a certain purpose."""

    _name = "dupq.assessment.prompt"
    _description = "Prompt"
    _order = "key_sequence, sequence, id"
    _rec_name = "text"

    text = fields.Char(string="Prompt", required=True, translate=True)
    key = fields.Selection(STEP_KEYS, string="At the step", required=True)
    key_sequence = fields.Integer(compute="_compute_key_sequence", store=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    purpose_id = fields.Many2one(
        "dupq.code.purpose",
        string="For the purpose",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty for every purpose.",
    )
    kind = fields.Selection(
        KINDS,
        string="For",
        help="Empty for every kind of self-assessment.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty for every company."
    )

    @api.depends("key")
    def _compute_key_sequence(self):
        order = [key for key, _label in STEP_KEYS]
        for prompt in self:
            prompt.key_sequence = order.index(prompt.key) if prompt.key else 0
