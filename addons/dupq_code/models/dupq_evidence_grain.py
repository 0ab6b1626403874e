from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# What is counted apart, in the order of the keys.
GRAIN = (
    "company_id",
    "service_id",
    "area_id",
    "statement_id",
    "polarity",
    "source_type",
    "perspective_id",
    "sensitivity",
)
# The same as columns.
GRAIN_COLUMNS = SQL(", ").join(map(SQL.identifier, GRAIN))


class DupqEvidenceGrain(models.AbstractModel):
    """A number of accepted items that have everything in common that is counted.

    There are two grains: by statement, and by area, where an item that speaks to
    several statements of the area is counted once (``statement_id`` is 0). Links
    are bare numbers, 0 for none: rows are written by the million and never shown. The
    statements of the ledger write them, and nothing else does.
    """

    _name = "dupq.evidence.grain"
    _description = "Count of evidence"
    _inherit = ["dupq.untouchable"]
    _log_access = False

    company_id = fields.Integer(required=True)
    service_id = fields.Integer(required=True)
    area_id = fields.Integer(required=True)
    statement_id = fields.Integer(required=True)
    date_seen = fields.Date(required=True)
    polarity = fields.Char(required=True)
    source_type = fields.Char(required=True)
    perspective_id = fields.Integer(required=True)
    sensitivity = fields.Char(required=True)
    count = fields.Integer(required=True)

    @api.model
    def _make_untouchable_error(self):
        return AccessError(self.env._("Figures are counted from the evidence."))

    @api.model
    def _get_ledger_query(self, condition):
        """Count the items of the ledger that meet a condition, in both grains.

        :param condition: SQL on dupq_evidence e
        :return: SQL with the columns of GRAIN, date_seen and n
        """
        columns = """
            e.company_id, e.service_id, st.area_id, %s AS statement_id, e.polarity,
            e.source_type, COALESCE(e.perspective_id, 0) AS perspective_id,
            e.sensitivity, e.date_seen"""
        # Items are counted by number, and their links not made distinct beforehand:
        # so a few items of a million are looked up, and the rest is left alone.
        return SQL(
            """
            SELECT %(by_statement)s, count(*) AS n FROM %(items)s
             WHERE %(condition)s GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
         UNION ALL
            SELECT %(by_area)s, count(DISTINCT e.id) AS n FROM %(items)s
             WHERE %(condition)s GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            """,
            by_statement=SQL(columns, SQL("st.id")),
            by_area=SQL(columns, SQL("0")),
            items=SQL(
                """dupq_evidence e
              JOIN dupq_evidence_statement_rel r ON r.evidence_id = e.id
              JOIN dupq_code_statement st ON st.id = r.statement_id"""
            ),
            condition=condition,
        )
