from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.dupq_code.const import MANAGER, WORKER
from odoo.addons.dupq_code.workflow import Transition


class DupqAssessmentSession(models.Model):
    """One discussion of a self-assessment: with whom, where, and about what.

    Several people may write at the same time: each note and each voice is a row of
    its own.
    """

    _name = "dupq.assessment.session"
    _description = "Discussion"
    _inherit = [
        "dupq.assessment.session.event",
        "dupq.workflow",
        "dupq.assessment.part",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "place"]
    _check_company_auto = True

    _transitions = (
        Transition(
            "hold",
            source="planned",
            target="held",
            group=WORKER,
            guard="_why_not_hold",
            label="It took place",
        ),
        Transition(
            "cancel", source="planned", target="cancelled", group=WORKER, reason=True
        ),
        Transition(
            "plan_again",
            source=("cancelled", "held"),
            target="planned",
            group=MANAGER,
            reason=True,
        ),
    )

    state = fields.Selection(
        [("planned", "Planned"), ("held", "Took place"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )

    assessment_state = fields.Selection(string="State of the self-assessment")

    # When, where, how and by whom
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    assessment_id = fields.Many2one(
        tracking=True, check_company=True, string="Self-assessment"
    )
    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    date = fields.Datetime(
        string="When",
        required=True,
        tracking=True,
        default=lambda self: self._default_date(),
    )
    duration = fields.Float(string="Hours", default=1.5)
    method = fields.Selection(
        selection=lambda self: self._selection_method(),
        string="How",
        required=True,
        default="meeting",
    )
    place = fields.Char(tracking=True)
    facilitator_ids = fields.Many2many(
        "res.users",
        string="Led by",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )

    # What to talk about
    area_ids = fields.Many2many("dupq.code.area", string="Areas to talk about")
    question_ids = fields.Many2many(
        "dupq.code.question",
        string="Questions to talk about",
        help="Without any, all questions of the areas; without these, all of the Code.",
    )

    # Who was there, and what came of it
    attendance_ids = fields.One2many(
        "dupq.assessment.session.attendance", "session_id", string="Who was there"
    )
    attendance_count = fields.Integer(
        string="People there", compute="_compute_attendance_count"
    )
    voice_ids = fields.One2many("dupq.voice", "session_id", string="What people said")
    voice_count = fields.Integer(string="Voices", compute="_compute_voice_count")
    note_ids = fields.One2many("dupq.assessment.session.note", "session_id")
    note_count = fields.Integer(string="Notes", compute="_compute_note_count")

    # Not for show: what made it possible, and what came of it
    papers_given = fields.Text(
        string="Papers beforehand",
        help="What people got before, how long before, and whether they could read it.",
    )
    support_given = fields.Text(
        help="What made it possible to take part: a lift, cover for the shift, a "
        "supporter, pictures, more time."
    )
    what_changed = fields.Text(
        string="What changed because of it",
        copy=False,
        help="The answer to the question whether coming made a difference.",
    )

    _duration_positive = models.Constraint(
        "CHECK(duration >= 0 AND duration <= 24)", "It takes between 0 and 24 hours."
    )

    # === DEFAULTS === #

    def _default_date(self):
        """The next full hour."""
        now = fields.Datetime.now()
        return now.replace(minute=0, second=0) + timedelta(hours=1)

    @api.model
    def _selection_method(self):
        """The ways of taking part, in the words of the plan."""
        field = self.env["dupq.assessment.participant"]._fields["method"]
        return field._description_selection(self.env)

    # === COMPUTE METHODS === #

    @api.depends("assessment_id", "service_id", "method")
    def _compute_name(self):
        """Suggest a name; one that somebody typed stays."""
        labels = dict(self._selection_method())
        names = set(labels.values())
        for session in self:
            # The place is named to those who lead it, also where they may not read
            # the self-assessment of the whole organisation.
            sudo = session.sudo()
            place = sudo.service_id.name or sudo.assessment_id.name
            if not session.name or session.name.partition(": ")[0] in names:
                label = labels.get(session.method, "")
                session.name = f"{label}: {place}" if place else label

    @api.depends("assessment_id")
    def _compute_service_id(self):
        for session in self:
            # Only which service it is about: shown to members of that service alone.
            service = session.sudo().assessment_id.service_id
            session.service_id = service.id or session.service_id

    @api.depends("attendance_ids.number")
    def _compute_attendance_count(self):
        for session in self:
            session.attendance_count = sum(session.attendance_ids.mapped("number"))

    @api.depends("note_ids")
    def _compute_note_count(self):
        counts = self._count_of("dupq.assessment.session.note")
        for session in self:
            session.note_count = counts.get(session._origin, 0)

    @api.depends("voice_ids")
    def _compute_voice_count(self):
        counts = self._count_of("dupq.voice")
        for session in self:
            session.voice_count = counts.get(session._origin, 0)

    def _count_of(self, model):
        """How many of its parts the reader may see: {discussion: number}."""
        groups = self.env[model]._read_group(
            [("session_id", "in", self._origin.ids)], ["session_id"], ["__count"]
        )
        return dict(groups)

    # === CONSTRAINT METHODS === #

    @api.constrains("service_id", "assessment_id")
    def _check_service_id(self):
        # Whether the place is part of what is assessed, whoever may read that.
        for assessment_sudo, some in self.sudo().grouped("assessment_id").items():
            assessment_sudo._refuse_outside(some.service_id)

    @api.constrains("area_ids", "question_ids", "assessment_id")
    def _check_questions(self):
        for session in self:
            code = session.sudo().assessment_id.code_id
            if (session.area_ids.code_id | session.question_ids.code_id) - code:
                raise ValidationError(
                    self.env._("Choose questions of the Code that you assess by.")
                )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override: what is corrected afterwards is corrected in the plan, too."""
        res = super().write(vals)
        if "method" in vals:
            self.filtered(lambda one: one.state == "held")._count_participants()
        return res

    def _is_always_open(self, vals):
        """Override: what came of it may be said later, too."""
        return super()._is_always_open(vals) or vals.keys() <= {"what_changed"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if held := self.filtered(lambda one: one.state == "held"):
            raise UserError(
                self.env._(
                    "“%(session)s” took place and is kept.", session=held[0].name
                )
            )

    # === ACTIONS === #

    def action_hold(self):
        """Say that it took place, and who was there."""
        return self._take("hold")

    def action_cancel(self):
        """Say that it will not take place, and why."""
        return self._take("cancel")

    def action_plan_again(self):
        """Back to planned: it takes place after all, or something was wrong."""
        return self._take("plan_again")

    def action_discuss(self):
        """Open the discussion in the room: one question at a time."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "dupq_assessment.discussion",
            "name": self.env._("In the room"),
            "params": {"session_id": self.id},
            "path": "dupq-discussion",
        }

    def action_view_voices(self):
        """Open what people said in this discussion."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What people said"),
            "res_model": "dupq.voice",
            "view_mode": "list,form",
            "domain": [("session_id", "=", self.id)],
            "context": {
                "default_session_id": self.id,
                "default_assessment_id": self.assessment_id.id,
                "default_service_id": self.service_id.id,
                "default_channel": "session",
            },
        }

    def action_view_notes(self):
        """Open the notes of this discussion as a list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_assessment_session_note_action"
        )
        return action | {
            "domain": [("session_id", "=", self.id)],
            "context": {"default_session_id": self.id},
        }

    # === GUARDS === #

    def _why_not_hold(self):
        """It has begun, and somebody was there."""
        refused = {}
        now = fields.Datetime.now()
        for session in self:
            # What was said in it says that it has begun, whatever was planned.
            has_begun = session.voice_count or session.note_count
            if session.date > now and not has_begun:
                refused[session] = self.env._(
                    "It has not begun yet: correct the time, or wait until then."
                )
            elif not session.attendance_count:
                refused[session] = self.env._(
                    "Say how many people of each group were there."
                )
        return refused

    # === BUSINESS METHODS === #

    def _took(self, name):
        res = super()._took(name)
        if name == "hold":
            now = fields.Datetime.now()
            self.filtered(lambda session: session.date > now).date = now
        if name in ("hold", "plan_again"):
            self._count_participants()
        return res

    def _count_participants(self):
        """Who came is counted in the plan for taking part, as a line of its own if
        nobody had planned it."""
        # What was counted goes there; those who lead a discussion need not be those
        # who may change the plan.
        lines_sudo = self.env["dupq.assessment.participant"].sudo()
        known = lines_sudo.search([("assessment_id", "in", self.assessment_id.ids)])
        places = {(one.assessment_id, one.group_id, one.method) for one in known}
        came = {
            (session.assessment_id, group, session.method)
            for session in self.sudo().filtered(lambda one: one.state == "held")
            for group in session.attendance_ids.filtered("counted").group_id
        }
        new = lines_sudo.create(
            [
                {"assessment_id": one.id, "group_id": group.id, "method": method}
                for one, group, method in sorted(
                    came - places, key=lambda key: (key[0].id, key[1].id, key[2])
                )
            ]
        )
        (known | new)._count_again()

    def _get_questions(self):
        """The questions to talk about, in the order of the Code.

        Those chosen; without any, all of the areas chosen; without these, all of the
        Code. Our own questions are among them.
        """
        self.ensure_one()
        if self.question_ids:
            return self.question_ids.sorted()
        # The Code is read by everyone; which one it is may be known to those who lead.
        areas = self.area_ids or self.sudo().assessment_id.code_id.area_ids
        return self.env["dupq.code.question"].search([("area_id", "in", areas.ids)])
