from odoo import models
from odoo.tools import SQL


class DupqEvidenceSummed(models.AbstractModel):
    """Keeps the figures in step with the life of each item.

    A part of ``dupq.evidence``: whatever moves an item into or out of "accepted"
    goes through the engine, and so through here. Runs of rules, which write by the
    thousand, post their own changes.
    """

    _name = "dupq.evidence.summed"
    _description = "Evidence that is counted"

    def _write_state(self, state):
        """Override to count items in when they are accepted, out when no more."""
        was = self.filtered(lambda item: item.state == "accepted")
        if state != "accepted":
            was._post_figures(-1)
        result = super()._write_state(state)
        if state == "accepted":
            (self - was)._post_figures(1)
        return result

    def _post_figures(self, sign):
        if not self:
            return
        self.env["dupq.evidence"].flush_model()
        # The figures are of the whole ledger, whoever moves an item.
        self.env["dupq.evidence.delta"].sudo()._post(
            SQL("e.id = ANY(%s)", list(self._ids)), sign
        )
