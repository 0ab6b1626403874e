from odoo import api, fields, models
from odoo.tools import SQL

from ..const import MANAGER

# Rows of a day: what they hold depends on the day that is asked for.
OF_DAY = {"readonly": True, "depends_context": ("dupq_training_date",)}
WHO_KNOWS_NAMES = f"{MANAGER},hr.group_hr_user"
# What says who worked where on a day, for `_depends`.
STAFF_DEPENDS = {
    "dupq.board.seat": ["date_from", "date_to", "employee_id", "role"],
    "dupq.service": ["active", "department_id"],
    "dupq.service.member": [
        "date_from",
        "date_to",
        "employee_id",
        "role",
        "service_id",
        "user_id",
    ],
    "hr.department": ["parent_id"],
    "hr.employee": ["active", "company_id", "current_version_id", "user_id"],
    "hr.version": ["active", "date_version", "departure_date", "department_id"],
}
# What a training record says, for `_depends`.
RECORD_DEPENDS = {
    "dupq.training.kind": ["is_person_centred", "renewal_months"],
    "hr.employee.skill": [
        "dupq_is_unchecked",
        "dupq_kind_id",
        "employee_id",
        "valid_from",
        "valid_to",
    ],
    "hr.resume.line": [
        "date_end",
        "date_start",
        "dupq_expires_on",
        "dupq_is_unchecked",
        "dupq_kind_id",
        "employee_id",
        "line_type_id",
    ],
}


class DupqTrainingStaff(models.Model):
    """Each employee of a day: is their training about people, or generic only? (C38)

    The day is today, or `dupq_training_date` in the context. Who had left by then, or
    was archived before, is not counted.
    """

    _name = "dupq.training.staff"
    _description = "Staff and person-centred training"
    _auto = False
    _order = "service_id, id"
    _rec_name = "service_id"
    _depends = {**STAFF_DEPENDS, **RECORD_DEPENDS, "dupq.training.about": ["person_id"]}

    employee_id = fields.Many2one("hr.employee", groups=WHO_KNOWS_NAMES, readonly=True)
    company_id = fields.Many2one("res.company", **OF_DAY)
    service_id = fields.Many2one("dupq.service", **OF_DAY)
    department_id = fields.Many2one("hr.department", string="Team", **OF_DAY)
    state = fields.Selection(
        [
            ("centred", "Centred on the person"),
            ("generic", "Generic only"),
            ("none", "No training"),
        ],
        string="Training",
        help="Among what was valid on the day, and does not wait to be checked.",
        **OF_DAY,
    )
    share = fields.Float(
        string="Centred on the person (share)",
        aggregator="avg",
        help="1 or 0: its average is the share of staff.",
        **OF_DAY,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT p.employee_id AS id, p.employee_id, p.company_id, p.service_id,
                   p.department_id,
                   CASE WHEN h.is_centred THEN 'centred'
                        WHEN h.employee_id IS NOT NULL THEN 'generic'
                        ELSE 'none' END AS state,
                   CASE WHEN h.is_centred THEN 1.0 ELSE 0.0 END AS share
              FROM (%(people)s) p
         LEFT JOIN (SELECT r.employee_id, bool_or(r.is_centred) AS is_centred
                      FROM (%(records)s) r
                     WHERE r.done_on <= %(day)s AND NOT r.is_unchecked
                       AND COALESCE(r.valid_until, 'infinity') >= %(day)s
                     GROUP BY r.employee_id) h ON h.employee_id = p.employee_id
            """,
            people=self._get_people_sql(),
            records=self.env["dupq.training.fact"]._get_rows_sql(),
            day=self._get_day_sql(),
        )

    # === SHARED WITH THE OTHER FIGURES === #

    @api.model
    def _get_day(self):
        """The day that is asked for; today unless the context has one."""
        asked = fields.Date.to_date(self.env.context.get("dupq_training_date"))
        return asked or fields.Date.context_today(self)

    @api.model
    def _get_day_sql(self):
        return SQL("%s::date", self._get_day())

    @api.model
    def _get_people_sql(self):
        """SQL of each employee of the day: where they worked, and in which roles.

        In which service is said as in the ledger: that of the department of the day,
        else the oldest membership of the day.
        """
        return SQL(
            """
            SELECT e.id AS employee_id, e.company_id, v.department_id,
                   COALESCE(d.service_id, m.service_id) AS service_id,
                   COALESCE(m.roles, '{}'::varchar[]) || ARRAY(
                       SELECT b.role FROM dupq_board_seat b
                        WHERE b.employee_id = e.id AND b.date_from <= %(day)s
                          AND COALESCE(b.date_to, 'infinity') >= %(day)s) AS roles
              FROM hr_employee e
              JOIN LATERAL (
                    SELECT v.department_id FROM hr_version v
                     WHERE v.employee_id = e.id AND v.active
                       AND v.date_version <= %(day)s
                     ORDER BY v.date_version DESC LIMIT 1) v ON TRUE
         LEFT JOIN hr_version c ON c.id = e.current_version_id
         LEFT JOIN (%(departments)s) d ON d.department_id = v.department_id
         LEFT JOIN LATERAL (
                    SELECT (array_agg(m.service_id ORDER BY m.date_from, m.id))[1]
                               AS service_id,
                           array_agg(m.role) AS roles
                      FROM dupq_service_member m
                     WHERE (m.employee_id = e.id
                            OR m.employee_id IS NULL AND m.user_id = e.user_id
                               AND m.company_id = e.company_id)
                       AND m.date_from <= %(day)s
                       AND COALESCE(m.date_to, 'infinity') >= %(day)s) m ON TRUE
             WHERE CASE WHEN e.active
                        THEN COALESCE(c.departure_date, 'infinity') >= %(day)s
                        ELSE c.departure_date > %(day)s END
            """,
            day=self._get_day_sql(),
            departments=self.env["dupq.evidence.rule"]._get_departments_query(),
        )
