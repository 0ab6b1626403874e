from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.dupq_code.const import MANAGER
from odoo.addons.dupq_code.dates import long_date
from odoo.addons.dupq_code.workflow import Transition

from .dupq_action_effect import OPEN_STATES


class DupqAction(models.Model):
    """Something we said we would do: who does it, by when, and whether it worked."""

    _name = "dupq.action"
    _description = "Action"
    _inherit = [
        "dupq.workflow",
        "dupq.action.finding",
        "dupq.action.effect",
        "dupq.action.asked",
        "mail.thread",
        "mail.activity.mixin",
    ]
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
            remind=(7,),
            tell="owner_id",
            # Nobody did it: those who answer for the place hear of it, once each.
            escalate=((7, "manager_ids"), (21, "sponsor_ids")),
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

    manager_ids = fields.Many2many(
        "res.users",
        string="Told after a week",
        compute="_compute_next_in_line",
        help="Who manages the service hears of an action that is a week late.",
    )
    sponsor_ids = fields.Many2many(
        "res.users",
        string="Told after three weeks",
        compute="_compute_next_in_line",
        help="The sponsor of the self-assessment hears of it after three weeks.",
    )

    # The self-assessment in whose plan it is
    assessment_id = fields.Many2one(
        "dupq.assessment", index="btree_not_null", check_company=True
    )

    # Those who are still without what is good, for whom it is planned
    proportion_ids = fields.One2many("dupq.assessment.proportion", "action_id")

    _progress_range = models.Constraint(
        "CHECK(progress BETWEEN 0 AND 100)", "Progress goes from 0 to 100 per cent."
    )
    _source_idx = models.Index("(source_model, source_id) WHERE source_id IS NOT NULL")
    _open_idx = models.Index(
        "(date_due, service_id) WHERE state IN ('open', 'in_progress')"
    )

    # === COMPUTE METHODS === #

    @api.depends("service_id", "owner_id", "assessment_id.sponsor_id")
    def _compute_next_in_line(self):
        """Who answers for the place, and above them; never the owner again."""
        # Who manages or sponsors what is known to everyone who sees the action.
        self_sudo = self.sudo()
        managers = self_sudo.service_id._get_nearest_managers()
        for action, action_sudo in zip(self, self_sudo, strict=True):
            in_line = managers.get(action_sudo.service_id, action_sudo.owner_id)
            above = action_sudo.assessment_id.sponsor_id
            action.manager_ids = in_line - action_sudo.owner_id
            action.sponsor_ids = above - action_sudo.owner_id

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

    # === CONSTRAINT METHODS === #

    @api.constrains("service_id", "assessment_id")
    def _check_service_id(self):
        """What we promise stands in no plan but that of its place."""
        # Whether it belongs there, whoever may read the self-assessment.
        planned_sudo = self.sudo().filtered("assessment_id")
        for assessment_sudo, some in planned_sudo.grouped("assessment_id").items():
            assessment_sudo._refuse_outside(some.service_id)

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

    def _take_by_date(self, transition):
        """Override: by itself it is done only where all who answered say it worked.

        Otherwise a single "no" would close it on its day; its owner is told instead.
        """
        if transition.name != "done":
            return super()._take_by_date(transition)
        doubted = self.filtered(lambda one: one.did_it_work in ("partly", "no"))
        refused = super(DupqAction, self - doubted)._take_by_date(transition)
        said = dict(self._fields["did_it_work"]._description_selection(self.env))
        return {
            **refused,
            **{
                action: self.env._(
                    "Asked whether “%(name)s” worked, people said: %(answer)s. Read "
                    "why, and decide what is next.",
                    name=action.name,
                    answer=said[action.did_it_work],
                )
                for action in doubted
            },
        }

    def _get_deadline_words(self, transition, date, why, late):
        """Name what was promised: the step alone says little in a list."""
        if transition.name == "done" and not why:
            values = {"name": self.name, "date": long_date(self.env, date)}
            if late:
                return self.env._(
                    "“%(name)s” was due on %(date)s and is not done. Ask why.",
                    **values,
                )
            return self.env._(
                "“%(name)s” is due on %(date)s. Ask those whom it is for whether it "
                "works.",
                **values,
            )
        return super()._get_deadline_words(transition, date, why, late)

    def _took(self, name):
        res = super()._took(name)
        if name == "done":
            days = self.company_id._get_today_by_company()
            for company, actions in self.grouped("company_id").items():
                actions.write({"date_done": days[company], "progress": 100})
        elif name == "reopen":
            self.write({"date_done": False, "date_asked": False})
            self._ask_anew()
        return res
