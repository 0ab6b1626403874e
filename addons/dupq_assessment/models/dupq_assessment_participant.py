from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import SUPPORTED_KIND


class DupqAssessmentParticipant(models.Model):
    """A group of people, how they took part, and how many of them.

    What made it possible, and what changed because of it, stand beside the
    numbers: without them it is taking part on paper only.
    """

    _name = "dupq.assessment.participant"
    _description = "Taking Part"
    _inherit = ["dupq.assessment.part", "dupq.assessment.attended"]
    _order = "assessment_id, sequence, service_id, id"
    _check_company_auto = True

    group_id = fields.Many2one(
        "dupq.stakeholder.group", string="Who", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="group_id.sequence", store=True)
    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Where these people live, work or visit; empty for all of it.",
    )
    method = fields.Selection(
        [
            ("meeting", "Meeting"),
            ("focus_group", "Discussion group"),
            ("interview", "Conversation one to one"),
            ("survey", "Survey"),
            ("video", "Film"),
            ("drama", "Drama"),
            ("story", "Social story"),
            ("cards", "Picture cards"),
            ("creative", "Photographs or art"),
            ("visit", "Visit"),
            ("other", "Another way"),
        ],
        string="How",
        required=True,
        default="meeting",
    )
    code_id = fields.Many2one(related="assessment_id.code_id")
    area_ids = fields.Many2many(
        "dupq.code.area",
        string="About",
        help="The areas of the Code that these people talk about; empty for all.",
    )
    date = fields.Date(string="When")
    planned = fields.Integer(string="Wanted")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        domain="[('type', '=', 'contact'), ('company_id', 'in', (company_id, False))]",
        help="One person or household who may follow it in their account. Who belongs "
        "to the place comes first, then who has a login.",
    )
    has_login = fields.Boolean(
        string="Has a login",
        compute="_compute_has_login",
        help="Without one they cannot follow it in an account: send them a link.",
    )

    # What makes it more than a chair at the table
    support_given = fields.Char(
        string="What made it possible",
        help="For example papers in Easy Read a week before, or a lift home.",
    )
    date_papers = fields.Date(
        string="Papers sent on",
        copy=False,
        help="The day on which people had the papers in a form they can use.",
    )
    what_changed = fields.Char(
        string="What changed because of it",
        copy=False,
        help="The answer to the question whether taking part made a difference.",
    )
    is_token = fields.Boolean(
        string="On paper only",
        compute="_compute_is_token",
        store=True,
        help="They took part, and something of it is still empty: what changed, or, "
        "for people and families, what made it possible and the papers beforehand.",
    )
    still_empty = fields.Char(compute="_compute_still_empty")

    _counts_positive = models.Constraint(
        "CHECK(planned >= 0 AND actual >= 0)", "Nobody can take part less than never."
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id.user_ids", "partner_id.child_ids.user_ids")
    def _compute_has_login(self):
        for line in self:
            # Whether there is a login, for who plans; of a household, anybody's.
            partner_sudo = line.partner_id.sudo()
            household = partner_sudo | partner_sudo.child_ids
            line.has_login = bool(household.user_ids)

    @api.depends("assessment_id.scope", "assessment_id.service_id")
    def _compute_service_id(self):
        for line in self:
            assessment = line.assessment_id
            if assessment.scope == "service":
                line.service_id = assessment.service_id
            else:
                line.service_id = line.service_id

    @api.depends(lambda self: self._get_token_depends())
    def _compute_is_token(self):
        for line in self:
            line.is_token = bool(line.actual and line._get_empty_fields())

    @api.depends(lambda self: self._get_token_depends())
    @api.depends_context("lang")
    def _compute_still_empty(self):
        for line in self:
            names = line._get_empty_fields() if line.actual else ()
            labels = [
                line._fields[name]._description_string(self.env) for name in names
            ]
            line.still_empty = ", ".join(labels)

    @api.depends("group_id", "method", "actual")
    def _compute_display_name(self):
        for participant in self:
            participant.display_name = self.env._(
                "%(group)s (%(number)s)",
                group=participant.group_id.name,
                number=participant.actual,
            )

    # === CONSTRAINT METHODS === #

    @api.constrains("service_id", "assessment_id")
    def _check_service_id(self):
        # Whether the place is part of what is assessed, whoever may read that.
        for assessment_sudo, some in self.sudo().grouped("assessment_id").items():
            assessment_sudo._refuse_outside(some.service_id)

    @api.constrains("date", "date_papers")
    def _check_date_papers(self):
        for line in self:
            if line.date and line.date_papers and line.date_papers >= line.date:
                raise ValidationError(
                    self.env._(
                        "The papers for “%(line)s” must reach people before the day.",
                        line=line.display_name,
                    )
                )

    # === BUSINESS METHODS === #

    @api.model
    def _get_token_depends(self):
        return [
            "actual",
            "group_id.kind",
            "support_given",
            "date_papers",
            "what_changed",
        ]

    def _get_empty_fields(self):
        """What still says nothing of how real this line is: names of fields."""
        self.ensure_one()
        names = ["what_changed"]
        if self.group_id.kind == SUPPORTED_KIND:
            names = ["support_given", "date_papers", *names]
        return [name for name in names if not self[name]]
