from odoo import fields, models


class DupqTrainingEffect(models.Model):
    """What a training was to change, and what was seen before and after it (C40)."""

    _name = "dupq.training.effect"
    _description = "What a training was to change"
    _inherit = ["dupq.training.part"]
    _order = "statement_id, id"
    _rec_name = "statement_id"

    statement_id = fields.Many2one(
        "dupq.code.statement",
        required=True,
        ondelete="restrict",
        index=True,
        help="The statement of the Code that it serves.",
    )
    before_id = fields.Many2one(
        "dupq.evidence",
        string="Seen before",
        domain="[('statement_ids', 'in', statement_id), ('state', '=', 'accepted')]",
        ondelete="set null",
        index="btree_not_null",
    )
    after_id = fields.Many2one(
        "dupq.evidence",
        string="Seen after",
        domain="[('statement_ids', 'in', statement_id), ('state', '=', 'accepted')]",
        ondelete="set null",
        index="btree_not_null",
    )
