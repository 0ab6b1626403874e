from odoo import fields, models


class HrEmployee(models.Model):
    """Knows the memberships, on which it depends who is known where."""

    _inherit = "hr.employee"

    dupq_member_ids = fields.One2many(
        "dupq.service.member", "employee_id", groups="hr.group_hr_user"
    )
