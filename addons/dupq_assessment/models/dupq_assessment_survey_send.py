from odoo import Command, api, fields, models

from .dupq_assessment_part import OPEN_STATES

# How many invitations go out before the others have their turn.
BATCH = 50


class DupqAssessmentSurveySend(models.AbstractModel):
    """How a survey reaches up to thousands of people: in turns, by itself.

    A part of ``dupq.assessment.survey``.
    """

    _name = "dupq.assessment.survey.send"
    _description = "Sending a Survey"

    partner_ids = fields.Many2many(
        "res.partner",
        "dupq_assessment_survey_partner_rel",
        "survey_id",
        "partner_id",
        string="Who gets it",
        copy=False,
    )
    invited_ids = fields.Many2many(
        "res.partner",
        "dupq_assessment_survey_invited_rel",
        "survey_id",
        "partner_id",
        string="Got it",
        readonly=True,
        copy=False,
    )
    to_send_count = fields.Integer(string="To send", compute="_compute_sent")
    sent_count = fields.Integer(string="Sent", compute="_compute_sent")
    unreachable_count = fields.Integer(
        string="Without an e-mail address", compute="_compute_sent"
    )
    progress = fields.Float(string="Sent, in percent", compute="_compute_sent")

    @api.depends("partner_ids", "invited_ids")
    def _compute_sent(self):
        for survey in self:
            waiting = survey.partner_ids - survey.invited_ids
            reachable = waiting.filtered("email")
            survey.to_send_count = len(reachable)
            survey.unreachable_count = len(waiting - reachable)
            survey.sent_count = len(survey.invited_ids)
            whole = survey.to_send_count + survey.sent_count
            survey.progress = 100 * survey.sent_count / whole if whole else 0

    @api.model
    def _trigger_cron(self):
        # Everyone who may send a survey may begin now, and no later than by itself.
        self.env.ref("dupq_assessment.ir_cron_survey").sudo()._trigger()

    @api.model
    def _cron_survey(self, batch=BATCH):
        """Send the next invitations, then take in what has been answered."""
        surveys = self.search(
            [("state", "=", "open"), ("assessment_id.state", "in", OPEN_STATES)],
            order="id",
        )
        for survey in surveys:
            if sent := survey._send_next(batch):
                left = sum(surveys.mapped("to_send_count"))
                # One turn is over; the next one begins at once.
                self.env["ir.cron"]._commit_progress(sent, remaining=left or 1)
                return
        taken = surveys._take_answers()
        self.env["ir.cron"]._commit_progress(taken, remaining=0)

    def _send_next(self, batch=BATCH):
        """Send the next invitations by Odoo's own; how many went out."""
        self.ensure_one()
        # The survey is ours; those who run assessments need no rights in Odoo's
        # survey app. What is sent, and to whom, is what they chose here. It comes
        # from the one who leads the self-assessment.
        sudo = self.sudo()
        people = (sudo.partner_ids - sudo.invited_ids).filtered("email")[:batch]
        if not people or not sudo.survey_id:
            return 0
        lead = sudo.assessment_id.lead_id
        invite_sudo = self.env["survey.invite"].with_user(lead).sudo()
        invite_sudo.create(
            {
                "survey_id": sudo.survey_id.id,
                "template_id": self.env.ref(
                    "survey.mail_template_user_input_invite"
                ).id,
                "partner_ids": [Command.set(people.ids)],
                "deadline": self.date_due,
                "author_id": lead.partner_id.id,
            }
        ).action_invite()
        sudo.invited_ids |= people
        return len(people)
