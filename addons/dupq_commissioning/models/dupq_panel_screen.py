from odoo import api, models

from ..const import OPENED


class DupqPanelScreen(models.AbstractModel):
    """What the screens of a panel share: whose seats, which tender, who bids."""

    _name = "dupq.panel.screen"
    _description = "Screen of a Panel"

    @api.model
    def _get_my_seats(self, role=None):
        """Seats of the user on panels whose bids are open, the newest first.

        :param role: only those in this role
        """
        domain = [
            ("user_id", "=", self.env.uid),
            ("tender_id.state", "in", OPENED),
            ("state", "!=", "stood_down"),
        ]
        if role:
            domain.append(("role", "=", role))
        return self.env["dupq.tender.evaluator"].search(domain, order="id desc")

    @api.model
    def _choose(self, seats, tender_id):
        """The seat at the tender that was asked for, else the only one there is."""
        chosen = seats.filtered(lambda seat: seat.tender_id.id == tender_id)
        return chosen or (seats if len(seats) == 1 else seats.browse())

    @api.model
    def _get_bidder_names(self, tender):
        """Who bids: known to the panel, once opened, to check for conflicts."""
        # The caller has a seat on the panel of this tender; only names are told.
        bids_sudo = (
            self.env["dupq.bid"]
            .sudo()
            .search([("tender_id", "=", tender.id), ("state", "=", "received")])
        )
        return bids_sudo.partner_id.mapped("display_name")

    @api.model
    def _prepare_tender(self, tender):
        return {
            "id": tender.id,
            "name": tender.name,
            "reference": tender.reference,
            "state": tender.state,
        }
