from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dupq_code.workflow import Transition

from ..figures import Figures

OPEN_STATES = ("open", "under_way")
STEP_KEYS = [
    ("plan", "Plan"),
    ("involve", "Involve"),
    ("discuss", "Discuss"),
    ("evidence", "Evidence"),
    ("rate", "Rate"),
    ("challenge", "Challenge each other"),
    ("act", "Plan action"),
    ("report", "Report"),
    ("publish", "Publish"),
    ("live", "Keep live"),
]


class DupqAssessmentStep(models.Model):
    """One of the ten steps of a self-assessment: who answers for it, and by when.

    Made with its self-assessment, one for each tab of the form. The steps are taken
    in any order and hold nothing up: what is missing in one is said, not enforced.
    """

    _name = "dupq.assessment.step"
    _description = "Step of a Self-assessment"
    _inherit = ["dupq.workflow", "mail.thread", "mail.activity.mixin"]
    _order = "assessment_id, sequence, id"

    _transitions = (
        Transition("begin", source="open", target="under_way"),
        Transition("finish", source=OPEN_STATES, target="done", label="Done"),
        # Once its day has passed, a step in which nothing is missing is done; of any
        # other the person who answers for it is told what is missing.
        Transition(
            "finish_by_day",
            source=OPEN_STATES,
            target="done",
            guard="_why_not_finish_by_day",
            deadline="date_planned",
            remind=(7, 1),
            tell="owner_id",
            internal=True,
            label="Done, if nothing is missing",
        ),
        Transition(
            "leave_out",
            source=OPEN_STATES,
            target="left_out",
            reason=True,
            label="Leave it out",
        ),
        Transition(
            "take_up",
            source=("done", "left_out"),
            target="under_way",
            label="Take up again",
        ),
    )

    assessment_id = fields.Many2one(
        "dupq.assessment", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    key = fields.Selection(
        STEP_KEYS,
        string="Step",
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("under_way", "Under way"),
            ("done", "Done"),
            ("left_out", "Left out"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    owner_id = fields.Many2one(
        "res.users",
        string="Who answers for it",
        index="btree_not_null",
        tracking=True,
        domain=[("share", "=", False)],
        help="The one person who sees to it that this step is taken.",
    )
    date_planned = fields.Date(
        string="Planned for",
        tracking=True,
        index="btree_not_null",
        help="Whoever answers for it is reminded a week and a day before.",
    )
    date_done = fields.Date(string="Done on", readonly=True, copy=False)
    note = fields.Text(help="What was agreed about this step, for those who take part.")
    left_out_reason = fields.Text(
        string="Left out because", compute="_compute_left_out_reason"
    )
    is_late = fields.Boolean(
        string="Late", compute="_compute_is_late", search="_search_is_late"
    )
    missing = fields.Text(string="Still missing", compute="_compute_missing")

    _key_uniq = models.Constraint(
        "UNIQUE(assessment_id, key)", "This step is there already."
    )

    # === COMPUTE METHODS === #

    @api.depends("key")
    def _compute_sequence(self):
        order = list(self._fields["key"].get_values(self.env))
        for step in self:
            step.sequence = order.index(step.key) if step.key else 0

    @api.depends("key", "assessment_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["key"]._description_selection(self.env))
        for step in self:
            # Whoever answers for a step may read what it is a step of.
            names = (labels.get(step.key), step.sudo().assessment_id.name)
            step.display_name = ", ".join(name for name in names if name)

    @api.depends("state")
    def _compute_left_out_reason(self):
        """The reason that was given last, kept by the log."""
        out = self.filtered(lambda step: step.state == "left_out")
        (self - out).left_out_reason = False
        for step in out:
            moves = step.workflow_log_ids.filtered(lambda log: log.reason)
            step.left_out_reason = moves[:1].reason

    @api.depends("state", "date_planned", "company_id")
    def _compute_is_late(self):
        days = self.company_id._get_today_by_company()
        for step in self:
            today = days.get(step.company_id)
            step.is_late = bool(
                step.state in OPEN_STATES
                and today
                and step.date_planned
                and step.date_planned < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_past = self.env["res.company"]._get_today_domain("date_planned", "<")
        return Domain("state", "in", OPEN_STATES) & is_past

    def _compute_missing(self):
        """One line for each thing, from the record itself."""
        # What is missing is no secret to whoever may read the step.
        figures = Figures(self.sudo().assessment_id)
        for assessment_sudo, steps in self.sudo().grouped("assessment_id").items():
            found = {one["key"]: one for one in assessment_sudo._get_steps(figures)}
            for step in steps.with_env(self.env):
                step.missing = "\n".join(found[step.key]["missing"])

    # === CRUD METHODS === #

    def write(self, vals):
        """Override so that a step stays the step it is."""
        if vals.keys() & {"key", "assessment_id"}:
            raise UserError(
                self.env._("A step stays in its place. Use the others as they are.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_begin(self):
        """Somebody is at work on it."""
        return self._take("begin")

    def action_finish(self):
        """It is done, as far as those who did it see it."""
        return self._take("finish")

    def action_leave_out(self):
        """This self-assessment goes without it, for a reason that is kept."""
        return self._take("leave_out")

    def action_take_up(self):
        """There is more to do."""
        return self._take("take_up")

    def action_open_tab(self):
        """Open the self-assessment at the tab of this step."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dupq.assessment",
            "res_id": self.assessment_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"dupq_tab": self.key},
        }

    # === BUSINESS METHODS === #

    def _why_not_finish_by_day(self):
        """By itself, a step is done only when nothing is missing in it."""
        return {
            step: " ".join(step.missing.splitlines()) for step in self if step.missing
        }

    def _took(self, name):
        res = super()._took(name)
        if name in ("finish", "finish_by_day"):
            days = self.company_id._get_today_by_company()
            for company, steps in self.grouped("company_id").items():
                steps.date_done = days[company]
        elif name == "take_up":
            self.date_done = False
        return res
