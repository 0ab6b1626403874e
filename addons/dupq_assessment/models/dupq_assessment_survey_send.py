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
KINDS = ("asked", "unreached", "waiting")
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
    date_asked = fields.Datetime(string="All asked on", readonly=True, copy=False)
    send_trouble = fields.Char(string="Why it stopped", readonly=True, copy=False)

    # How far it is
    whole_count = fields.Integer(
        string="Who gets it, in number", compute="_compute_sent"
    )
    waiting_count = fields.Integer(string="To be asked", compute="_compute_sent")
    asked_count = fields.Integer(string="Asked", compute="_compute_sent")
    unreached_count = fields.Integer(
        string="Not reached, in number", compute="_compute_sent"
    )
    progress = fields.Float(string="Asked, in percent", compute="_compute_sent")
    is_sending = fields.Boolean(string="Goes out", compute="_compute_progress_said")
    progress_said = fields.Char(
        string="How far it is", compute="_compute_progress_said"
    )

    # === COMPUTE METHODS === #

    @api.depends("invitee_ids.is_asked", "invitee_ids.trouble")
    def _compute_sent(self):
        # Only how many; who they are is for those who send it.
        groups = (
            self.env["dupq.assessment.survey.invitee"]
            .sudo()
            ._read_group(
                [("survey_id", "in", self.ids)],
                ["survey_id", "is_asked", "trouble"],
                ["__count"],
            )
        )
        counts = {}
        for survey, is_asked, trouble, count in groups:
            kind = "asked" if is_asked else "unreached" if trouble else "waiting"
            of_survey = counts.setdefault(survey.id, dict.fromkeys(KINDS, 0))
            of_survey[kind] += count
        for survey in self:
            of_survey = counts.get(survey._origin.id, dict.fromkeys(KINDS, 0))
            survey.asked_count = of_survey["asked"]
            survey.waiting_count = of_survey["waiting"]
            survey.unreached_count = of_survey["unreached"]
            survey.whole_count = sum(of_survey.values())
            reachable = survey.asked_count + survey.waiting_count
            survey.progress = 100 * survey.asked_count / reachable if reachable else 0

    @api.depends("state", "send_trouble", "waiting_count", "answer_count")
    def _compute_progress_said(self):
        for survey in self:
            survey.is_sending = bool(
                survey.state == "open"
                and survey.waiting_count
                and not survey.send_trouble
            )
            if survey.state == "draft":
                survey.progress_said = self.env._("Not sent yet.")
                continue
            survey.progress_said = self.env._(
                "Asked: %(asked)s of %(whole)s. Answered: %(answered)s.",
                asked=survey.asked_count,
                whole=survey.whole_count,
                answered=survey.answer_count,
            )

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

    def action_view_invitees(self):
        """Open the list of those who get it: who was asked, and who was not reached."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "dupq.assessment.survey.invitee",
            "view_mode": "list,form",
            "domain": [("survey_id", "=", self.id)],
            "context": {"create": False},
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
        left = sum(surveys.mapped("waiting_count"))
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

    # === WHAT CAME OF IT === #

    def _note_returned(self):
        """Note whose message the mail server did not take, and tell the sender."""
        self.ensure_one()
        # The messages are nobody's to read; here it is asked only whether they left.
        returned = self.sudo().invitee_ids.search(
            [
                ("survey_id", "=", self.id),
                ("is_asked", "=", True),
                ("mail_id.state", "=", "exception"),
            ]
        )
        reasons = dict(
            self.env["mail.mail"]
            ._fields["failure_type"]
            ._description_selection(self.env)
        )
        for kind, some in returned.grouped(
            lambda one: one.mail_id.failure_type
        ).items():
            some.write(
                {
                    "is_asked": False,
                    "trouble": "returned",
                    "detail": reasons.get(kind, ""),
                }
            )
        if returned:
            self._tell(
                self.env._(
                    "%(count)s messages could not be delivered. Look at “Not reached”: "
                    "put the addresses right, and press “Send again”.",
                    count=len(returned),
                )
            )

    def _tell_all_asked(self):
        """Tell the sender once that everybody was asked, and who was not reached."""
        self.ensure_one()
        if self.date_asked or self.waiting_count or not self.asked_count:
            return
        self.date_asked = fields.Datetime.now()
        words = [
            self.env._(
                "The survey has gone out. Asked: %(asked)s of %(whole)s.",
                asked=self.asked_count,
                whole=self.whole_count,
            )
        ]
        if self.unreached_count:
            words.append(
                self.env._(
                    "Not reached: %(count)s. Put their addresses right, and they are "
                    "asked by themselves.",
                    count=self.unreached_count,
                )
            )
        self._tell(" ".join(words))

    def _tell(self, words):
        """A note on the survey, for the one who sent it; now, if they are here."""
        sender = self.sender_id or self.assessment_id.lead_id
        self.message_post(
            body=words,
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=sender.partner_id.ids,
        )
        sender._bus_send(
            "simple_notification",
            {"title": self.display_name, "message": words, "type": "info"},
        )
