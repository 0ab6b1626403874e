from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

RECRUITER = "hr_recruitment.group_hr_recruitment_user"
DAYS_TO_ANSWER = 7


class HrJob(models.Model):
    """Who recruits asks the service for the wishes that a job has none of yet (C28)."""

    _inherit = "hr.job"

    dupq_is_wish_missing = fields.Boolean(
        string="Somebody's wishes are missing",
        compute="_compute_dupq_wishes_asked",
        # Only whether: what was drawn from a profile is not the recruiter's to know.
        compute_sudo=True,
        groups=RECRUITER,
    )
    dupq_is_service_asked = fields.Boolean(
        string="The service was asked",
        compute="_compute_dupq_wishes_asked",
        compute_sudo=True,
        groups=RECRUITER,
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "dupq_job_person_ids.wish_ids.state",
        "dupq_job_person_ids.ask_activity_ids.active",
    )
    def _compute_dupq_wishes_asked(self):
        missing = self.dupq_job_person_ids._get_without_wishes()
        unasked = missing._get_unasked()
        waiting, to_ask = set(missing.job_id), set(unasked.job_id)
        for job in self:
            job.dupq_is_wish_missing = job in waiting
            job.dupq_is_service_asked = job in waiting - to_ask

    # === ACTIONS === #

    def action_dupq_ask_service(self):
        """Ask who manages the service of each person whose wishes are missing, once."""
        self.check_access("write")
        # Where the people are supported is looked at, and nothing else of them.
        missing_sudo = self.sudo().dupq_job_person_ids._get_without_wishes()
        if not missing_sudo:
            raise UserError(
                self.env._("Nobody's wishes are missing: there is nothing to ask.")
            )
        missing_sudo._get_unasked()._ask_service()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Asked: who manages the service has it among their things to do."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Override: who is asked follows neither the job nor those who apply."""
        if self.env.context.get("dupq_no_follow"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    # === BUSINESS METHODS === #

    def _prepare_dupq_ask_values(self, user):
        """A thing to do for whoever manages a service, which names nobody."""
        env = self.with_context(lang=user.lang).env
        today = fields.Date.context_today(self)
        return {
            "activity_type_id": env.ref("mail.mail_activity_data_todo").id,
            "res_model_id": env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": user.id,
            "date_deadline": today + timedelta(days=DAYS_TO_ANSWER),
            "summary": env._("Which wishes may stand in this job?"),
            "note": env._(
                "Whoever recruits is waiting for them. Open “Who it is for” in the "
                "job, look at the wishes together, and keep what may stand there. If "
                "nothing may, say so to whoever recruits."
            ),
        }
