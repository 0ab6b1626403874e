from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DupqValueScore(models.Model):
    """How far an applicant shows one value or attitude, apart from qualifications.

    Asked of what somebody did or said, with an example; degrees, courses and years
    in the job are elsewhere (C34).
    """

    _name = "dupq.value.score"
    _description = "Value or attitude seen"
    _order = "applicant_id, trait_id, id"

    applicant_id = fields.Many2one(
        "hr.applicant", required=True, ondelete="cascade", index=True
    )
    trait_id = fields.Many2one(
        "dupq.trait",
        string="Quality",
        required=True,
        ondelete="restrict",
        domain=[("kind", "=", "quality")],
    )
    score = fields.Selection(
        [
            ("0", "Not seen"),
            ("1", "A little"),
            ("2", "Clearly"),
            ("3", "Strongly"),
        ],
        string="Seen",
        required=True,
    )
    example = fields.Text(required=True, help="What they did or said that shows it.")
    seen_by = fields.Selection(
        [
            ("person", "A person supported"),
            ("family", "Family"),
            ("staff", "Support staff"),
            ("recruiter", "Who recruits"),
        ],
        required=True,
        default="recruiter",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)

    @api.constrains("trait_id")
    def _check_quality(self):
        if any(score.trait_id.kind != "quality" for score in self):
            raise ValidationError(
                self.env._("Interests are matched; only qualities are seen here.")
            )
