from odoo import api, fields, models
from odoo.tools import SQL

from ..models.dupq_training_kind import NEEDED_BY
from .dupq_training_staff import (
    OF_DAY,
    RECORD_DEPENDS,
    STAFF_DEPENDS,
    WHO_KNOWS_NAMES,
)

KINDS_PER_EMPLOYEE = 10_000
# The answers of which something is missing, or soon will be.
TO_RENEW = ("never", "expired", "expiring")


class DupqTrainingCoverage(models.Model):
    """Each training that an employee needs on a day, and whether they have it.

    Needed, because of a role they had on the day; valid, soon to be renewed, run out,
    or never done. The day is today, or `dupq_training_date` in the context.
    """

    _name = "dupq.training.coverage"
    _description = "Training coverage"
    _auto = False
    _order = "valid_until, id"
    _rec_name = "kind_id"
    _depends = {
        **STAFF_DEPENDS,
        **RECORD_DEPENDS,
        "dupq.training.kind": [
            *RECORD_DEPENDS["dupq.training.kind"],
            "active",
            "company_id",
            "for_everyone",
            "met_by_ids",
            "warn_days",
            *NEEDED_BY,
        ],
    }

    employee_id = fields.Many2one("hr.employee", groups=WHO_KNOWS_NAMES, readonly=True)
    kind_id = fields.Many2one("dupq.training.kind", readonly=True)
    category = fields.Selection(related="kind_id.category")
    company_id = fields.Many2one("res.company", **OF_DAY)
    service_id = fields.Many2one("dupq.service", **OF_DAY)
    department_id = fields.Many2one("hr.department", string="Team", **OF_DAY)
    done_on = fields.Date(string="Last done on", aggregator="max", **OF_DAY)
    valid_until = fields.Date(aggregator="min", **OF_DAY)
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
    is_unchecked = fields.Boolean(
        string="Said by themselves, not checked",
        help="There would be one, or one for longer, once somebody has checked it.",
        **OF_DAY,
    )
    share = fields.Float(
        string="Valid (share)",
        aggregator="avg",
        help="1 or 0: its average is the share of what is needed.",
        **OF_DAY,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT p.employee_id::bigint * %(factor)s + k.id AS id,
                   p.employee_id, p.company_id, p.service_id, p.department_id,
                   k.id AS kind_id, h.done_on,
                   CASE WHEN h.until < 'infinity' THEN h.until END AS valid_until,
                   CASE WHEN h.until IS NULL THEN 'never'
                        WHEN h.until < %(day)s THEN 'expired'
                        WHEN h.until < %(day)s + COALESCE(k.warn_days, 0)
                             THEN 'expiring'
                        ELSE 'valid' END AS state,
                   COALESCE(h.said >= %(day)s AND (h.until IS NULL
                            OR h.until < %(day)s + COALESCE(k.warn_days, 0)
                               AND h.said > h.until), FALSE) AS is_unchecked,
                   CASE WHEN h.until >= %(day)s THEN 1.0 ELSE 0.0 END AS share
              FROM (%(people)s) p
              JOIN dupq_training_kind k ON k.active AND %(needs)s
               AND (k.company_id IS NULL OR k.company_id = p.company_id)
         LEFT JOIN (SELECT r.employee_id, n.kind_id,
                           max(r.done_on) FILTER (WHERE NOT r.is_unchecked) AS done_on,
                           max(COALESCE(r.valid_until, 'infinity'))
                               FILTER (WHERE NOT r.is_unchecked) AS until,
                           max(COALESCE(r.valid_until, 'infinity'))
                               FILTER (WHERE r.is_unchecked) AS said
                      FROM (%(records)s) r
                      JOIN (SELECT id AS kind_id, id AS by_id FROM dupq_training_kind
                             UNION
                            SELECT kind_id, met_by_id
                              FROM dupq_training_kind_met_by_rel) n
                        ON n.by_id = r.kind_id
                     WHERE r.done_on <= %(day)s
                     GROUP BY r.employee_id, n.kind_id) h
                ON h.employee_id = p.employee_id AND h.kind_id = k.id
            """,
            factor=KINDS_PER_EMPLOYEE,
            day=self.env["dupq.training.staff"]._get_day_sql(),
            people=self.env["dupq.training.staff"]._get_people_sql(),
            records=self.env["hr.resume.line"]._get_dupq_all_records_sql(),
            needs=self._get_needs_sql(),
        )

    @api.model
    def _get_needs_sql(self):
        """SQL: whether somebody with these roles needs the kind."""
        needs = [
            SQL(
                "(k.%s AND p.roles && %s::varchar[])", SQL.identifier(name), list(roles)
            )
            for name, roles in NEEDED_BY.items()
        ]
        return SQL("(k.for_everyone OR %s)", SQL(" OR ").join(needs))

    def action_open_records(self):
        """Show what the employee has had of this kind."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_training_fact_action"
        )
        kinds = self.kind_id | self.kind_id.met_by_ids
        # Who reads the row may know whose it is: themselves, or staff of theirs.
        employee = self.sudo().employee_id
        return action | {
            "domain": [
                ("kind_id", "in", kinds.ids),
                ("id", "in", self._get_fact_ids(employee, kinds)),
            ],
            "context": {},
        }

    @api.model
    def _get_fact_ids(self, employee, kinds):
        # Which rows they are; each asks its own rules when it is read.
        facts_sudo = self.env["dupq.training.fact"].sudo()
        return facts_sudo.search(
            [("employee_id", "=", employee.id), ("kind_id", "in", kinds.ids)]
        ).ids
