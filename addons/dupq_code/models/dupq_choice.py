from odoo import api, fields, models

from ..const import MANAGER, WORKER
from ..workflow import Transition

RECRUITER = "hr_recruitment.group_hr_recruitment_user"
ANSWERS = [("yes", "Yes"), ("not_sure", "Not sure"), ("no", "No")]


class DupqChoice(models.Model):
    """What one person supported says of one applicant, at one stage.

    Answered once; somebody who changes their mind gives another answer: the first
    stays, the last counts (C31 to C35).
    """

    _name = "dupq.choice"
    _description = "Choice of staff"
    _inherit = ["dupq.asked"]
    _order = "date desc, id desc"
    _subject_field = "applicant_id"
    _circle_wish = "helps_choose"

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
    applicant_id = fields.Many2one(
        "hr.applicant", ondelete="set null", index=True, check_company=True
    )
    job_id = fields.Many2one(
        "hr.job", compute="_compute_job_id", store=True, index=True
    )
    candidate = fields.Char(compute="_compute_candidate", compute_sudo=True)
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

    @api.depends("candidate", "stage", "person_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        stages = dict(self._fields["stage"]._description_selection(self.env))
        for choice in self:
            stage = (stages.get(choice.stage) or "").split(":")[0]
            choice.display_name = f"{stage}: {choice.person_id.display_name}"

    # === ACTIONS === #

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
    def _get_no_subject(self):
        return self.env._("Say which applicant it is about.")

    @api.model
    def _get_circle_refusal(self, person):
        return self.env._(
            "%(person)s does not want them to help choose, or was not asked yet.",
            person=person,
        )

    # === BUSINESS METHODS === #

    @api.model
    def _get_question_fields(self):
        return super()._get_question_fields() | {"stage"}

    @api.model
    def _get_following_fields(self):
        return super()._get_following_fields() | {"job_id"}

    @api.model
    def _get_answer_fields(self):
        return super()._get_answer_fields() | {"setting", "answer", "words"}

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
