from odoo import api, fields, models

from ..const import MANAGER, WORKER
from ..workflow import Transition
from .dupq_service_member import MANAGING_ROLES

HR_OFFICER = "hr.group_hr_user"
KINDS = [("probation", "Probation review"), ("appraisal", "Appraisal")]
GO_ON = [("yes", "Should go on"), ("not_sure", "Not sure"), ("no", "No")]


class DupqStaffFeedback(models.Model):
    """What one person supported says of one employee, for one review of theirs.

    Once it is shared, and while the person agrees, the employee and their manager
    read the words, the service and the day in `dupq.staff.feedback.shared`; who
    said so stays here (C41).
    """

    _name = "dupq.staff.feedback"
    _description = "Feedback on staff"
    _inherit = ["dupq.asked", "mail.thread", "mail.activity.mixin"]
    _order = "date_due desc, id desc"
    _subject_field = "employee_id"
    _day_fields = ("date", "date_asked")
    _circle_wish = "gives_feedback"

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
    date_invited = fields.Date(
        string="Link sent on",
        readonly=True,
        copy=False,
        help="The person, and those whom they want beside them, get it by e-mail.",
    )
    date_reminded = fields.Date(string="Reminded on", readonly=True, copy=False)

    # What they say
    works = fields.Text(string="What works", copy=False)
    works_not = fields.Text(string="What does not work", copy=False)
    go_on = fields.Selection(
        GO_ON, string="Should they go on supporting me?", copy=False
    )
    date = fields.Date(string="Said on", copy=False)

    _review_idx = models.Index("(employee_id, kind, person_id)")

    # === COMPUTE METHODS === #

    @api.depends("kind", "person_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for feedback in self:
            kind = kinds.get(feedback.kind) or ""
            feedback.display_name = f"{kind}: {feedback.person_id.display_name}"

    # === ACTIONS === #

    def action_share(self):
        """Let the employee and their manager read it, without a name."""
        return self._take("share")

    # === GUARDS === #

    def _why_not_answer(self):
        """Something is said, and the person wants who speaks for them."""
        today = fields.Date.context_today(self)
        refused = {}
        for feedback in self:
            if not feedback._has_said():
                refused[feedback] = self.env._(
                    "Write down what works, or what does not."
                )
            elif feedback.date and feedback.date > today:
                refused[feedback] = self.env._("It cannot be said on a day to come.")
            elif sentence := feedback._why_not_speaker():
                refused[feedback] = sentence
        return refused

    def _has_said(self):
        """Whether there is an answer: big, in words, or seen or heard."""
        words = (self.works, self.works_not)
        is_worded = any((text or "").strip() for text in words)
        return bool(is_worded or self.go_on or self.attachment_id)

    @api.model
    def _get_no_subject(self):
        return self.env._("Say which employee it is about.")

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
    def _get_question_fields(self):
        return super()._get_question_fields() | {"kind", "date_asked", "date_due"}

    @api.model
    def _get_answer_fields(self):
        return super()._get_answer_fields() | {"works", "works_not", "go_on"}

    def _sign(self):
        """Extend to put today where no other day was given."""
        undated = self.filtered(lambda f: f.state == "asked" and not f.date)
        undated.write({"date": fields.Date.context_today(self)})
        return super()._sign()

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
