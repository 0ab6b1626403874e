from odoo import fields, models


class DupqStakeholderGroup(models.Model):
    """A group of people to involve, and the perspective they see things from."""

    _name = "dupq.stakeholder.group"
    _description = "Group to Involve"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("people", "People and families"),
            ("front", "Those who support people"),
            ("leaders", "Those who lead"),
            ("office", "Those behind the scenes"),
            ("outside", "Outside the organisation"),
        ],
        required=True,
        default="front",
    )
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
