from odoo import api, fields, models
from odoo.exceptions import UserError

from ..advert import phrases_of, said_in
from ..const import MANAGER
from ..workflow import Transition


class DupqJobWish(models.Model):
    """One wish of a person in the specification of a job, once looked at.

    Drawn from the profile, it is seen by nobody who recruits before somebody of
    the person's service keeps it, and the person has agreed.
    """

    _name = "dupq.job.wish"
    _description = "Wish in a person specification"
    _inherit = ["dupq.workflow"]
    _order = "job_id, must_have desc, kind, id"

    _transitions = (
        Transition(
            "keep",
            source=("proposed", "left_out"),
            target="kept",
            group=MANAGER,
            guard="_why_not_keep",
        ),
        Transition(
            "leave_out",
            source=("proposed", "kept"),
            target="left_out",
            group=MANAGER,
            label="Leave out",
        ),
    )

    state = fields.Selection(
        [
            ("proposed", "To look at"),
            ("kept", "In the specification"),
            ("left_out", "Left out"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    job_person_id = fields.Many2one(
        "dupq.job.person", required=True, ondelete="cascade", index=True
    )
    job_id = fields.Many2one(related="job_person_id.job_id", store=True, index=True)
    person_id = fields.Many2one(
        related="job_person_id.person_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("interest", "Likes"),
            ("quality", "Wants in their staff"),
            ("matters", "What matters"),
            ("support", "How to support"),
        ],
        required=True,
        default="interest",
    )
    trait_id = fields.Many2one("dupq.trait", ondelete="restrict", index=True)
    must_have = fields.Boolean(string="Must have")
    text = fields.Char(string="In words", required=True)
    is_in_advert = fields.Boolean(
        string="In the advert", compute="_compute_is_in_advert"
    )

    # === COMPUTE METHODS === #

    @api.depends("text")
    def _compute_display_name(self):
        for wish in self:
            wish.display_name = wish.text

    @api.depends("text", "trait_id.name", "trait_id.words", "job_id.dupq_advert_count")
    def _compute_is_in_advert(self):
        adverts = {job: job._get_dupq_advert() for job in self.job_id}
        for wish in self:
            advert = adverts.get(wish.job_id, "")
            wish.is_in_advert = said_in(advert, wish._get_phrases())

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to have a wish that was kept looked at again when it changes."""
        if {"text", "trait_id", "kind", "must_have"} & vals.keys() and (
            "kept" in self.mapped("state")
        ):
            raise UserError(
                self.env._("Leave it out first, change it, and keep it again.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_keep(self):
        """Put it into the specification, for those who recruit to read."""
        return self._take("keep")

    def action_leave_out(self):
        """Take it out of the specification, or leave it out from the start."""
        return self._take("leave_out")

    # === GUARDS === #

    def _why_not_keep(self):
        """A person's wishes are told to those who recruit when the person agrees."""
        # Only whether there is a consent is asked, for people the user manages.
        agreed = self.person_id.sudo()._get_agreed("specification")
        return {
            wish: self.env._(
                "%(person)s has not agreed yet that wishes stand in a job: see “What "
                "I agreed to” in the profile.",
                person=wish.person_id.display_name,
            )
            for wish in self
            if wish.person_id not in agreed
        }

    # === BUSINESS METHODS === #

    def _took(self, name):
        """Extend to end what the service was asked, once a wish is kept."""
        result = super()._took(name)
        if name == "keep":
            self.job_person_id._end_asking()
        return result

    def _get_phrases(self):
        """The words by which an advert may show it."""
        self.ensure_one()
        trait = self.trait_id
        return phrases_of(self.text, f"{trait.name or ''},{trait.words or ''}")
