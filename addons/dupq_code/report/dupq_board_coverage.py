from odoo import api, fields, models
from odoo.tools import SQL

from ..models.dupq_board_seat import ROLES
from ..models.dupq_training_kind import NEEDED_BY
from .dupq_training_coverage import KINDS_PER_EMPLOYEE
from .dupq_training_staff import OF_DAY, RECORD_DEPENDS

LEADERS = ("for_leaders", "for_board")


class DupqBoardCoverage(models.Model):
    """Each training that somebody who leads needs on a day, and whether it is there.

    Whether they are employees or not (C42). The day is today, or
    `dupq_training_date` in the context. Who has two seats is there once.
    """

    _name = "dupq.board.coverage"
    _description = "Training of the board"
    _auto = False
    _order = "valid_until, id"
    _rec_name = "partner_id"
    _depends = {
        **RECORD_DEPENDS,
        "dupq.board.seat": [
            "company_id",
            "date_from",
            "date_to",
            "employee_id",
            "partner_id",
            "role",
        ],
        "dupq.board.training": ["done_on", "kind_id", "partner_id", "valid_until"],
        "dupq.training.kind": [
            *RECORD_DEPENDS["dupq.training.kind"],
            "active",
            "category",
            "company_id",
            "met_by_ids",
            "warn_days",
            *LEADERS,
        ],
    }

    partner_id = fields.Many2one("res.partner", string="Name", readonly=True)
    role = fields.Selection(ROLES, **OF_DAY)
    company_id = fields.Many2one("res.company", readonly=True)
    kind_id = fields.Many2one("dupq.training.kind", readonly=True)
    category = fields.Selection(related="kind_id.category")
    done_on = fields.Date(string="Last done on", **OF_DAY)
    valid_until = fields.Date(**OF_DAY)
    state = fields.Selection(
        [
            ("valid", "Valid"),
            ("expiring", "To be renewed soon"),
            ("expired", "Ran out"),
            ("never", "Never done"),
        ],
        string="Is it there?",
        **OF_DAY,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH seats AS (
                SELECT * FROM dupq_board_seat
                 WHERE date_from <= %(day)s
                   AND COALESCE(date_to, 'infinity') >= %(day)s
            ), records AS (
                SELECT s.partner_id, s.company_id, r.kind_id, r.done_on, r.valid_until
                  FROM (%(records)s) r
                  JOIN (SELECT DISTINCT partner_id, company_id, employee_id
                          FROM seats) s ON s.employee_id = r.employee_id
                 WHERE NOT r.is_unchecked
                 UNION ALL
                SELECT partner_id, company_id, kind_id, done_on, valid_until
                  FROM dupq_board_training
            ), held AS (
                SELECT r.partner_id, r.company_id, n.kind_id, max(r.done_on) AS done_on,
                       max(COALESCE(r.valid_until, 'infinity')) AS until
                  FROM records r
                  JOIN (SELECT id AS kind_id, id AS by_id FROM dupq_training_kind
                         UNION
                        SELECT kind_id, met_by_id
                          FROM dupq_training_kind_met_by_rel) n ON n.by_id = r.kind_id
                 WHERE r.done_on <= %(day)s
                 GROUP BY r.partner_id, r.company_id, n.kind_id
            )
            SELECT DISTINCT ON (s.partner_id, s.company_id, k.id)
                   s.id::bigint * %(factor)s + k.id AS id,
                   s.partner_id, s.role, s.company_id, k.id AS kind_id, h.done_on,
                   CASE WHEN h.until < 'infinity' THEN h.until END AS valid_until,
                   CASE WHEN h.until IS NULL THEN 'never'
                        WHEN h.until < %(day)s THEN 'expired'
                        WHEN h.until < %(day)s + COALESCE(k.warn_days, 0)
                             THEN 'expiring'
                        ELSE 'valid' END AS state
              FROM seats s
              JOIN dupq_training_kind k ON k.active AND %(needs)s
               AND (k.company_id IS NULL OR k.company_id = s.company_id)
         LEFT JOIN held h ON h.partner_id = s.partner_id AND h.kind_id = k.id
               AND h.company_id = s.company_id
             ORDER BY s.partner_id, s.company_id, k.id, s.id
            """,
            day=self.env["dupq.training.staff"]._get_day_sql(),
            records=self.env["hr.resume.line"]._get_dupq_all_records_sql(),
            factor=KINDS_PER_EMPLOYEE,
            needs=self._get_needs_sql(),
        )

    @api.model
    def _get_needs_sql(self):
        needs = [
            SQL(
                "(k.%s AND s.role = ANY(%s))",
                SQL.identifier(name),
                list(NEEDED_BY[name]),
            )
            for name in LEADERS
        ]
        return SQL("(%s)", SQL(" OR ").join(needs))
