from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# Rows are numbered by service and statement, so that a number means the same
# row tomorrow; small enough to stay within the integers of XML-RPC.
STATEMENTS_PER_SERVICE = 100_000
# A figure counts what its reader may see.
OF_READER = {"readonly": True, "depends_context": ("uid",)}


class DupqEvidenceCoverage(models.Model):
    """What a service can show for a statement of the Code, and where it is blind.

    One row for each service and each statement of the editions in force, also
    where there is nothing. The figures are those of the summary, as on the coverage
    map, and for each reader those of the items that they may see.
    """

    _name = "dupq.evidence.coverage"
    _inherit = ["dupq.evidence.sight"]
    _description = "Evidence Coverage"
    _auto = False
    _order = "service_id, statement_id"
    _rec_name = "statement_id"
    _depends = {
        "dupq.code": ["state"],
        "dupq.code.statement": ["area_id", "code_id", "polarity"],
        "dupq.evidence": ["sensitivity", "service_id", "state", "statement_ids"],
        "dupq.service": ["active", "company_id", "kind", "parent_path"],
    }

    service_id = fields.Many2one("dupq.service", readonly=True)
    region_id = fields.Many2one("dupq.service", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    code_id = fields.Many2one("dupq.code", readonly=True)
    area_id = fields.Many2one("dupq.code.area", readonly=True)
    statement_id = fields.Many2one("dupq.code.statement", readonly=True)
    statement_kind = fields.Selection(
        [("good", "What good looks like"), ("bad", "What bad looks like")],
        readonly=True,
    )

    # Items seen in the last twelve months, unless the name says otherwise
    good_count = fields.Integer(string="Good", **OF_READER)
    not_yet_count = fields.Integer(string="Not yet good", **OF_READER)
    older_count = fields.Integer(
        string="Older", help="Accepted, but seen over a year ago.", **OF_READER
    )
    waiting_count = fields.Integer(
        string="Waiting", help="Proposed, not yet accepted.", **OF_READER
    )
    source_count = fields.Integer(
        string="Kinds of source", aggregator="max", **OF_READER
    )
    perspective_count = fields.Integer(
        string="Perspectives", aggregator="max", **OF_READER
    )
    last_seen = fields.Date(aggregator="max", **OF_READER)
    coverage = fields.Selection(
        [
            ("fresh", "Fresh"),
            ("single", "One source only"),
            ("stale", "Over a year old"),
            ("nothing", "Nothing yet"),
        ],
        string="We can show",
        **OF_READER,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH regions AS (%(regions)s),
                 fresh AS (%(fresh)s),
                 older AS (%(older)s),
                 days AS (%(days)s),
                 waiting AS (%(waiting)s)
            SELECT s.id::bigint * %(factor)s + st.id AS id,
                   s.id AS service_id,
                   r.region_id,
                   s.company_id,
                   st.code_id,
                   st.area_id,
                   st.id AS statement_id,
                   st.polarity AS statement_kind,
                   COALESCE(f.good_count, 0) AS good_count,
                   COALESCE(f.not_yet_count, 0) AS not_yet_count,
                   COALESCE(o.older_count, 0) AS older_count,
                   COALESCE(w.waiting_count, 0) AS waiting_count,
                   COALESCE(f.source_count, 0) AS source_count,
                   COALESCE(f.perspective_count, 0) AS perspective_count,
                   d.last_seen,
                   CASE WHEN f.source_count > 1 THEN 'fresh'
                        WHEN f.source_count = 1 THEN 'single'
                        WHEN o.older_count > 0 THEN 'stale'
                        ELSE 'nothing'
                   END AS coverage
              FROM dupq_service s
        CROSS JOIN dupq_code_statement st
              JOIN dupq_code c ON c.id = st.code_id AND c.state = 'active'
         LEFT JOIN regions r ON r.service_id = s.id
         LEFT JOIN fresh f ON f.service_id = s.id AND f.statement_id = st.id
         LEFT JOIN older o ON o.service_id = s.id AND o.statement_id = st.id
         LEFT JOIN days d ON d.service_id = s.id AND d.statement_id = st.id
         LEFT JOIN waiting w ON w.service_id = s.id AND w.statement_id = st.id
             WHERE s.active
               AND st.polarity IN ('good', 'bad')
               AND (s.kind != 'region' OR f.source_count > 0 OR o.older_count > 0
                    OR w.waiting_count > 0)
            """,
            regions=self._get_regions_query(),
            fresh=self._get_fresh_query(),
            older=self._get_older_query(),
            days=self._get_days_query(),
            waiting=self._get_waiting_query(),
            factor=STATEMENTS_PER_SERVICE,
        )

    def _get_regions_query(self):
        """The nearest region of each service that is in one."""
        return SQL(
            """
            SELECT DISTINCT ON (s.id) s.id AS service_id, r.id AS region_id
              FROM dupq_service s
              JOIN dupq_service r
                ON r.kind = 'region'
               AND s.parent_path LIKE r.parent_path || '%%'
          ORDER BY s.id, length(r.parent_path) DESC
            """
        )

    def _get_counted_clause(self):
        """The figures of statements, as far as this reader may see them."""
        return SQL("statement_id != 0 AND %s", self._get_seen_clause())

    def _get_fresh_query(self):
        return SQL(
            """
            SELECT service_id,
                   statement_id,
                   COALESCE(SUM(n) FILTER (WHERE polarity = 'good'), 0)::integer
                       AS good_count,
                   COALESCE(SUM(n) FILTER (WHERE polarity = 'not_yet'), 0)::integer
                       AS not_yet_count,
                   COUNT(DISTINCT source_type) AS source_count,
                   COUNT(DISTINCT perspective_id) FILTER (WHERE perspective_id != 0)
                       AS perspective_count
              FROM (SELECT service_id, statement_id, polarity, source_type,
                           perspective_id, SUM(count) AS n
                      FROM %s q
                  GROUP BY 1, 2, 3, 4, 5 HAVING SUM(count) > 0) counted
          GROUP BY 1, 2
            """,
            self.env["dupq.evidence.summary"]._get_query(
                self.env["dupq.evidence"]._get_fresh_limit(),
                fields.Date.context_today(self),
                self._get_counted_clause(),
            ),
        )

    def _get_older_query(self):
        return SQL(
            """
            SELECT service_id, statement_id, SUM(count)::integer AS older_count
              FROM %s q
          GROUP BY 1, 2 HAVING SUM(count) > 0
            """,
            self.env["dupq.evidence.summary"]._get_query(
                None,
                self.env["dupq.evidence"]._get_fresh_limit(),
                self._get_counted_clause(),
            ),
        )

    def _get_days_query(self):
        return SQL(
            """
            SELECT service_id, statement_id, MAX(date_seen) AS last_seen
              FROM (SELECT service_id, statement_id, date_seen
                      FROM %s q
                  GROUP BY 1, 2, 3 HAVING SUM(count) > 0) counted
          GROUP BY 1, 2
            """,
            self.env["dupq.evidence.summary"]._get_days_query(
                self._get_counted_clause()
            ),
        )

    def _get_waiting_query(self):
        """What is proposed: only the ledger knows of it."""
        return SQL(
            """
            SELECT e.service_id, rel.statement_id, COUNT(*) AS waiting_count
              FROM dupq_evidence e
              JOIN dupq_evidence_statement_rel rel ON rel.evidence_id = e.id
             WHERE e.state = 'proposed' AND %s
          GROUP BY 1, 2
            """,
            self._get_seen_clause(),
        )

    # === ACTIONS === #

    def action_open_items(self):
        """Open exactly the items behind a row, or behind one of its figures.

        The figure is asked for in the context: ``dupq_figure``.
        """
        self.check_access("read")
        figure = self.env.context.get("dupq_figure")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Evidence"),
            "res_model": "dupq.evidence",
            "view_mode": "list,kanban,form",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": list(self._get_items_domain(figure)),
            "context": self._prepare_item_defaults(),
        }

    def action_add_evidence(self):
        """Open a new item for the service and statement of this row."""
        self.ensure_one()
        self.check_access("read")
        if not self.env["dupq.evidence"].has_access("create"):
            raise AccessError(self.env._("Your role reads evidence but adds none."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add evidence"),
            "res_model": "dupq.evidence",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_item_defaults(),
        }

    # === BUSINESS METHODS === #

    @api.model
    def _get_figure_domains(self):
        """Which items each figure counts; the same conditions as the query."""
        new = Domain("date_seen", ">", self.env["dupq.evidence"]._get_fresh_limit())
        accepted = Domain("state", "=", "accepted")
        return {
            "good": accepted & new & Domain("polarity", "=", "good"),
            "not_yet": accepted & new & Domain("polarity", "=", "not_yet"),
            "older": accepted & ~new,
            "waiting": Domain("state", "=", "proposed"),
        }

    def _get_items_domain(self, figure=None):
        figures = self._get_figure_domains()
        domain = figures.get(figure) or Domain.OR(figures.values())
        return (
            domain
            & self._get_seen_domain()
            & Domain.OR(
                Domain("service_id", "=", service.id)
                & Domain("statement_ids", "in", rows.statement_id.ids)
                for service, rows in self.grouped("service_id").items()
            )
        )

    def _prepare_item_defaults(self):
        if len(self) != 1:
            return {}
        return {
            "default_service_id": self.service_id.id,
            "default_statement_ids": self.statement_id.ids,
            "default_polarity": "good",
        }
