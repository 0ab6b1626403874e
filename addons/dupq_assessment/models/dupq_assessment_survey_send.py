import logging
import random

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .dupq_assessment_part import OPEN_STATES

_logger = logging.getLogger(__name__)

# How many invitations go out before what was done is kept.
BATCH = 100
TEMPLATE = "dupq_assessment.mail_template_survey_invite"
MAILER = "mail.ir_cron_mail_scheduler_action"
TO_ASK = Domain("is_asked", "=", False) & Domain("trouble", "=", False)
SHUFFLE = random.SystemRandom().shuffle


class DupqAssessmentSurveySend(models.AbstractModel):
    """How a survey reaches up to thousands of people: some at a time, by itself.

    Whom it has reached is kept with each turn. So it can be left alone, and after a
    breakdown it goes on with the next one: nobody is asked twice, and nobody forgotten.

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
    invitee_ids = fields.One2many(
        "dupq.assessment.survey.invitee",
        "survey_id",
        string="Whom it has reached",
        copy=False,
    )
    unreached_ids = fields.One2many(
        "dupq.assessment.survey.invitee",
        "survey_id",
        string="Not reached",
        domain=[("is_asked", "=", False), ("trouble", "!=", False)],
        copy=False,
    )
    sender_id = fields.Many2one(
        "res.users", string="Sent by", readonly=True, copy=False, ondelete="set null"
    )
    send_trouble = fields.Char(string="Why it stopped", readonly=True, copy=False)

    # === ACTIONS === #

    def action_send_again(self):
        """Go on where it stopped, and try again whom it has not reached."""
        self.check_access("write")
        self._check_open()
        # What they may: have the same message sent to whom it should have reached.
        sudo = self.sudo()
        unreached = sudo.unreached_ids
        unreached.filtered(lambda one: one.trouble == "returned").write(
            {"trouble": False, "detail": False}
        )
        sudo.write({"send_trouble": False})
        self._trigger_cron()
        still = len(unreached.filtered("trouble"))
        left = still and self.env._("%(count)s need another address.", count=still)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": " ".join(filter(None, (self.env._("It goes on."), left))),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === WHO GETS IT === #

    def _sync_invitees(self):
        """A line for each who was chosen; those not asked yet can be left out."""
        for survey in self:
            # Nobody writes these by hand, see there.
            lines_sudo = survey.sudo().invitee_ids
            chosen = survey.sudo().partner_ids
            lines_sudo.filtered(
                lambda line, chosen=chosen: (
                    not line.is_asked and line.partner_id not in chosen
                )
            ).unlink()
            lines_sudo.create(
                [
                    {"survey_id": survey.id, "partner_id": partner.id}
                    for partner in chosen - lines_sudo.exists().partner_id
                ]
            )
        self._trigger_cron()

    # === SENDING === #

    @api.model
    def _trigger_cron(self):
        # Everyone who may send a survey may begin now, and no later than by itself.
        self.env.ref("dupq_assessment.ir_cron_survey").sudo()._trigger()

    @api.model
    def _cron_survey(self, batch=BATCH):
        """Send the next invitations, then take in what has been answered."""
        cron = self.env["ir.cron"]
        surveys = self.search(
            [("state", "=", "open"), ("assessment_id.state", "in", OPEN_STATES)],
            order="id",
        )
        # One that has stopped waits for a person: if its people remained for the job,
        # Odoo would call again for ten seconds, and then at once anew.
        going_on = surveys.filtered(lambda one: not one.send_trouble)
        left = sum(going_on.mapped("waiting_count"))
        cron._commit_progress(remaining=left + len(surveys))
        for survey in surveys:
            while sent := survey._take_turn(batch):
                if not cron._commit_progress(sent):
                    return
        for survey in surveys:
            survey._note_returned()
            survey._tell_all_asked()
            while survey._take_next():
                if not cron._commit_progress():
                    return
            if not cron._commit_progress(1):
                return

    def _take_turn(self, batch):
        """Send the next ones; what goes wrong is kept in words and harms no other."""
        if self.send_trouble:
            return 0
        try:
            with self.env.cr.savepoint():
                return self._send_next(batch)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # Somebody is just changing it: its turn comes again.
            raise
        except Exception as error:
            _logger.exception("Survey %s broke off", self.id)
            self.send_trouble = str(error)[:200] or type(error).__name__
            self._tell(
                self.env._(
                    "The survey has stopped: %(error)s. Those who were asked stay "
                    "asked; press “Go on” when it is put right.",
                    error=self.send_trouble,
                )
            )
            return 0

    def _send_next(self, batch=BATCH):
        """Ask the next ones, all at once or none of them; how many were asked."""
        self.ensure_one()
        # The survey is ours; those who run assessments need no rights in Odoo's
        # survey app. What is sent, and to whom, is what they chose here. It comes
        # from the one who leads the self-assessment.
        sudo = self.with_user(self.sudo().assessment_id.lead_id).sudo()
        # Two never send at once; the one who comes second finds nothing to do.
        if not sudo.try_lock_for_update(allow_referencing=True):
            return 0
        sudo.invalidate_recordset()
        host = sudo.survey_id
        invitees = sudo.env["dupq.assessment.survey.invitee"].search(
            Domain("survey_id", "=", self.id) & TO_ASK, order="id", limit=batch
        )
        if sudo.state != "open" or not host.active or not invitees:
            return 0
        # What could not be delivered is not tried a second time beside this.
        invitees.mail_id.unlink()
        inputs = sudo._make_inputs(invitees)
        template = self.env.ref(TEMPLATE).with_env(sudo.env)
        template = template.with_context(dupq_without_names=self.is_anonymous)
        mails = template.send_mail_batch(
            [inputs[invitee].id for invitee in invitees],
            email_values={
                # It belongs to no record: who reads that would read the link.
                "model": False,
                "res_id": False,
                "record_name": False,
                "author_id": sudo.env.user.partner_id.id,
            },
        )
        for invitee, mail in zip(invitees, mails, strict=True):
            invitee.mail_id = mail
        invitees.write({"is_asked": True})
        sudo.date_asked = False
        # A job is for the system only; this asks no more than that it runs now.
        self.env.ref(MAILER).sudo()._trigger()
        return len(invitees)

    def _make_inputs(self, invitees):
        """An answer to be given by each: the one they have not given yet, or a new one.

        New ones are made in no order, so that their numbers lead to nobody.
        """
        self.ensure_one()
        model = self.env["survey.user_input"].with_context(tracking_disable=True)
        begun = model.search(
            [
                ("survey_id", "=", self.survey_id.id),
                ("partner_id", "in", invitees.partner_id.ids),
                ("state", "!=", "done"),
                ("test_entry", "=", False),
            ],
            order="id",
        )
        by_partner = {one.partner_id: one for one in begun}
        new = [one for one in invitees if one.partner_id not in by_partner]
        SHUFFLE(new)
        # All questions, in their order; asked here, or Odoo asks for each answer.
        questions = self.survey_id._prepare_user_input_predefined_questions()
        common = {"predefined_question_ids": [Command.set(questions.ids)]}
        made = model.create(
            [{**common, **self._prepare_input(invitee)} for invitee in new]
        )
        by_partner |= {one.partner_id: one for one in made}
        inputs = {invitee: by_partner[invitee.partner_id] for invitee in invitees}
        for invitee, one in inputs.items():
            if one.email != invitee.address:
                one.email = invitee.address
        return inputs

    def _prepare_input(self, invitee):
        """Extend to give more with an answer that is yet to be given."""
        return {
            "survey_id": self.survey_id.id,
            "partner_id": invitee.partner_id.id,
            "email": invitee.address,
            "nickname": invitee.partner_id.name,
            "deadline": self.date_due,
        }

    def _move_deadline(self):
        """Those who were asked and have not answered may answer until another day."""
        inputs_sudo = self.env["survey.user_input"].sudo()
        for survey in self:
            # What they may answer until is what stands here; no answer is read.
            waiting_sudo = inputs_sudo.search(
                [
                    ("survey_id", "=", survey.sudo().survey_id.id),
                    ("state", "!=", "done"),
                    ("test_entry", "=", False),
                ]
            )
            waiting_sudo.deadline = survey.date_due
