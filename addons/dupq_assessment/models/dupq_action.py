from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.dupq_code.const import MANAGER
from odoo.addons.dupq_code.workflow import Transition

OPEN_STATES = ("open", "in_progress")


class DupqAction(models.Model):
    """Something we said we would do: who does it, by when, and whether it worked."""

    _name = "dupq.action"
    _description = "Action"
    _inherit = ["dupq.workflow", "mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"
    _check_company_auto = True

    _transitions = (
        Transition("start", source="open", target="in_progress"),
        # Once its day has passed, an action for which people have said whether it
        # worked is done; of any other its owner is told what is missing.
        Transition(
            "done",
            source=OPEN_STATES,
            target="done",
            guard="_why_not_done",
            deadline="date_due",
            tell="owner_id",
            label="Mark as done",
        ),
        Transition("drop", source=OPEN_STATES, target="dropped", reason=True),
        Transition(
            "reopen",
            source=("done", "dropped"),
            target="in_progress",
            group=MANAGER,
            reason=True,
        ),
    )

    name = fields.Char(string="What we will do", required=True, tracking=True)
    finding = fields.Text(string="What we found")
    state = fields.Selection(
        [
            ("open", "To do"),
            ("in_progress", "In progress"),
            ("done", "Done"),
            ("dropped", "Dropped"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )

    # Where it belongs
    service_id = fields.Many2one(
        "dupq.service",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        help="Empty for the organisation as a whole.",
    )

    area_id = fields.Many2one(
        "dupq.code.area", index="btree_not_null", ondelete="restrict"
    )
    statement_ids = fields.Many2many(
        "dupq.code.statement", domain="[('area_id', '=?', area_id)]"
    )

    # Who, by when, with what
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="The one person who answers for it.",
    )
    date_due = fields.Date(string="Due", required=True, index=True, tracking=True)
    resources = fields.Text(string="What it needs")
    measure = fields.Text(string="How we will know")
    progress = fields.Integer(aggregator="avg")
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    date_done = fields.Date(string="Done on", readonly=True, copy=False)

    # Did it work?
    did_it_work = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        string="Did it work?",
        copy=False,
        tracking=True,
    )
    effect_group_ids = fields.Many2many(
        "dupq.stakeholder.group",
        string="Who told us",
        copy=False,
        help="The people affected, not only those who did the work.",
    )
    effect = fields.Text(string="What they told us", copy=False)

    # The self-assessment in whose plan it is
    assessment_id = fields.Many2one(
        "dupq.assessment", index="btree_not_null", check_company=True
    )

    # Those who are still without what is good, for whom it is planned
    proportion_ids = fields.One2many("dupq.assessment.proportion", "action_id")

    _progress_range = models.Constraint(
        "CHECK(progress BETWEEN 0 AND 100)", "Progress goes from 0 to 100 per cent."
    )
    _open_idx = models.Index(
        "(date_due, service_id) WHERE state IN ('open', 'in_progress')"
    )

    # === COMPUTE METHODS === #

    @api.depends("service_id.company_id")
    def _compute_company_id(self):
        for action in self:
            action.company_id = (
                action.service_id.company_id or action.company_id or self.env.company
            )

    @api.depends("state", "date_due", "company_id")
    def _compute_is_overdue(self):
        days = self.company_id._get_today_by_company()
        for action in self:
            today = days.get(action.company_id)
            is_open = action.state in OPEN_STATES
            action.is_overdue = bool(
                today and is_open and action.date_due and action.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_late = self.env["res.company"]._get_today_domain("date_due", "<")
        return Domain("state", "in", OPEN_STATES) & is_late

    # === ACTIONS === #

    def action_start(self):
        """The owner has begun."""
        return self._take("start")

    def action_done(self):
        """It is done, and the people affected have said whether it worked."""
        return self._take("done")

    def action_drop(self):
        """We will not do this, and we say why."""
        return self._take("drop")

    def action_reopen(self):
        """It has to be done again, or after all."""
        return self._take("reopen")

    # === BUSINESS METHODS === #

    def _why_not_done(self):
        """Done means that somebody affected has said whether it worked (A36)."""
        refused = {}
        for action in self:
            if not action.did_it_work:
                refused[action] = self.env._(
                    "Answer 'Did it work?' for \u201c%(name)s\u201d first.",
                    name=action.name,
                )
            elif not action.effect_group_ids:
                refused[action] = self.env._(
                    "Say who told you whether \u201c%(name)s\u201d worked.",
                    name=action.name,
                )
        return refused

    def _took(self, name):
        res = super()._took(name)
        if name == "done":
            days = self.company_id._get_today_by_company()
            for company, actions in self.grouped("company_id").items():
                actions.write({"date_done": days[company], "progress": 100})
        elif name == "reopen":
            self.write({"date_done": False, "did_it_work": False})
        return res
