from odoo import fields, models


class DupqServiceTag(models.Model):
    """Whom a service is for: learning disability, autism, behaviour (C17)."""

    _name = "dupq.service.tag"
    _description = "Service Tag"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(string="Colour")

    _name_uniq = models.Constraint("UNIQUE(name)", "This tag exists already.")
