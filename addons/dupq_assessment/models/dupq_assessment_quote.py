from odoo import fields, models


class DupqAssessmentQuote(models.Model):
    """What someone said, in their words, and whether we may print it."""

    _name = "dupq.assessment.quote"
    _description = "Quote"
    _inherit = ["dupq.assessment.part"]
    _order = "assessment_id, sequence, id"
    _rec_name = "words"

    words = fields.Text(string="In their words", required=True)
    sequence = fields.Integer(default=10)
    group_id = fields.Many2one(
        "dupq.stakeholder.group", string="Who said it", required=True
    )
    area_id = fields.Many2one("dupq.code.area", string="About", index="btree_not_null")
    feeling = fields.Selection(
        [("good", "Good"), ("not_yet", "Not good yet")],
        string="Says",
        required=True,
        default="good",
    )
    is_printed = fields.Boolean(string="Print it", default=True)
    consent = fields.Selection(
        [
            ("not_asked", "Not asked yet"),
            ("yes", "They agreed"),
            ("no", "They said no"),
        ],
        string="May we print it?",
        required=True,
        default="not_asked",
    )
    date_consent = fields.Date(string="Asked on")
    is_anonymised = fields.Boolean(
        string="No names in it", help="Nobody can be recognised by the words."
    )

    def _may_be_printed(self):
        """Those to print for which the person agreed and nobody is recognised."""
        return self.filtered(
            lambda quote: (
                quote.is_printed and quote.consent == "yes" and quote.is_anonymised
            )
        )
