from odoo import fields, models


class DupqCodeFocus(models.Model):
    """A part of the organisation that a self-assessment may look at."""

    _name = "dupq.code.focus"
    _description = "Organisational Focus"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
