from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dupq_code.changes import is_change
from odoo.addons.dupq_code.const import MANAGER, QUALITY_LEAD
from odoo.addons.dupq_code.workflow import Transition

# So many months after a report came out, somebody asks what it has changed.
MONTHS = ("3", "6")


class DupqAssessmentImpact(models.Model):
    """What a published report has changed, for whom, as those affected tell it.

    Asked for three and six months after it came out. Once public, it stands beside
    the report, whose own words stay as they were.
    """

    _name = "dupq.assessment.impact"
    _description = "What Has Changed"
    _inherit = ["dupq.workflow", "mail.thread", "mail.activity.mixin"]
    _order = "assessment_id, date_due, id"

    _transitions = (
        Transition(
            "show",
            source="waiting",
            target="public",
            group=MANAGER,
            guard="_why_not_show",
            label="Show it to everyone",
        ),
        Transition(
            "correct",
            source="public",
            target="waiting",
            group=QUALITY_LEAD,
            reason=True,
        ),
    )
    # What the public reads, and of which report.
    _shown_fields = (
        "assessment_id",
        "months",
        "has_changed",
        "what_changed",
        "for_group_ids",
        "told_by_group_ids",
    )

    state = fields.Selection(
        [("waiting", "To be asked"), ("public", "Public")],
        required=True,
        default="waiting",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    assessment_id = fields.Many2one(
        "dupq.assessment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    lead_id = fields.Many2one(related="assessment_id.lead_id")
    months = fields.Selection(
        [
            ("3", "After 3 months"),
            ("6", "After 6 months"),
            ("other", "At another time"),
        ],
        string="Asked",
        required=True,
        default="other",
    )
    date_due = fields.Date(
        string="Ask by", required=True, default=fields.Date.context_today
    )
    date_asked = fields.Date(string="Lead was told on", readonly=True, copy=False)
    date_shown = fields.Date(string="Public since", readonly=True, copy=False)

    # What they tell
    has_changed = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        string="Has anything changed?",
    )
    what_changed = fields.Text(
        help="In plain words, without anybody's name. That nothing has changed is "
        "worth saying too."
    )
    for_group_ids = fields.Many2many(
        "dupq.stakeholder.group", "dupq_impact_for_group_rel", string="For whom"
    )
    told_by_group_ids = fields.Many2many(
        "dupq.stakeholder.group",
        "dupq_impact_told_by_group_rel",
        string="Who told us",
        help="Those for whom it should have changed, not those who wrote the plan.",
    )

    _months_uniq = models.UniqueIndex(
        "(assessment_id, months) WHERE months <> 'other'",
        "This is asked once for each self-assessment.",
    )
    _to_ask_idx = models.Index("(date_due) WHERE date_asked IS NULL")

    @api.depends("assessment_id", "months")
    def _compute_display_name(self):
        months = dict(self._fields["months"]._description_selection(self.env))
        for impact in self:
            impact.display_name = self.env._(
                "%(assessment)s: %(months)s",
                assessment=impact.assessment_id.name or "",
                months=months.get(impact.months, "").lower(),
            )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override: what the public reads is corrected by its own step."""
        for impact in self.filtered(lambda one: one.state == "public"):
            if any(
                is_change(impact, name, vals[name])
                for name in vals.keys() & set(self._shown_fields)
            ):
                raise UserError(
                    self.env._("This is public. Take it up again to correct it.")
                )
        return super().write(vals)

    # === ACTIONS === #

    def action_show(self):
        """Show it beside the report, to anyone."""
        return self._take("show")

    def action_correct(self):
        """Take it from the page and correct it."""
        return self._take("correct")

    # === BUSINESS METHODS === #

    def _why_not_show(self):
        """What changed, for whom, and told by them."""
        refused = {}
        for impact in self:
            if not impact.has_changed or not (impact.what_changed or "").strip():
                refused[impact] = self.env._(
                    "Say whether anything has changed, and what."
                )
            elif not impact.for_group_ids or not impact.told_by_group_ids:
                refused[impact] = self.env._("Say for whom, and who told you.")
            elif not impact.for_group_ids & impact.told_by_group_ids:
                refused[impact] = self.env._(
                    "Ask those for whom it has changed: %(groups)s.",
                    groups=", ".join(impact.for_group_ids.mapped("name")),
                )
            elif not impact.assessment_id.publication_ids:
                refused[impact] = self.env._("Nothing is published yet.")
        return refused

    def _took(self, name):
        res = super()._took(name)
        if name == "show":
            self.date_shown = fields.Date.context_today(self)
            self.activity_unlink(["dupq_assessment.dupq_impact_activity_ask"])
        elif name == "correct":
            self.date_shown = False
        return res

    @api.model
    def _prepare(self, assessments, date=None):
        """Plan the questions after three and six months, once for each."""
        date = fields.Date.to_date(date)
        known = {(one.assessment_id, one.months) for one in assessments.impact_ids}
        return self.create(
            [
                {
                    "assessment_id": assessment.id,
                    "months": months,
                    "date_due": (date or fields.Date.context_today(assessment))
                    + relativedelta(months=int(months)),
                }
                for assessment in assessments
                for months in MONTHS
                if (assessment, months) not in known
            ]
        )

    @api.model
    def _cron_ask(self):
        """Whoever leads a self-assessment is asked on the day: once each."""
        cron = self.env["ir.cron"]
        due = self.search(self._get_to_ask_domain(), order="id")
        cron._commit_progress(remaining=len(due))
        for impact in due:
            if impact.try_lock_for_update() and not impact.date_asked:
                impact._ask()
            if not cron._commit_progress(1):
                return

    @api.model
    def _get_to_ask_domain(self):
        is_due = self.env["res.company"]._get_today_domain("date_due", "<=")
        return (
            Domain("date_asked", "=", False)
            & Domain("state", "=", "waiting")
            & Domain("assessment_id.state", "in", ("published", "replaced"))
            & is_due
        )

    def _ask(self):
        """One activity and one mail, to the lead."""
        self.ensure_one()
        self.date_asked = fields.Date.context_today(self)
        # The activity is told by the mail below, once.
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "dupq_assessment.dupq_impact_activity_ask",
            user_id=self.lead_id.id,
            date_deadline=fields.Date.add(self.date_asked, days=14),
        )
        template = self.env.ref("dupq_assessment.dupq_impact_mail_template")
        template.send_mail(self.id, force_send=False)
