from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..workflow import kept_with_cursor

# What anybody may write down: said together with the person, and by whom.
TOGETHER = "recorded_with"
# Key of the leave to keep what is said at a page; kept with the cursor.
AT_A_PAGE = object()


class DupqAsked(models.AbstractModel):
    """A question to a person supported, and to those whom they want beside them.

    Whoever is at one of our own pages, by a link or on the portal, says so by
    themselves, and only there. Whatever is written by hand was recorded together
    with the person, by somebody who is named; no role, import, copy or default
    makes it the person's own act. What was said stays as it was said.

    The class brings its states, of which the first is ``asked``, and the steps
    ``answer`` and ``cancel``.
    """

    _name = "dupq.asked"
    _description = "Asked of a person"
    _inherit = ["dupq.workflow"]
    _check_company_auto = True

    # Whom it is about, who may be deleted later.
    _subject_field = None
    # The first of these that is filled says in which service it was.
    _day_fields = ("date",)
    # The person's wish by which somebody of their circle speaks beside them.
    _circle_wish = None

    person_id = fields.Many2one(
        "dupq.person",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="person_id.company_id", store=True)
    service_id = fields.Many2one(
        "dupq.service",
        compute="_compute_service_id",
        store=True,
        index=True,
        help="Where the person was supported on that day.",
    )

    # Who answered
    taken_by = fields.Selection(
        [
            ("person", "The person"),
            ("circle", "Somebody of their circle"),
            (TOGETHER, "A supporter, together with the person"),
        ],
        string="Answered by",
        required=True,
        default=TOGETHER,
        copy=False,
        help="Only our own pages, opened by a link or under “My account”, say that "
        "somebody answered by themselves.",
    )
    circle_member_id = fields.Many2one(
        "dupq.circle.member", ondelete="restrict", copy=False
    )
    supporter_name = fields.Char(string="Helped by", copy=False)
    recorded_by_id = fields.Many2one(
        "res.users",
        string="Written down by",
        readonly=True,
        copy=False,
        help="Empty when they answered by themselves.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="Picture or recording", readonly=True, copy=False
    )

    # === COMPUTE METHODS === #

    @api.depends(lambda self: ("person_id", *self._day_fields))
    def _compute_service_id(self):
        days = {asked: (asked.person_id._origin.id, asked._get_day()) for asked in self}
        services = self.env["dupq.person.stay"]._get_services_on(days.values())
        for asked, place in days.items():
            asked.service_id = services.get(place, False)

    def _get_day(self):
        """The day it belongs to."""
        return next((self[name] for name in self._day_fields if self[name]), False)

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Override to let nobody speak for others, once defaults are in."""
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            # A screen may bring defaults of the same name along.
            for name in self._get_following_fields():
                vals.pop(name, None)
            self._check_said_together(vals)
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        """Override to ask about somebody: only later they may be gone."""
        asked = super().create(vals_list)
        if not all(one[self._subject_field] for one in asked):
            raise UserError(self._get_no_subject())
        return asked

    def write(self, vals):
        """Override to keep what was said, and to let nobody speak for others."""
        self._check_nothing_made_up(vals)
        if vals.keys() & (self._get_answer_fields() | self._get_question_fields()):
            if any(asked._is_said() for asked in self):
                raise UserError(
                    self.env._(
                        "This was answered already, and stays as it was said. If there "
                        "is more to say, or somebody changes their mind, ask again."
                    )
                )
            if not all(asked._is_at_page() for asked in self):
                self._check_said_together(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_said(self):
        if any(asked._is_said() for asked in self):
            raise UserError(self.env._("What people answered is not deleted."))

    @api.model
    def _check_nothing_made_up(self, vals):
        if not vals.keys().isdisjoint(self._get_following_fields()):
            raise UserError(
                self.env._(
                    "The service, the company and the job follow from who was asked, "
                    "about whom, and when. Nobody sets them by hand."
                )
            )

    @api.model
    def _check_said_together(self, vals):
        by_themselves = vals.get("taken_by", TOGETHER) != TOGETHER
        if by_themselves or vals.get("circle_member_id") or vals.get("attachment_id"):
            raise UserError(self._get_not_yours())

    def _is_said(self):
        return self.state not in ("asked", "cancelled")

    # === ACTIONS === #

    def action_answer(self):
        """Keep the answer as it stands."""
        self._sign()
        return self._take("answer")

    def action_cancel(self):
        """Nobody needs to answer any more."""
        return self._take("cancel")

    def action_open_file(self):
        """Show the picture, or play the recording."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }

    # === WHO SPEAKS === #

    @api.model
    def _get_not_yours(self):
        return self.env._(
            "Only they themselves can say this, at a link or under “My account”. If "
            "you talked with the person, it is recorded together with them: write down "
            "who helped."
        )

    @api.model
    def _get_no_subject(self):
        """Override to ask about whom it is."""
        raise NotImplementedError

    @api.model
    def _get_circle_refusal(self, person):
        """Override to say that the person does not want this member to speak."""
        raise NotImplementedError

    def _why_not_speaker(self):
        """Why what stands here was not said by whom it claims, or None."""
        self.ensure_one()
        if self.taken_by != TOGETHER and not self._is_at_page():
            return self._get_not_yours()
        if self.taken_by == TOGETHER and not (self.supporter_name or "").strip():
            return self.env._("Say who recorded it together with the person.")
        if self.taken_by != "circle":
            return None
        # The person's wish about this member, which is asked for here.
        member_sudo = self.circle_member_id.sudo()
        if member_sudo.person_id != self.person_id:
            return self.env._("Say who of the person's circle it was.")
        if not (member_sudo.state == "agreed" and member_sudo[self._circle_wish]):
            return self._get_circle_refusal(self.person_id.display_name)
        return None

    def _is_at_page(self):
        """Whether this one is being answered at a page of ours, at this moment."""
        return self.env.cr.cache.get(AT_A_PAGE) == (self._name, self.id)

    def _sign(self):
        """Note who writes it down for somebody else."""
        by_hand = self.filtered(lambda a: a.state == "asked" and not a._is_at_page())
        return by_hand.write({"recorded_by_id": self.env.uid})

    # === THE DOOR OF THE PAGES === #

    @api.model
    def _get_question_fields(self):
        """Extend with the fields that make the question."""
        return {"person_id", self._subject_field}

    @api.model
    def _get_following_fields(self):
        """Extend with what is kept and follows from the question by itself."""
        return {"company_id", "service_id"}

    @api.model
    def _get_answer_fields(self):
        """Extend with the fields that make an answer."""
        return {
            "date",
            "taken_by",
            "circle_member_id",
            "supporter_name",
            "recorded_by_id",
            "attachment_id",
        }

    def _answer(self, values):
        """Keep what somebody says by themselves: the one door, for our pages.

        They run in superuser mode, once they know who asks.

        :param values: dict of the fields of an answer; others are refused
        """
        self.ensure_one()
        if not self.env.su or not values.keys() <= self._get_answer_fields():
            raise AccessError(self.env._("Only the answer itself is given here."))
        with kept_with_cursor(self.env.cr, AT_A_PAGE, (self._name, self.id)):
            self.write(values)
            return self.action_answer()
