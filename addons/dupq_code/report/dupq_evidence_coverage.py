from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# Rows are numbered by service and statement, so that a number means the same
# row tomorrow; small enough to stay within the integers of XML-RPC.
STATEMENTS_PER_SERVICE = 100_000


class DupqEvidenceCoverage(models.Model):
    """What a service can show for a statement of the Code, and where it is blind.

    One row for each service and each statement of the editions in force, also
    where there is nothing. Only items of normal sensitivity are counted, so that
    no figure tells that there is a confidential one.
    """

    _name = "dupq.evidence.coverage"
    _description = "Evidence Coverage"
    _auto = False
    _order = "service_id, statement_id"
    _rec_name = "statement_id"
    _depends = {
        "dupq.code": ["state"],
        "dupq.code.statement": ["area_id", "code_id", "polarity"],
        "dupq.evidence": [
            "date_seen",
            "perspective_id",
            "polarity",
            "sensitivity",
            "service_id",
            "source_type",
            "state",
            "statement_ids",
        ],
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
    good_count = fields.Integer(string="Good", readonly=True)
    not_yet_count = fields.Integer(string="Not yet good", readonly=True)
    older_count = fields.Integer(
        string="Older", readonly=True, help="Accepted, but seen over a year ago."
    )
    waiting_count = fields.Integer(
        string="Waiting", readonly=True, help="Proposed, not yet accepted."
    )
    source_count = fields.Integer(
        string="Kinds of source", readonly=True, aggregator="max"
    )
    perspective_count = fields.Integer(
        string="Perspectives", readonly=True, aggregator="max"
    )
    last_seen = fields.Date(readonly=True, aggregator="max")
    coverage = fields.Selection(
        [
            ("fresh", "Fresh"),
            ("single", "One source only"),
            ("stale", "Over a year old"),
            ("nothing", "Nothing yet"),
        ],
        string="We can show",
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH regions AS (%(regions)s), counted AS (%(counted)s)
            SELECT s.id::bigint * %(factor)s + st.id AS id,
                   s.id AS service_id,
                   r.region_id,
                   s.company_id,
                   st.code_id,
                   st.area_id,
                   st.id AS statement_id,
                   st.polarity AS statement_kind,
                   COALESCE(n.good_count, 0) AS good_count,
                   COALESCE(n.not_yet_count, 0) AS not_yet_count,
                   COALESCE(n.older_count, 0) AS older_count,
                   COALESCE(n.waiting_count, 0) AS waiting_count,
                   COALESCE(n.source_count, 0) AS source_count,
                   COALESCE(n.perspective_count, 0) AS perspective_count,
                   n.last_seen,
                   CASE WHEN n.last_seen IS NULL THEN 'nothing'
                        WHEN n.source_count = 0 THEN 'stale'
                        WHEN n.source_count = 1 THEN 'single'
                        ELSE 'fresh'
                   END AS coverage
              FROM dupq_service s
        CROSS JOIN dupq_code_statement st
              JOIN dupq_code c ON c.id = st.code_id AND c.state = 'active'
         LEFT JOIN regions r ON r.service_id = s.id
         LEFT JOIN counted n ON n.service_id = s.id AND n.statement_id = st.id
             WHERE s.active
               AND st.polarity IN ('good', 'bad')
               AND (s.kind != 'region' OR n.service_id IS NOT NULL)
            """,
            regions=self._get_regions_query(),
            counted=self._get_counted_query(),
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

    def _get_counted_query(self):
        """What each service shows for each statement: only where it shows any."""
        return SQL(
            """
            SELECT e.service_id,
                   rel.statement_id,
                   COUNT(*) FILTER (WHERE %(fresh)s AND e.polarity = 'good')
                       AS good_count,
                   COUNT(*) FILTER (WHERE %(fresh)s AND e.polarity = 'not_yet')
                       AS not_yet_count,
                   COUNT(*) FILTER (WHERE e.state = 'accepted' AND NOT %(new)s)
                       AS older_count,
                   COUNT(*) FILTER (WHERE e.state = 'proposed') AS waiting_count,
                   COUNT(DISTINCT e.source_type) FILTER (WHERE %(fresh)s)
                       AS source_count,
                   COUNT(DISTINCT e.perspective_id) FILTER (WHERE %(fresh)s)
                       AS perspective_count,
                   MAX(e.date_seen) FILTER (WHERE e.state = 'accepted') AS last_seen
              FROM dupq_evidence e
              JOIN dupq_evidence_statement_rel rel ON rel.evidence_id = e.id
             WHERE e.state IN ('accepted', 'proposed')
               AND e.sensitivity = 'normal'
          GROUP BY e.service_id, rel.statement_id
            """,
            fresh=SQL("(e.state = 'accepted' AND %s)", self._get_new_clause()),
            new=self._get_new_clause(),
        )

    def _get_new_clause(self):
        limit = self.env["dupq.evidence"]._get_fresh_limit()
        return SQL("(e.date_seen > %s)", limit)

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
        domain &= Domain("sensitivity", "=", "normal")
        return domain & Domain.OR(
            Domain("service_id", "=", service.id)
            & Domain("statement_ids", "in", rows.statement_id.ids)
            for service, rows in self.grouped("service_id").items()
        )

    def _prepare_item_defaults(self):
        if len(self) != 1:
            return {}
        return {
            "default_service_id": self.service_id.id,
            "default_statement_ids": self.statement_id.ids,
            "default_polarity": "good",
        }
