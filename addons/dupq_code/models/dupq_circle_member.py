from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError

from ..const import MANAGER
from ..workflow import Transition


class DupqCircleMember(models.Model):
    """Somebody of a person's circle of support, and the person's wish about them.

    Nothing of the person is shared with them before the person has agreed, nor
    after the person has changed their mind (C32).
    """

    _name = "dupq.circle.member"
    _description = "Member of a circle of support"
    _inherit = ["dupq.workflow"]
    _order = "person_id, id"
    _rec_names_search = ["partner_id.name"]

    _transitions = (
        Transition(
            "agree",
            source=("not_asked", "declined", "withdrawn"),
            target="agreed",
            group=MANAGER,
            guard="_why_not_recorded",
            label="The person agrees",
        ),
        Transition(
            "decline",
            source="not_asked",
            target="declined",
            group=MANAGER,
            guard="_why_not_recorded",
            label="The person does not want it",
        ),
        Transition(
            "withdraw",
            source="agreed",
            target="withdrawn",
            group=MANAGER,
            label="The person changed their mind",
        ),
    )

    state = fields.Selection(
        [
            ("not_asked", "Not asked yet"),
            ("agreed", "Agreed"),
            ("declined", "Not wanted"),
            ("withdrawn", "No longer wanted"),
        ],
        string="The person's wish",
        default="not_asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    person_id = fields.Many2one(
        "dupq.person", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Who", ondelete="restrict", index=True
    )
    relation = fields.Selection(
        [
            ("mother", "Mother"),
            ("father", "Father"),
            ("sibling", "Brother or sister"),
            ("partner", "Partner"),
            ("relative", "Other relative"),
            ("friend", "Friend"),
            ("advocate", "Advocate"),
            ("other", "Other"),
        ],
        required=True,
        default="relative",
    )

    # What the person wants them to do
    helps_choose = fields.Boolean(string="Helps me choose my staff", default=True)
    gives_feedback = fields.Boolean(string="Says how my staff are doing", default=True)
    sees_profile = fields.Boolean(string="May read my profile")

    # How we know
    wish_date = fields.Date(string="Said on")
    wish_words = fields.Text(
        string="How the person said it", help="In words, signs, pictures or otherwise."
    )

    _partner_uniq = models.UniqueIndex(
        "(person_id, partner_id)", "They are in this circle already."
    )

    @api.depends("partner_id", "relation")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        """Who it is, for those who support the person; else what they are to them."""
        relations = dict(self._fields["relation"]._description_selection(self.env))
        known = self
        if self.env.uid != SUPERUSER_ID:
            known = self.sudo(False)._filtered_access("read")
        for member in self:
            # What somebody is to the person, without a name, is for all who choose.
            relation = relations.get(member.sudo().relation) or ""
            who = member.partner_id.display_name if member in known else None
            member.display_name = f"{who} ({relation})" if who else relation

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to end the links of whom the person lets help no more."""
        result = super().write(vals)
        ended = [
            purpose
            for purpose, model in self.env["dupq.person"]._get_asked_models().items()
            if model._circle_wish in vals and not vals[model._circle_wish]
        ]
        if ended:
            self.env["dupq.invitation"]._stop_for(self, ended)
        return result

    # === CONSTRAINT METHODS === #

    @api.constrains("person_id", "partner_id")
    def _check_partner(self):
        """Somebody is in the circle; who it was is forgotten by erasure only."""
        if not all(member.partner_id for member in self):
            raise ValidationError(self.env._("Say who of the circle it is."))

    # === ACTIONS === #

    def action_agree(self):
        """Record that the person wants this involvement."""
        return self._take("agree")

    def action_decline(self):
        """Record that the person does not want this involvement."""
        return self._take("decline")

    def action_withdraw(self):
        """Record that the person changed their mind: sharing ends at once."""
        return self._take("withdraw")

    def _took(self, name):
        """Extend to end what was sent to them."""
        result = super()._took(name)
        if name == "withdraw":
            self.env["dupq.invitation"]._stop_for(self)
        return result

    # === GUARDS === #

    def _why_not_recorded(self):
        """A wish counts when it is known how and when the person said it."""
        return {
            member: self.env._(
                "Write down first when and how %(person)s said so.",
                person=member.person_id.display_name,
            )
            for member in self
            if not (member.wish_date and (member.wish_words or "").strip())
        }
