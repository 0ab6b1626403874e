from odoo import api, fields, models


class DupqTenderScaleLevel(models.Model):
    """What one score on the scale of a tender means, as bidders were told."""

    _name = "dupq.tender.scale.level"
    _description = "Scale Level"
    _inherit = "dupq.tender.part"
    _order = "value, id"

    value = fields.Integer(string="Score", required=True)
    name = fields.Char(required=True)
    description = fields.Text(string="What it means", required=True)

    _value_uniq = models.UniqueIndex(
        "(tender_id, value)", "Each score appears once on the scale."
    )
    _value_range = models.Constraint(
        "CHECK(value >= 0 AND value <= 100)", "Scores are between 0 and 100."
    )

    @api.depends("value", "name")
    def _compute_display_name(self):
        for level in self:
            level.display_name = f"{level.value} {level.name or ''}".strip()

    @api.model
    def _get_usual_levels(self):
        """Override to offer another scale on new tenders: (score, name, meaning)."""
        return [
            (
                0,
                self.env._("Nothing"),
                self.env._("No answer, or nothing in it that answers the question."),
            ),
            (
                1,
                self.env._("Poor"),
                self.env._(
                    "Touches the question in places only. Most of what matters is "
                    "missing, or nothing shows that it happens."
                ),
            ),
            (
                2,
                self.env._("Below what we need"),
                self.env._(
                    "Answers part of the question. What is missing would have to "
                    "change before we could rely on it."
                ),
            ),
            (
                3,
                self.env._("What we need"),
                self.env._(
                    "Answers the question: says who does what and when, with some "
                    "evidence. The gaps are small."
                ),
            ),
            (
                4,
                self.env._("Good"),
                self.env._(
                    "Answers the whole question in practical detail, with evidence "
                    "and the words of people supported. Says openly what is hard, "
                    "with a plan: this never costs marks."
                ),
            ),
            (
                5,
                self.env._("Excellent"),
                self.env._(
                    "As 4, and shows over time what changed in people's lives "
                    "because they were listened to."
                ),
            ),
        ]
