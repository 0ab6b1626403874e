from odoo import api, fields, models
from odoo.fields import Domain

from ..const import OPENED

# A seat whose holder has said that they have no conflict
FREE_OF_CONFLICT = ("declared", "locked")


class DupqTenderSeat(models.AbstractModel):
    """What the current user, by their seat on its panel, may see of a tender.

    A part of ``dupq.tender``, in a file of its own. Record rules ask these fields,
    so each can be searched, in sudo mode and without the rights of the reader.
    """

    _name = "dupq.tender.seat"
    _description = "My Seat on the Panel of a Tender"

    is_on_panel = fields.Boolean(
        string="I am on the panel",
        compute="_compute_is_on_panel",
        search="_search_is_on_panel",
    )
    is_open_to_me = fields.Boolean(
        string="I may read its bids",
        compute="_compute_is_open_to_me",
        search="_search_is_open_to_me",
    )
    is_moderated_by_me = fields.Boolean(
        string="I moderate it",
        compute="_compute_is_moderated_by_me",
        search="_search_is_moderated_by_me",
    )
    my_role = fields.Selection(
        [("evaluator", "Evaluator"), ("chair", "Chair")], compute="_compute_my_role"
    )

    # === COMPUTE METHODS === #

    @api.depends("evaluator_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_on_panel(self):
        self._set_flag("is_on_panel", self._get_panel_domain())

    @api.depends("state", "evaluator_ids.user_id", "evaluator_ids.state")
    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        self._set_flag("is_open_to_me", self._get_open_domain())

    @api.depends(
        "state", "evaluator_ids.user_id", "evaluator_ids.state", "evaluator_ids.role"
    )
    @api.depends_context("uid")
    def _compute_is_moderated_by_me(self):
        self._set_flag("is_moderated_by_me", self._get_moderated_domain())

    @api.depends("evaluator_ids.user_id", "evaluator_ids.role", "evaluator_ids.state")
    @api.depends_context("uid")
    def _compute_my_role(self):
        for tender in self:
            mine = tender.evaluator_ids.filtered(
                lambda seat: (
                    seat.user_id == self.env.user and seat.state != "stood_down"
                )
            )
            tender.my_role = mine[:1].role

    # === SEARCH METHODS === #

    def _search_is_on_panel(self, operator, value):
        return self._get_panel_domain() if operator == "in" else NotImplemented

    def _search_is_open_to_me(self, operator, value):
        return self._get_open_domain() if operator == "in" else NotImplemented

    def _search_is_moderated_by_me(self, operator, value):
        return self._get_moderated_domain() if operator == "in" else NotImplemented

    # === BUSINESS METHODS === #

    def _get_panel_domain(self):
        """Tenders on whose panel the user has, or had, a seat."""
        return Domain("evaluator_ids", "any!", [("user_id", "=", self.env.uid)])

    def _get_open_domain(self):
        """Tenders whose bids the user may read: opened, on the panel, no conflict."""
        seat = Domain("user_id", "=", self.env.uid)
        seat &= Domain("state", "in", FREE_OF_CONFLICT)
        return Domain("state", "in", OPENED) & Domain("evaluator_ids", "any!", seat)

    def _get_moderated_domain(self):
        """Tenders in which the user, as chair, sees the scores of everyone."""
        seat = Domain("user_id", "=", self.env.uid) & Domain("role", "=", "chair")
        seat &= Domain("state", "in", FREE_OF_CONFLICT)
        return Domain("state", "in", ("moderation", "decided")) & Domain(
            "evaluator_ids", "any!", seat
        )

    def _set_flag(self, name, domain):
        """Set a yes/no field about the current user on all tenders in one query."""
        # Only tells for which of the given tenders the user has such a seat.
        found_sudo = self.sudo().search(Domain("id", "in", self._origin.ids) & domain)
        for tender in self:
            tender[name] = tender._origin.id in found_sudo._ids
