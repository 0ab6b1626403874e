from odoo import fields, models


class DupqInformationSource(models.Model):
    """A place where evidence may have been collected already."""

    _name = "dupq.information.source"
    _description = "Information Already Collected"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    is_historic = fields.Boolean(
        string="Historic", help="No longer kept up, but older reports can be used."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
