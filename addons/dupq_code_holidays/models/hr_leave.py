from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dupq_code.rota_sql import get_department_service, get_known_there


class HrLeave(models.Model):
    """Time off says who covered it, and whether the people there knew them."""

    _name = "hr.leave"
    # So that whoever approves may name employees without being HR.
    _inherit = ["hr.leave", "hr.mixin"]

    dupq_cover_ids = fields.Many2many(
        "hr.employee",
        "dupq_leave_cover_rel",
        "leave_id",
        "employee_id",
        string="Covered by",
        copy=False,
        groups="hr_holidays.group_hr_holidays_responsible",
        help="Who stood in at the service.",
    )
    dupq_is_known_cover = fields.Boolean(
        string="All known there",
        compute="_compute_dupq_is_known_cover",
        search="_search_dupq_is_known_cover",
        # Only whether: where colleagues work is not every reader's to know.
        compute_sudo=True,
        groups="hr_holidays.group_hr_holidays_responsible",
        help="Everybody who covered works in the department of the service, or was a "
        "member of it all the time.",
    )

    @api.depends(
        "request_date_from",
        "request_date_to",
        "employee_id.version_ids.department_id",
        "employee_id.dupq_member_ids.service_id",
        "dupq_cover_ids.version_ids.department_id",
        "dupq_cover_ids.dupq_member_ids.service_id",
    )
    def _compute_dupq_is_known_cover(self):
        mine = Domain("id", "in", self.ids)
        known = self.search(mine & Domain("dupq_is_known_cover", "=", True))
        for leave in self:
            leave.dupq_is_known_cover = leave._origin in known

    @api.model
    def _search_dupq_is_known_cover(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo does not ask this of a field that is only searched.
        self._check_field_access(self._fields["dupq_is_known_cover"], "read")
        known = Domain.custom(to_sql=self._get_known_cover_sql)
        found = [known] if True in value else []
        return Domain.OR([*found, *([~known] if False in value else ())])

    def _get_known_cover_sql(self, _model, alias, _query):
        """In SQL because everything is asked of a day, which differs by line."""
        self.env.flush_all()
        first = SQL.identifier(alias, "request_date_from")
        last = SQL.identifier(alias, "request_date_to")
        absent = SQL.identifier(alias, "employee_id")
        return SQL(
            """(SELECT bool_and(%(known)s)
                  FROM dupq_leave_cover_rel cover
            CROSS JOIN (SELECT COALESCE(%(worked)s, %(belonged)s) AS id) service
                 WHERE cover.leave_id = %(leave)s) IS TRUE""",
            known=get_known_there(
                SQL.identifier("cover", "employee_id"),
                SQL.identifier("service", "id"),
                first,
                last,
            ),
            worked=get_department_service(absent, last),
            belonged=SQL(
                "(SELECT m.service_id FROM dupq_service_member m WHERE m.employee_id = "
                "%(absent)s AND m.date_from <= %(last)s AND (m.date_to IS NULL OR "
                "m.date_to >= %(last)s) ORDER BY m.date_from, m.id LIMIT 1)",
                absent=absent,
                last=last,
            ),
            last=last,
            leave=SQL.identifier(alias, "id"),
        )
