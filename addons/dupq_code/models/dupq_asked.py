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
    makes it the person's own act.
    """

    _name = "dupq.asked"
    _description = "Asked of a person"

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

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Override to let nobody speak for others, once defaults are in."""
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            self._check_said_together(vals)
        return vals_list

    def write(self, vals):
        """Override to let nobody speak for others, but at a page of ours."""
        if not all(record._is_at_page() for record in self):
            self._check_said_together(vals)
        return super().write(vals)

    @api.model
    def _check_said_together(self, vals):
        if vals.get("taken_by", TOGETHER) != TOGETHER or vals.get("circle_member_id"):
            raise UserError(self._get_not_yours())

    # === WHO SPEAKS === #

    @api.model
    def _get_not_yours(self):
        return self.env._(
            "Only they themselves can say this, at a link or under “My account”. If "
            "you talked with the person, it is recorded together with them: write down "
            "who helped."
        )

    @api.model
    def _get_circle_wish(self):
        """Override to name the field with the person's wish that lets others speak."""
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
        if not (member_sudo.state == "agreed" and member_sudo[self._get_circle_wish()]):
            return self._get_circle_refusal(self.person_id.display_name)
        return None

    def _is_at_page(self):
        """Whether this one is being answered at a page of ours, at this moment."""
        return self.env.cr.cache.get(AT_A_PAGE) == (self._name, self.id)

    # === THE DOOR OF THE PAGES === #

    @api.model
    def _get_answer_fields(self):
        """Override to name the fields that make an answer."""
        raise NotImplementedError

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
