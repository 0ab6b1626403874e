from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import MANAGER, WORKER
from ..workflow import Transition

RECRUITER = "hr_recruitment.group_hr_recruitment_user"
ANSWERS = [("yes", "Yes"), ("not_sure", "Not sure"), ("no", "No")]


class DupqChoice(models.Model):
    """What one person supported says of one applicant, at one stage.

    Answered once, by the person, by somebody of their circle whom they want, or
    recorded with them by a supporter who says so. Somebody who changes their mind
    gives another answer: the first stays, the last counts (C31 to C35).
    """

    _name = "dupq.choice"
    _description = "Choice of staff"
    _inherit = ["dupq.asked", "dupq.workflow"]
    _order = "date desc, id desc"

    _transitions = (
        Transition(
            "answer",
            source="asked",
            target="answered",
            group=(WORKER, RECRUITER),
            guard="_why_not_answer",
        ),
        Transition(
            "cancel",
            source="asked",
            target="cancelled",
            group=(MANAGER, RECRUITER),
            label="Not needed any more",
        ),
    )

    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("answered", "Answered"),
            ("cancelled", "Not needed any more"),
        ],
        default="asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    # What people said outlives an applicant who is deleted or forgotten.
    applicant_id = fields.Many2one("hr.applicant", ondelete="set null", index=True)
    job_id = fields.Many2one(
        "hr.job", compute="_compute_job_id", store=True, index=True
    )
    candidate = fields.Char(compute="_compute_candidate", compute_sudo=True)
    person_id = fields.Many2one(
        "dupq.person", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="person_id.company_id", store=True)
    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        store=True,
        index=True,
        help="Where the person was supported on that day.",
    )
    stage = fields.Selection(
        [
            ("shortlist", "Shortlist: whom to meet"),
            ("meeting", "Meeting: what it was like"),
            ("final", "Final choice: who it shall be"),
        ],
        required=True,
        default="meeting",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    setting = fields.Char(
        string="Where", help="Where they met, e.g. at home, at the café, bowling."
    )

    # The answer
    answer = fields.Selection(ANSWERS, copy=False)
    words = fields.Text(string="Why, in their words", copy=False)
    attachment_id = fields.Many2one(
        "ir.attachment", string="Picture or recording", copy=False
    )

    _said = models.Constraint(
        "CHECK(state <> 'answered' OR answer IS NOT NULL)",
        "Choose yes, not sure or no.",
    )
    _applicant_idx = models.Index("(applicant_id, person_id, stage)")

    # === COMPUTE METHODS === #

    @api.depends("applicant_id.dupq_first_name", "applicant_id.partner_name")
    def _compute_candidate(self):
        """In sudo mode: who is asked may know the first name of an applicant."""
        for choice in self:
            applicant = choice.applicant_id
            choice.candidate = applicant._get_dupq_first_name() if applicant else False

    @api.depends("applicant_id.job_id")
    def _compute_job_id(self):
        """The job of the applicant; it stays when the applicant is gone."""
        for choice in self:
            choice.job_id = choice.applicant_id.job_id or choice.job_id

    @api.depends("person_id", "date")
    def _compute_service_id(self):
        for choice in self:
            stay = choice.person_id.stay_ids.filtered(
                lambda stay, day=choice.date: day and stay._is_on(day)
            )
            choice.service_id = stay.service_id[:1]

    @api.depends("candidate", "stage", "person_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        stages = dict(self._fields["stage"]._description_selection(self.env))
        for choice in self:
            stage = (stages.get(choice.stage) or "").split(":")[0]
            choice.display_name = f"{stage}: {choice.person_id.display_name}"

    # === CONSTRAINT METHODS === #

    @api.constrains("applicant_id", "person_id")
    def _check_company(self):
        for choice in self:
            company = choice.applicant_id.company_id
            if company and company != choice.company_id:
                raise ValidationError(
                    self.env._("The applicant and the person are of two companies.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to ask about somebody: only later the applicant may be gone."""
        choices = super().create(vals_list)
        if not all(choice.applicant_id for choice in choices):
            raise UserError(self.env._("Say which applicant it is about."))
        return choices

    def write(self, vals):
        """Override to keep an answer as it was given."""
        answered = self.filtered(lambda choice: choice.state == "answered")
        if answered and vals.keys() & (
            self._get_answer_fields() | self._get_ask_fields()
        ):
            raise UserError(
                self.env._(
                    "This was answered already. When somebody changes their mind, ask "
                    "again: the first answer stays, the last counts."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        if "answered" in self.mapped("state"):
            raise UserError(self.env._("What people answered is not deleted."))

    # === ACTIONS === #

    def action_answer(self):
        """Keep the answer as it stands."""
        return self._take("answer")

    def action_cancel(self):
        """Nobody needs to answer any more."""
        return self._take("cancel")

    def action_ask_again(self):
        """Ask anew, because somebody changed their mind."""
        self.ensure_one()
        self.check_access("write")
        return self.copy({"date": fields.Date.context_today(self)})._get_form_action()

    # === GUARDS === #

    def _why_not_answer(self):
        """An answer needs the person's consent, and their wish about who speaks."""
        # Only whether they agreed is asked.
        agreed = self.person_id.sudo()._get_agreed("choosing")
        refused = {}
        for choice in self:
            if choice.person_id not in agreed:
                refused[choice] = self.env._(
                    "%(person)s has not agreed yet that answers are kept: see “What I "
                    "agreed to” in the profile.",
                    person=choice.person_id.display_name,
                )
            elif not choice.answer:
                refused[choice] = self.env._("Choose yes, not sure or no.")
            elif sentence := choice._why_not_speaker():
                refused[choice] = sentence
        return refused

    @api.model
    def _get_circle_wish(self):
        return "helps_choose"

    @api.model
    def _get_circle_refusal(self, person):
        return self.env._(
            "%(person)s does not want them to help choose, or was not asked yet.",
            person=person,
        )

    # === BUSINESS METHODS === #

    @api.model
    def _get_ask_fields(self):
        return {"applicant_id", "person_id", "stage"}

    @api.model
    def _get_answer_fields(self):
        return {
            "date",
            "setting",
            "answer",
            "words",
            "attachment_id",
            "taken_by",
            "circle_member_id",
            "supporter_name",
        }

    def _copy_for_circle(self):
        """The same question, for somebody of the circle to answer beside the person."""
        return self.copy({"date": fields.Date.context_today(self)})

    def _get_last_finals(self):
        """The final choices that count: ``{(applicant id, person id): choice}``.

        The person decides; what the circle says stands beside it.
        """
        finals = self.filtered(
            lambda c: (
                c.stage == "final" and c.state == "answered" and c.taken_by != "circle"
            )
        )
        return {
            (choice.applicant_id.id, choice.person_id.id): choice
            for choice in finals.sorted(lambda c: (c.date, c.id))
        }

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
