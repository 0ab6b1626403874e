from odoo import fields, models


class DupqEvidenceTag(models.Model):
    """A duty that an item of evidence also speaks to, e.g. the duty of candour."""

    _name = "dupq.evidence.tag"
    _description = "Evidence Tag"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(string="Colour")

    _name_uniq = models.Constraint("UNIQUE(name)", "This tag exists already.")
