from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dupq_code.const import PANEL, WORKER
from odoo.addons.dupq_code.workflow import Transition


class DupqLesson(models.Model):
    """What the safeguarding panel wants everyone to learn from something that went
    wrong: told in plain words, without anything that says who was involved."""

    _name = "dupq.lesson"
    _description = "Lesson"
    _inherit = ["dupq.workflow", "mail.thread", "mail.activity.mixin"]
    _order = "date_shared desc, id desc"
    _check_company_auto = True

    _transitions = (
        Transition(
            "share",
            source="draft",
            target="shared",
            group=PANEL,
            guard="_why_not_share",
        ),
        Transition("retire", source="shared", target="archived", group=PANEL),
        Transition("share_again", source="archived", target="shared", group=PANEL),
    )

    name = fields.Char(string="Lesson", required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("shared", "Shared"), ("archived", "Archived")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    service_ids = fields.Many2many(
        "dupq.service",
        string="Services to tell",
        check_company=True,
        help="A region stands for every service in it.",
    )
    my_service_ids = fields.Many2many(
        "dupq.service",
        string="Shared with you for",
        compute="_compute_my_service_ids",
        help="Your own services among those it was shared with.",
    )
    date_shared = fields.Date(string="Shared on", readonly=True, copy=False)

    # The lesson
    what_happened = fields.Text()
    what_we_do = fields.Text(string="What we do now")
    question = fields.Text(string="A question for your team")

    # Where it comes from: for the panel alone
    source_kind = fields.Selection(
        [
            ("safeguarding", "Safeguarding case"),
            ("complaint", "Complaint"),
            ("concern", "Quality concern"),
            ("whistleblowing", "Whistleblowing"),
            ("leder", "LeDeR review"),
        ],
        string="Learned from",
        required=True,
        default="safeguarding",
    )
    case_reference = fields.Char(
        groups=PANEL, copy=False, help="The number of the case, never a name."
    )

    # Who has read it
    read_ids = fields.One2many("dupq.lesson.read", "lesson_id")
    read_count = fields.Integer(compute="_compute_read_count")
    unread_count = fields.Integer(compute="_compute_unread_count")
    is_told = fields.Boolean(compute="_compute_is_told", search="_search_is_told")
    is_read = fields.Boolean(
        string="Read by me", compute="_compute_is_read", search="_search_is_read"
    )
    recurrence_ids = fields.One2many("dupq.lesson.recurrence", "lesson_id")
    recurrence_count = fields.Integer(
        string="Happened elsewhere", compute="_compute_recurrence_count"
    )

    # === COMPUTE METHODS === #

    @api.depends("read_ids")
    def _compute_read_count(self):
        # A number only: how many people have read a lesson is no secret.
        counts = self._count_sudo("dupq.lesson.read")
        for lesson in self:
            lesson.read_count = counts.get(lesson._origin.id, 0)

    @api.depends("recurrence_ids")
    def _compute_recurrence_count(self):
        # A number only: where it happened again is for the panel and managers.
        counts = self._count_sudo("dupq.lesson.recurrence")
        for lesson in self:
            lesson.recurrence_count = counts.get(lesson._origin.id, 0)

    @api.depends("read_ids", "service_ids", "state")
    def _compute_unread_count(self):
        groups = self.env["dupq.lesson.unread"]._read_group(
            [("lesson_id", "in", self.ids)], ["lesson_id"], ["__count"]
        )
        counts = {lesson.id: count for lesson, count in groups}
        for lesson in self:
            lesson.unread_count = counts.get(lesson._origin.id, 0)

    @api.depends("service_ids")
    @api.depends_context("uid")
    def _compute_is_told(self):
        # Only tells which of the given lessons reach the user.
        told_sudo = self.sudo().search(
            Domain("id", "in", self._origin.ids) & self._search_is_told("in", [True])
        )
        for lesson in self:
            lesson.is_told = lesson._origin.id in told_sudo.ids

    def _search_is_told(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self.env["dupq.service"]._get_telling_query()
        # "any!": a lesson may name a region that its reader cannot open.
        return Domain("service_ids", "any!", Domain("id", "in", query))

    @api.depends("service_ids")
    @api.depends_context("uid")
    def _compute_my_service_ids(self):
        mine = self.env["dupq.service"].search_fetch(
            [("is_mine", "=", True), ("kind", "!=", "region")], ["parent_path"]
        )
        for lesson in self:
            # Only tells for which of their own services the reader was told.
            told = tuple(lesson.sudo().service_ids.mapped("parent_path"))
            lesson.my_service_ids = mine.filtered(
                lambda service, told=told: service.parent_path.startswith(told)
            )

    @api.depends("read_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_read(self):
        mine = self.env["dupq.lesson.read"].search_fetch(
            [("lesson_id", "in", self.ids), ("user_id", "=", self.env.uid)],
            ["lesson_id"],
        )
        for lesson in self:
            lesson.is_read = lesson._origin in mine.lesson_id

    def _search_is_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("read_ids", "any", [("user_id", "=", self.env.uid)])

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        if any(lesson.state != "draft" for lesson in self):
            raise UserError(
                self.env._("A lesson that was shared stays: archive it instead.")
            )

    # === ACTIONS === #

    def action_share(self):
        """Everyone in the services to tell can read it and is asked to."""
        return self._take("share")

    def action_retire(self):
        """It need not be read any more; it can still be found."""
        return self._take("retire")

    def action_share_again(self):
        """It has to be read again by whoever has not."""
        return self._take("share_again")

    def action_read(self):
        """The user has read and understood these lessons.

        Anyone told may press it, which changing a lesson would not allow.
        """
        self.check_access("read")
        if refused := self.filtered(
            lambda lesson: lesson.state != "shared" or not lesson.is_told
        ):
            raise UserError(
                self.env._(
                    "“%(lesson)s” was not shared with you, so there is nothing to "
                    "confirm.",
                    lesson=refused[0].name,
                )
            )
        unread = self.filtered(lambda lesson: not lesson.is_read)
        self.env["dupq.lesson.read"].create([{"lesson_id": each.id} for each in unread])
        unread._finish_reminders()
        return True

    def action_happened_here(self):
        """Ask where the same thing has happened too."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("This happened here too"),
            "res_model": "dupq.lesson.recurrence",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lesson_id": self.id},
        }

    def action_open_reads(self):
        """Open who has read it."""
        return self._open_related("dupq.lesson.read", self.env._("Read by"))

    def action_open_unread(self):
        """Open who has still to read it."""
        return self._open_related("dupq.lesson.unread", self.env._("Still to read"))

    def action_open_recurrences(self):
        """Open where it happened too."""
        return self._open_related(
            "dupq.lesson.recurrence", self.env._("Happened elsewhere")
        )

    # === BUSINESS METHODS === #

    def _why_not_share(self):
        """A lesson says what happened, what we do now, and whom it is for."""
        refused = {}
        for lesson in self:
            if not lesson.service_ids:
                refused[lesson] = self.env._("Choose the services to tell first.")
            elif not lesson.what_happened or not lesson.what_we_do:
                refused[lesson] = self.env._(
                    "Say what happened and what we do now before you share it."
                )
        return refused

    def _took(self, name):
        res = super()._took(name)
        if name == "share":
            days = self.company_id._get_today_by_company()
            for company, lessons in self.grouped("company_id").items():
                lessons.date_shared = days[company]
        if name in ("share", "share_again"):
            self._remind_unread()
        elif name == "retire":
            # Nobody needs to read it now: everyone's reminder goes.
            self.sudo()._get_reminders().unlink()
        return res

    def _remind_unread(self):
        """Everyone who has still to read these lessons finds it in their activities."""
        readers = self.env.ref(WORKER)
        unread = self.env["dupq.lesson.unread"]._read_group(
            [
                ("lesson_id", "in", self.ids),
                ("user_id.all_group_ids", "in", readers.ids),
            ],
            ["lesson_id", "user_id"],
        )
        model = self.env["ir.model"]._get(self._name)
        kind = self.env.ref("dupq_assessment.dupq_lesson_activity_read")
        deadline = kind._get_date_deadline()
        # Told people get their reminder whoever of the panel shares the lesson.
        activity_sudo = self.env["mail.activity"].sudo()
        activity_sudo.with_context(
            mail_activity_quick_update=True, dupq_no_follow=True
        ).create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model.id,
                    "res_id": lesson.id,
                    "user_id": user.id,
                    "summary": lesson.name,
                    "date_deadline": deadline,
                }
                for lesson, user in unread
            ]
        )

    def _finish_reminders(self):
        """The user's own reminders of these lessons are done."""
        reminders = self._get_reminders()
        reminders.filtered(lambda activity: activity.user_id == self.env.user).unlink()

    def _get_reminders(self):
        """The reminders to read these lessons."""
        kind = self.env.ref("dupq_assessment.dupq_lesson_activity_read")
        return self.activity_ids.filtered(
            lambda activity: activity.activity_type_id == kind
        )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Being reminded to read a lesson is not following the panel's discussion."""
        if self.env.context.get("dupq_no_follow"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What the panel says about a lesson is for those who may change it."""
        return dict.fromkeys(self, "write")

    def _count_sudo(self, model):
        """{lesson id: number of its records in ``model``}, whoever may see them."""
        groups = (
            self.env[model]
            .sudo()
            ._read_group([("lesson_id", "in", self.ids)], ["lesson_id"], ["__count"])
        )
        return {lesson.id: count for lesson, count in groups}

    def _open_related(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list",
            "domain": [("lesson_id", "=", self.id)],
        }
