from odoo import fields, models


class DupqTenderCriterion(models.Model):
    """One question to bidders: what it weighs and how its answers are scored."""

    _name = "dupq.tender.criterion"
    _description = "Tender Criterion"
    _inherit = "dupq.tender.part"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    area_id = fields.Many2one(
        "dupq.code.area",
        string="From the Code",
        ondelete="restrict",
        help="The area of the Code that the question was taken from.",
    )
    question = fields.Text(help="What bidders are asked.")
    guide = fields.Text(
        string="Scoring guide",
        help="What evaluators look for. Owning up to a difficulty and showing a "
        "plan for it never costs marks.",
    )
    weight = fields.Float(
        string="Weight %",
        digits=(5, 2),
        help="Share of the quality part. All weights add up to exactly 100.",
    )
    has_minimum = fields.Boolean(
        string="Has a lowest score",
        help="A bid with a lower agreed score here is not ranked.",
    )
    minimum = fields.Integer(string="Lowest score")

    _weight_range = models.Constraint(
        "CHECK(weight >= 0 AND weight <= 100)", "A weight is between 0 and 100."
    )
