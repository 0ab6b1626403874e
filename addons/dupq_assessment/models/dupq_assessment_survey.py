from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.dupq_code.const import MANAGER
from odoo.addons.dupq_code.workflow import Transition

from .dupq_assessment_part import OPEN_STATES

# What it makes by itself: a survey, what that asks, and a rating; and who sent it.
MADE_FIELDS = ("survey_id", "line_ids", "rating_id", "taken_ids", "sender_id")


class DupqAssessmentSurvey(models.Model):
    """A survey of Odoo about one area, for one group: sent, and its answers taken in.

    The survey itself is made once, from the questions of the Code and our own, with
    a rating on the scale of the self-assessment and the question whether we may
    print what was written.
    """

    _name = "dupq.assessment.survey"
    _description = "Survey of a Self-assessment"
    _inherit = [
        "dupq.workflow",
        "dupq.assessment.part",
        "dupq.assessment.survey.progress",
        "dupq.assessment.survey.send",
        "dupq.assessment.survey.take",
        "mail.thread",
    ]
    _order = "assessment_id, id desc"

    _transitions = (
        Transition(
            "send",
            source="draft",
            target="open",
            group=MANAGER,
            guard="_why_not_send",
        ),
        Transition("close", source="open", target="closed", group=MANAGER),
        Transition("open_again", source="closed", target="open", group=MANAGER),
    )

    state = fields.Selection(
        [("draft", "Not sent"), ("open", "Open for answers"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    assessment_state = fields.Selection(string="State of the self-assessment")
    area_id = fields.Many2one("dupq.code.area", required=True, ondelete="restrict")
    group_id = fields.Many2one(
        "dupq.stakeholder.group", string="For", required=True, ondelete="restrict"
    )
    is_anonymous = fields.Boolean(
        string="Without names",
        default=True,
        help="Once somebody has answered, nothing says who it was.",
    )
    date_due = fields.Datetime(string="Answers until")

    # What was made of it in Odoo's survey
    survey_id = fields.Many2one(
        "survey.survey",
        string="Survey in Odoo",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    line_ids = fields.One2many(
        "dupq.assessment.survey.line", "survey_id", string="What it asks", readonly=True
    )
    url = fields.Char(string="Link", compute="_compute_url")

    @api.depends("area_id", "group_id")
    def _compute_display_name(self):
        for survey in self:
            parts = (survey.area_id.reference, survey.group_id.name)
            survey.display_name = ", ".join(part for part in parts if part)

    @api.depends("survey_id")
    def _compute_url(self):
        for survey in self:
            # Whoever may see this may pass on its link.
            survey_sudo = survey.sudo().survey_id
            path = survey_sudo.get_start_url() if survey_sudo else ""
            survey.url = path and survey_sudo.get_base_url() + path

    @api.constrains("area_id", "assessment_id")
    def _check_area_id(self):
        for survey in self:
            if survey.area_id.code_id != survey.assessment_id.code_id:
                raise ValidationError(
                    self.env._("Choose an area of the Code that you assess by.")
                )

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Override: nothing is born with what it makes, whatever a context says."""
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            self._refuse_made(vals)
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        """Override: one click makes the whole survey."""
        surveys = super().create(vals_list)
        for survey in surveys:
            survey._make_survey()
        surveys.filtered("partner_ids")._sync_invitees()
        return surveys

    def write(self, vals):
        self._refuse_made(vals)
        if vals.keys() & {"area_id", "group_id", "assessment_id"} and self.line_ids:
            raise ValidationError(
                self.env._("The survey is made: make another one for other people.")
            )
        if "is_anonymous" in vals:
            self._refuse_other_promise(vals["is_anonymous"])
        res = super().write(vals)
        if "partner_ids" in vals:
            self._sync_invitees()
        if "date_due" in vals:
            self._move_deadline()
        return res

    def _is_always_open(self, vals):
        """Extend: it is closed also when nothing more is taken in."""
        return vals == {"state": "closed"} or super()._is_always_open(vals)

    def _refuse_other_promise(self, is_anonymous):
        """Whoever was asked was told whether a name stays: that is kept."""
        for survey in self:
            if survey.is_anonymous != bool(is_anonymous) and survey._is_promised():
                raise ValidationError(
                    self.env._("People have been asked: what they were told stays.")
                )

    def _is_promised(self):
        """Whether anybody was asked, or has begun to answer by the link."""
        self.ensure_one()
        # Only whether there is anybody.
        inputs_sudo = self.env["survey.user_input"].sudo()
        domain = [
            ("survey_id", "=", self.sudo().survey_id.id),
            ("test_entry", "=", False),
        ]
        return self.state != "draft" or bool(inputs_sudo.search_count(domain, limit=1))

    @api.model
    def _refuse_made(self, vals):
        """What it makes by itself is its own: nobody puts another in its place."""
        if not self.env.su and any(vals.get(name) for name in MADE_FIELDS):
            raise AccessError(
                self.env._("A survey makes this by itself. Nobody writes it by hand.")
            )

    # === ACTIONS === #

    def action_send(self):
        """Begin to send it; the rest goes out by itself, and can be left alone."""
        res = self._take("send")
        # Nobody says by hand who sent it; that one is told when it is done.
        self.sudo().sender_id = self.env.user
        self._trigger_cron()
        return res

    def action_close(self):
        """No more answers; those that came are taken in, unless it is completed."""
        self.check_access("write")
        self.filtered(lambda one: one.assessment_state in OPEN_STATES)._take_answers()
        return self._take("close")

    def action_open_again(self):
        """Let people answer again."""
        return self._take("open_again")

    def action_take_answers(self):
        """Take in now what has been answered."""
        self.check_access("write")
        self._check_open()
        count = self._take_answers()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Answers taken in: %(count)s.", count=count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_preview(self):
        """Look at the survey as those who get it; nothing of it is counted."""
        self.ensure_one()
        self.check_access("read")
        # Everyone who may see this may look at the survey.
        token = self.sudo().survey_id.access_token
        return {
            "type": "ir.actions.act_url",
            "url": f"/survey/start/{token}",
            "target": "new",
        }

    def action_view_voices(self):
        """Open what people answered in their words."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "dupq.voice",
            "view_mode": "list,form",
            "domain": [
                ("assessment_id", "=", self.assessment_id.id),
                ("channel", "=", "survey"),
                ("group_id", "=", self.group_id.id),
                ("area_id", "=", self.area_id.id),
            ],
            "context": {"create": False},
        }

    def _why_not_send(self):
        """It has questions, and somebody gets it."""
        refused = {}
        for survey in self:
            if not survey.survey_id:
                refused[survey] = self.env._("The survey is no longer there.")
            elif not survey.partner_ids:
                refused[survey] = self.env._(
                    "Choose who gets it, or give people the link."
                )
            elif not survey.waiting_count:
                refused[survey] = self.env._(
                    "None of those chosen has an e-mail address that works. Put the "
                    "addresses right below, or give people the link."
                )
        return refused

    def _took(self, name):
        res = super()._took(name)
        # Surveys that we made are ours; those who run assessments need no rights in
        # Odoo's survey app for them.
        if name == "close":
            self.sudo().survey_id.action_archive()
        elif name == "open_again":
            self.sudo().survey_id.action_unarchive()
        return res

    # === MAKING IT === #

    def _make_survey(self):
        """The survey in Odoo and what each of its questions stands for."""
        self.ensure_one()
        # As above: it is ours, made for this self-assessment.
        survey_sudo = self.env["survey.survey"].sudo().create(self._prepare_survey())
        self.sudo().survey_id = survey_sudo
        questions = self._get_questions()
        *words, level, consent = survey_sudo.question_ids
        lines = [
            {"ask_id": ask.id, "kind": "words", "question_id": question.id}
            for ask, question in zip(words, questions, strict=True)
        ]
        levels = self.assessment_id.scale_id.level_ids
        lines += [
            {
                "ask_id": level.id,
                "kind": "level",
                "answer_id": answer.id,
                "level_id": one.id,
            }
            for answer, one in zip(level.suggested_answer_ids, levels, strict=True)
        ]
        lines += [
            {
                "ask_id": consent.id,
                "kind": "consent",
                "answer_id": answer.id,
                "is_yes": answer == consent.suggested_answer_ids[0],
            }
            for answer in consent.suggested_answer_ids
        ]
        # Nobody writes these by hand.
        self.sudo().line_ids = [Command.create(line) for line in lines]

    def _get_questions(self):
        """Those of the Code and our own, in their order."""
        self.ensure_one()
        return self.env["dupq.code.question"].search(
            [
                ("area_id", "=", self.area_id.id),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            order="sequence, id",
        )

    def _prepare_survey(self):
        """Extend to ask more, or otherwise."""
        self.ensure_one()
        easy = self._get_questions().with_context(dupq_wording_kind="easy_read")
        levels = self.assessment_id.scale_id.level_ids
        asks = [
            {"title": question.shown_text, "question_type": "text_box"}
            for question in easy
        ]
        asks.append(
            {
                "title": self.env._("How are we doing with all this?"),
                "question_type": "simple_choice",
                "suggested_answer_ids": [
                    Command.create({"value": level.name}) for level in levels
                ],
            }
        )
        asks.append(
            {
                "title": self.env._("May we print what you wrote, without your name?"),
                "question_type": "simple_choice",
                "suggested_answer_ids": [
                    Command.create({"value": value})
                    for value in (self.env._("Yes"), self.env._("No"))
                ],
            }
        )
        return {
            "title": self.env._(
                "%(place)s: %(area)s",
                place=self.assessment_id.name,
                area=self.area_id.shown_name,
            ),
            # Whoever makes it need not have rights in the survey app.
            "user_id": False,
            "access_mode": "public",
            "users_login_required": False,
            "users_can_go_back": True,
            "questions_layout": "one_page",
            "scoring_type": "no_scoring",
            "question_and_page_ids": [
                Command.create({**ask, "sequence": 10 * number})
                for number, ask in enumerate(asks, 1)
            ],
        }
