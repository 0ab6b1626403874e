from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..choosing import chosen_otherwise
from .dupq_choice import ANSWERS, RECRUITER


class HrApplicant(models.Model):
    """What people supported say of an applicant, and whether it was followed."""

    _inherit = "hr.applicant"

    dupq_choice_ids = fields.One2many(
        "dupq.choice", "applicant_id", string="People's choice", groups=RECRUITER
    )
    dupq_value_ids = fields.One2many(
        "dupq.value.score",
        "applicant_id",
        string="Values and attitude",
        groups=RECRUITER,
    )
    dupq_final_answer = fields.Selection(
        ANSWERS,
        string="People's final choice",
        compute="_compute_dupq_final_answer",
        store=True,
        groups=RECRUITER,
    )
    dupq_override_reason = fields.Text(
        string="Why we go on all the same",
        copy=False,
        groups=RECRUITER,
        help="Needed to hire somebody whom the person did not choose. It is counted.",
    )
    dupq_choice_followed = fields.Selection(
        [
            ("followed", "Choice followed"),
            ("overridden", "Choice overridden"),
            ("not_asked", "Nobody asked"),
        ],
        string="People's choice was",
        compute="_compute_dupq_choice_followed",
        store=True,
        groups=RECRUITER,
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "dupq_choice_ids.state",
        "dupq_choice_ids.stage",
        "dupq_choice_ids.answer",
        "dupq_choice_ids.taken_by",
    )
    def _compute_dupq_final_answer(self):
        """One no is a no; it is yes when everybody asked says yes."""
        for applicant in self:
            answers = {
                choice.answer
                for choice in applicant.dupq_choice_ids._get_last_finals().values()
            }
            applicant.dupq_final_answer = next(
                (answer for answer in ("no", "not_sure", "yes") if answer in answers),
                False,
            )

    @api.depends("date_closed", "dupq_final_answer", "dupq_override_reason")
    def _compute_dupq_choice_followed(self):
        for applicant in self:
            if not applicant.date_closed:
                applicant.dupq_choice_followed = False
            elif applicant.dupq_override_reason:
                applicant.dupq_choice_followed = "overridden"
            elif applicant.dupq_final_answer == "yes":
                applicant.dupq_choice_followed = "followed"
            else:
                applicant.dupq_choice_followed = "not_asked"

    # === CONSTRAINT METHODS === #

    @api.constrains("stage_id", "dupq_override_reason")
    def _check_dupq_choice_followed(self):
        """Hiring somebody whom the person did not choose needs a reason (C35)."""
        hired = self.filtered(lambda applicant: applicant.stage_id.hired_stage)
        for applicant, people in hired._get_dupq_chosen_otherwise().items():
            if (applicant.sudo().dupq_override_reason or "").strip():
                continue
            raise ValidationError(
                self.env._(
                    "%(person)s chose otherwise. Choose again with them, or write "
                    "under “People's choice” why you go on all the same: it is "
                    "counted.",
                    person=", ".join(people.mapped("reference")),
                )
            )

    # === ACTIONS === #

    def action_dupq_ask_shortlist(self):
        """Ask the people of the job whom they want to meet."""
        return self._dupq_ask("shortlist")

    def action_dupq_ask_meeting(self):
        """Ask the people of the job how the meeting was."""
        return self._dupq_ask("meeting")

    def action_dupq_ask_final(self):
        """Ask the people of the job who it shall be."""
        return self._dupq_ask("final")

    # === BUSINESS METHODS === #

    def _dupq_ask(self, stage):
        """Ask each person of each job, who is not being asked this already."""
        self.check_access("write")
        choices = self.env["dupq.choice"]
        choices.check_access("create")
        asked = {
            (choice.applicant_id.id, choice.person_id.id)
            for choice in self.dupq_choice_ids
            if choice.stage == stage and choice.state == "asked"
        }
        # For whom a job is, is known to who recruits: by the reference.
        made_for_sudo = self.job_id.sudo().dupq_job_person_ids
        by_job = made_for_sudo.grouped("job_id")
        values = [
            {"applicant_id": applicant.id, "person_id": person.id, "stage": stage}
            for applicant in self
            for person in by_job.get(
                applicant.job_id.sudo(), made_for_sudo.browse()
            ).person_id
            if (applicant.id, person.id) not in asked
        ]
        if not values and not asked:
            raise UserError(
                self.env._(
                    "The job is for nobody in particular yet: see “Who it is for” in "
                    "the job."
                )
            )
        return bool(choices.create(values))

    def _get_dupq_chosen_otherwise(self):
        """Those whom somebody did not choose in the end: ``{applicant: people}``.

        Somebody said anything but yes of them, or yes of another for the same job.
        """
        # Only who chose whom is asked, in whatever way the recruiter sees it.
        finals_sudo = (
            self.env["dupq.choice"]
            .sudo()
            .search(
                [
                    ("job_id", "in", self.job_id.ids),
                    ("stage", "=", "final"),
                    ("state", "=", "answered"),
                ]
            )
        )
        people_sudo = finals_sudo.person_id
        result = {}
        by_job = finals_sudo.grouped("job_id")
        for job, applicants in self.filtered("job_id").grouped("job_id").items():
            said = by_job.get(job.sudo(), finals_sudo.browse())._get_last_finals()
            answers = {key: choice.answer for key, choice in said.items()}
            found = chosen_otherwise(answers, applicants.ids)
            for applicant in applicants:
                if people := found.get(applicant.id):
                    result[applicant] = people_sudo.browse(people)
        return result
