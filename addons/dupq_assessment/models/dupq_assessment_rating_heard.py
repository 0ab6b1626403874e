from odoo import fields, models


class DupqAssessmentRating(models.Model):
    """Tells ratings that come from what people said from those given by hand."""

    _inherit = "dupq.assessment.rating"

    is_from_voices = fields.Boolean(
        string="From what people said",
        readonly=True,
        copy=False,
        help="Taken from the answers of the people of this group.",
    )
