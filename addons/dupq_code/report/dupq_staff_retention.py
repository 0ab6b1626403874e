from odoo import fields, models
from odoo.tools import SQL

from ..const import HR_OFFICERS
from .staff_sql import HIRED_DEPENDS, SERVICE_DEPENDS, get_service

WHO_KNOWS_NAMES = ",".join(HR_OFFICERS)


class DupqStaffRetention(models.Model):
    """Who stayed and who left, among those who were hired, matched or not (C37).

    One row for each applicant who became an employee. Who may not open applicants
    reads neither the employee nor the job: a job made for one person may tell whom.
    """

    _name = "dupq.staff.retention"
    _description = "Who stayed"
    _inherit = ["dupq.staff.row"]
    _auto = False
    _order = "date_hired desc, id desc"
    _rec_name = "date_hired"
    _depends = {**SERVICE_DEPENDS, **HIRED_DEPENDS}

    employee_id = fields.Many2one("hr.employee", readonly=True, groups=WHO_KNOWS_NAMES)
    job_id = fields.Many2one("hr.job", readonly=True, groups=WHO_KNOWS_NAMES)
    date_hired = fields.Date(string="Hired on", readonly=True)
    date_left = fields.Date(string="Left on", readonly=True)
    months = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Whole months until today, or until they left; none if nobody wrote down "
        "when they left.",
    )
    outcome = fields.Selection(
        [("stayed", "Still here"), ("left", "Left")], readonly=True
    )
    stayed = fields.Float(
        string="Still here (share)",
        readonly=True,
        aggregator="avg",
        help="1 for who is still here, else 0: its average is the share.",
    )
    match = fields.Selection(
        [
            ("matched", "Matched and chosen"),
            ("part", "Matched or chosen"),
            ("none", "Neither"),
        ],
        readonly=True,
        help="Matched: shares at least one wish of the people the job was made for. "
        "Chosen: they said yes, and it was followed.",
    )
    shared_count = fields.Integer(
        string="Shared wishes", readonly=True, aggregator="avg"
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH hired AS (
                SELECT a.id,
                       COALESCE(a.company_id, e.company_id) AS company_id,
                       %(service)s AS service_id,
                       a.employee_id,
                       a.job_id,
                       a.date_closed::date AS date_hired,
                       CASE WHEN v.departure_date <= %(today)s OR NOT e.active
                            THEN v.departure_date END AS date_left,
                       NOT e.active OR COALESCE(v.departure_date <= %(today)s, FALSE)
                           AS has_left,
                       COALESCE(a.dupq_shared_count, 0) AS shared_count,
                       COALESCE(a.dupq_shared_count, 0) > 0 AS is_matched,
                       COALESCE(a.dupq_choice_followed = 'followed', FALSE)
                           AS is_chosen
                  FROM hr_applicant a
                  JOIN hr_employee e ON e.id = a.employee_id
             LEFT JOIN hr_version v ON v.id = e.current_version_id
                 WHERE a.date_closed IS NOT NULL)
            SELECT id, company_id, service_id, employee_id, job_id, date_hired,
                   date_left, shared_count,
                   CASE WHEN has_left THEN 'left' ELSE 'stayed' END AS outcome,
                   CASE WHEN has_left THEN 0.0 ELSE 1.0 END AS stayed,
                   CASE WHEN is_matched AND is_chosen THEN 'matched'
                        WHEN is_matched OR is_chosen THEN 'part'
                        ELSE 'none' END AS match,
                   CASE WHEN NOT has_left OR date_left IS NOT NULL THEN GREATEST(
                       12 * EXTRACT(YEAR FROM age(until, date_hired))
                       + EXTRACT(MONTH FROM age(until, date_hired)), 0)::int
                   END AS months
              FROM (SELECT *, COALESCE(date_left, %(today)s) AS until FROM hired) h
            """,
            service=get_service(
                SQL("a.job_id"), SQL("a.department_id"), SQL("a.date_closed::date")
            ),
            today=SQL("%s::date", fields.Date.context_today(self)),
        )

    def _get_source(self):
        return self.env["hr.applicant"].browse(self.id)
