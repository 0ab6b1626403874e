from odoo import fields, models


class DupqTrait(models.Model):
    """An interest, or a quality of character, that people share or look for.

    The words are the provider's own. What a person wants and what an applicant
    brings are matched by them (C30).
    """

    _name = "dupq.trait"
    _description = "Interest or quality"
    _order = "kind, name, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("interest", "Interest"), ("quality", "Quality")],
        required=True,
        default="interest",
    )
    skill_ids = fields.Many2many(
        "hr.skill",
        string="Same as the skills",
        help="An applicant with one of these skills brings this.",
    )
    words = fields.Char(
        string="Also said as",
        translate=True,
        help="Other words for it in an advert, with commas between: photos, camera.",
    )
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(kind, name)", "There is an interest or quality of this name already."
    )
