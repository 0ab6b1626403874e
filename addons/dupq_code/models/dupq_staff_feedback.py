from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import MANAGER, WORKER
from ..workflow import Transition
from .dupq_service_member import MANAGING_ROLES

HR_OFFICER = "hr.group_hr_user"
KINDS = [("probation", "Probation review"), ("appraisal", "Appraisal")]
GO_ON = [("yes", "Should go on"), ("not_sure", "Not sure"), ("no", "No")]


class DupqStaffFeedback(models.Model):
    """What one person supported says of one employee, for one review of theirs.

    Said by the person, by somebody of their circle whom they want, or recorded
    with them. Once it is shared, and while the person agrees, the employee and
    their manager read the words, the service and the day in
    `dupq.staff.feedback.shared`; who said so stays here (C41).
    """

    _name = "dupq.staff.feedback"
    _description = "Feedback on staff"
    _inherit = ["dupq.asked", "dupq.workflow", "mail.thread", "mail.activity.mixin"]
    _order = "date_due desc, id desc"
    _check_company_auto = True

    _transitions = (
        Transition(
            "answer",
            source="asked",
            target="answered",
            group=(WORKER, HR_OFFICER),
            guard="_why_not_answer",
        ),
        Transition(
            "share",
            source="answered",
            target="shared",
            group=(MANAGER, HR_OFFICER),
            guard="_why_not_share",
            label="Share with the employee",
        ),
        Transition(
            "cancel",
            source="asked",
            target="cancelled",
            group=(MANAGER, HR_OFFICER),
            label="Not needed any more",
        ),
    )

    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("answered", "Answered"),
            ("shared", "Shared"),
            ("cancelled", "Not needed any more"),
        ],
        default="asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    # What people said outlives an employee whom the provider deletes.
    employee_id = fields.Many2one(
        "hr.employee", ondelete="set null", index=True, check_company=True
    )
    person_id = fields.Many2one(
        "dupq.person",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="person_id.company_id", store=True)
    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        store=True,
        index=True,
        help="Where the person was supported on that day.",
    )
    kind = fields.Selection(KINDS, string="For the", required=True, default="appraisal")
    date_asked = fields.Date(
        string="Asked on", required=True, default=fields.Date.context_today, copy=False
    )
    date_due = fields.Date(string="Needed by", required=True)
    asked_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        default=lambda self: not self.env.su and self.env.uid,
        help="Empty when it was asked for by itself, because a review was near.",
    )
    date_reminded = fields.Date(string="Managers reminded on", copy=False)

    # What they say
    works = fields.Text(string="What works", copy=False)
    works_not = fields.Text(string="What does not work", copy=False)
    go_on = fields.Selection(
        GO_ON, string="Should they go on supporting me?", copy=False
    )
    date = fields.Date(string="Said on", copy=False)
    recorded_by_id = fields.Many2one(
        "res.users", string="Written down by", readonly=True, copy=False
    )

    _review_idx = models.Index("(employee_id, kind, person_id)")

    # === COMPUTE METHODS === #

    @api.depends("person_id", "date", "date_asked")
    def _compute_service_id(self):
        for feedback in self:
            day = feedback.date or feedback.date_asked
            stay = feedback.person_id.stay_ids.filtered(
                lambda stay, day=day: day and stay._is_on(day)
            )
            feedback.service_id = stay.service_id[:1]

    @api.depends("kind", "person_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for feedback in self:
            kind = kinds.get(feedback.kind) or ""
            feedback.display_name = f"{kind}: {feedback.person_id.display_name}"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to ask about somebody: only later the employee may be gone."""
        records = super().create(vals_list)
        if not all(feedback.employee_id for feedback in records):
            raise UserError(self.env._("Say which employee it is about."))
        return records

    def write(self, vals):
        """Override to keep what was said as it was given."""
        said = self.filtered(lambda f: f.state in ("answered", "shared"))
        if said and vals.keys() & (self._get_answer_fields() | self._get_ask_fields()):
            raise UserError(
                self.env._(
                    "This was answered already, and stays as it was said. Ask again if "
                    "there is more to say."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_said(self):
        if {"answered", "shared"} & set(self.mapped("state")):
            raise UserError(self.env._("What people answered is not deleted."))

    # === ACTIONS === #

    def action_answer(self):
        """Keep the answer as it stands."""
        self._sign()
        return self._take("answer")

    def action_share(self):
        """Let the employee and their manager read it, without a name."""
        return self._take("share")

    def action_cancel(self):
        """Nobody needs to answer any more."""
        return self._take("cancel")

    # === GUARDS === #

    def _why_not_answer(self):
        """Something is said, and the person wants who speaks for them."""
        today = fields.Date.context_today(self)
        refused = {}
        for feedback in self:
            words = [feedback.works, feedback.works_not]
            if not any((text or "").strip() for text in words):
                refused[feedback] = self.env._(
                    "Write down what works, or what does not."
                )
            elif feedback.date and feedback.date > today:
                refused[feedback] = self.env._("It cannot be said on a day to come.")
            elif sentence := feedback._why_not_speaker():
                refused[feedback] = sentence
        return refused

    @api.model
    def _get_circle_wish(self):
        return "gives_feedback"

    @api.model
    def _get_circle_refusal(self, person):
        return self.env._(
            "%(person)s does not want them to say how staff are doing, or was not "
            "asked yet.",
            person=person,
        )

    def _why_not_share(self):
        """It is shown to the employee only when the person agreed to that."""
        # Only whether they agreed is asked.
        agreed = self.person_id.sudo()._get_agreed("feedback")
        return {
            feedback: self.env._(
                "%(person)s has not agreed yet that staff are shown what they say: see "
                "“What I agreed to” in the profile.",
                person=feedback.person_id.display_name,
            )
            for feedback in self
            if feedback.person_id not in agreed
        }

    # === BUSINESS METHODS === #

    @api.model
    def _get_ask_fields(self):
        return {"employee_id", "person_id", "kind", "date_asked", "date_due"}

    @api.model
    def _get_answer_fields(self):
        return {
            "works",
            "works_not",
            "go_on",
            "date",
            "taken_by",
            "circle_member_id",
            "supporter_name",
        }

    def _sign(self):
        """Note who writes it down, and today unless another day was given."""
        asked = self.filtered(lambda feedback: feedback.state == "asked")
        asked.write({"recorded_by_id": self.env.uid})
        undated = asked.filtered(lambda feedback: not feedback.date)
        undated.write({"date": fields.Date.context_today(self)})

    def _took(self, name):
        """Extend to call off the reminders, whoever got them."""
        result = super()._took(name)
        if name in ("answer", "cancel"):
            # Reminders belong to the managers; they are about this alone.
            self.sudo().activity_ids.unlink()
        return result

    def _get_managers(self):
        """Who manages the service today, nearest first: ``{feedback: users}``.

        Never the employee whom it is about.
        """
        today = fields.Date.context_today(self)
        members = self.env["dupq.service.member"].search(
            [
                ("service_id", "parent_of", self.service_id.ids),
                ("role", "in", MANAGING_ROLES),
                ("user_id", "!=", False),
                ("user_id.active", "=", True),
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )
        result = {}
        for feedback in self:
            subject = feedback.employee_id.user_id
            path = feedback.service_id.parent_path or ""
            above = members.filtered(
                lambda m, path=path, subject=subject: (
                    path.startswith(m.service_id.parent_path) and m.user_id != subject
                )
            )
            depths = above.mapped(lambda m: len(m.service_id.parent_path))
            nearest = max(depths, default=0)
            result[feedback] = above.filtered(
                lambda m, nearest=nearest: len(m.service_id.parent_path) == nearest
            ).user_id or (feedback.asked_by_id - subject)
        return result
