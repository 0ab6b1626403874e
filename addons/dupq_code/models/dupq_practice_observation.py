from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("observation", "Observation"),
    ("coaching", "Coaching"),
    ("modelling", "Showing how"),
    ("team", "With the whole team"),
]


class DupqPracticeObservation(models.Model):
    """What a practice leader saw or coached, of whom, where, and what comes next (C43).

    Short enough for a phone. The words are read by the practice leader, the managers
    of the service and whom it is about; others see that it happened.
    """

    _name = "dupq.practice.observation"
    _description = "Practice observed or coached"
    _inherit = ["mail.thread", "mail.activity.mixin", "dupq.evidence.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _dupq_source_type = "hand"
    _dupq_perspective = "team_managers"

    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    service_id = fields.Many2one(
        "dupq.service",
        string="Where",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env["dupq.service"]._get_only_mine(),
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index=True
    )
    leader_id = fields.Many2one(
        "res.users",
        string="Practice leader",
        required=True,
        default=lambda self: self.env.user,
        index=True,
    )
    kind = fields.Selection(
        KINDS, string="What I did", required=True, default="observation"
    )
    # What was seen outlives an employee whom the provider deletes.
    member_ids = fields.Many2many(
        "dupq.service.member",
        string="Of whom",
        domain="[('service_id', '=', service_id)]",
        help="Empty: the team as a whole.",
    )
    seen = fields.Text(string="What I saw", required=True)
    polarity = fields.Selection(
        [("good", "Good"), ("not_yet", "Not yet good")],
        string="It was",
        required=True,
        default="good",
    )
    statement_ids = fields.Many2many(
        "dupq.code.statement",
        string="It speaks to",
        domain=[("code_id.state", "=", "active")],
    )
    follow_up = fields.Text(string="What comes next")
    follow_up_date = fields.Date(string="Look again on")
    followed_up_on = fields.Date(string="Looked again on", copy=False)
    is_follow_up_due = fields.Boolean(
        string="To look at again",
        compute="_compute_is_follow_up_due",
        search="_search_is_follow_up_due",
    )

    # === COMPUTE METHODS === #

    @api.depends("follow_up_date", "followed_up_on")
    def _compute_is_follow_up_due(self):
        today = fields.Date.context_today(self)
        for one in self:
            one.is_follow_up_due = bool(
                one.follow_up_date
                and one.follow_up_date <= today
                and not one.followed_up_on
            )

    @api.model
    def _search_is_follow_up_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = fields.Date.context_today(self)
        return [("follow_up_date", "<=", today), ("followed_up_on", "=", False)]

    @api.depends("kind", "date", "service_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            parts = (kinds.get(one.kind), one.service_id.name)
            one.display_name = ", ".join(part for part in parts if part)

    # === CONSTRAINT METHODS === #

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(one.date > today for one in self):
            raise ValidationError(self.env._("It cannot be seen on a day to come."))

    @api.constrains("service_id", "member_ids")
    def _check_members(self):
        for one in self:
            if one.member_ids.service_id - one.service_id:
                raise ValidationError(
                    self.env._(
                        "Somebody you chose does not work at %(service)s.",
                        service=one.service_id.name,
                    )
                )

    # === ACTIONS === #

    def action_followed_up(self):
        """It was looked at again, today."""
        self.check_access("write")
        self.followed_up_on = fields.Date.context_today(self)

    # === HOOKS OF THE MIXIN === #

    def _get_dupq_person_names(self):
        """Override to protect those who were observed."""
        return {
            # Only names, which a title must not give away.
            one.id: [
                member.employee_id.name or member.user_id.name or ""
                for member in one.sudo().member_ids
            ]
            for one in self
        }

    def _get_dupq_evidence_date(self):
        """Override to take the day on which it was seen."""
        return self.date

    def _get_dupq_service(self):
        """Override to take the place where it was seen."""
        return self.service_id
