from odoo import fields, models


class DupqBoardSkill(models.Model):
    """Something that a board needs among its members: a skill, or lived experience."""

    _name = "dupq.board.skill"
    _description = "What a board needs"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_lived_experience = fields.Boolean(
        string="Lived experience",
        help="Of being supported, or of somebody in the family who is.",
    )
    wanted_count = fields.Integer(
        string="How many people",
        default=1,
        help="With fewer of them it is a gap.",
    )

    _name_uniq = models.UniqueIndex("(name)", "This is in the list already.")
    _wanted = models.Constraint(
        "CHECK(wanted_count > 0)", "At least one person is needed for it."
    )
