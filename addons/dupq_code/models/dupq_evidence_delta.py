from odoo import api, models
from odoo.tools import SQL

from .dupq_evidence_grain import GRAIN_COLUMNS


class DupqEvidenceDelta(models.Model):
    """A change of the figures that has not been folded into the summary yet.

    Transactions only add rows here, so that no two of them wait for one another.
    """

    _name = "dupq.evidence.delta"
    _inherit = "dupq.evidence.grain"
    _description = "Change of evidence figures"
    _log_access = False  # each model says so itself

    _service_idx = models.Index("(service_id, area_id, date_seen)")

    @api.model
    def _post(self, condition, sign):
        """Count items in, or out, as they are in the database now.

        :param condition: SQL on dupq_evidence e; only accepted items are counted
        :param sign: 1 or -1
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO dupq_evidence_delta (%s, date_seen, count) "
                "SELECT %s, date_seen, %s * n FROM (%s) q",
                GRAIN_COLUMNS,
                GRAIN_COLUMNS,
                sign,
                self._get_ledger_query(SQL("e.state = 'accepted' AND %s", condition)),
            )
        )
