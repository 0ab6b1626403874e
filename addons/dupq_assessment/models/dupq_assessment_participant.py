from odoo import api, fields, models


class DupqAssessmentParticipant(models.Model):
    """A group of people, how they took part, and how many of them."""

    _name = "dupq.assessment.participant"
    _description = "Taking Part"
    _inherit = ["dupq.assessment.part", "dupq.assessment.attended"]
    _order = "assessment_id, sequence, id"

    group_id = fields.Many2one(
        "dupq.stakeholder.group", string="Who", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="group_id.sequence", store=True)
    method = fields.Selection(
        [
            ("meeting", "Meeting"),
            ("focus_group", "Discussion group"),
            ("interview", "Conversation one to one"),
            ("survey", "Survey"),
            ("creative", "Pictures, film or drama"),
            ("visit", "Visit"),
            ("other", "Another way"),
        ],
        string="How",
        required=True,
        default="meeting",
    )
    planned = fields.Integer(string="Wanted")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        help="One person or household who may follow it on the portal.",
    )
    support_given = fields.Char(
        string="What made it possible",
        help="For example papers in Easy Read a week before, or a lift home.",
    )
    what_changed = fields.Char(
        string="What changed because of it",
        copy=False,
        help="The answer to the question whether taking part made a difference.",
    )

    _counts_positive = models.Constraint(
        "CHECK(planned >= 0 AND actual >= 0)", "Nobody can take part less than never."
    )

    @api.depends("group_id", "method", "actual")
    def _compute_display_name(self):
        for participant in self:
            participant.display_name = self.env._(
                "%(group)s (%(number)s)",
                group=participant.group_id.name,
                number=participant.actual,
            )
