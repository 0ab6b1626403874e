from odoo import fields, models


class DupqCodePurpose(models.Model):
    """What an organisation may use a self-assessment for."""

    _name = "dupq.code.purpose"
    _description = "Purpose of a Self-assessment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
