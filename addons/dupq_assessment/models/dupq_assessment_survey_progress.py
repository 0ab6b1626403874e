from odoo import api, fields, models

from .tell_one import tell_one

# What each of those who get it can be.
KINDS = ("asked", "unreached", "waiting")


class DupqAssessmentSurveyProgress(models.AbstractModel):
    """How far a survey is, whom it has not reached, and that its sender is told.

    A part of ``dupq.assessment.survey``.
    """

    _name = "dupq.assessment.survey.progress"
    _description = "Progress of a Survey"

    # In number
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
    date_asked = fields.Datetime(string="All asked on", readonly=True, copy=False)

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

    # === TOLD TO THE SENDER === #

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
        tell_one(sender, self, self.display_name, words)
