from datetime import timedelta

from odoo.fields import Command

from odoo.addons.dupq_code.tests.common_rule_shipped import ShippedCommon


class TimeOffCommon(ShippedCommon):
    """Time off of somebody in the department of a service, and who may cover it."""

    _module = "dupq_code_holidays"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_hr.group_ids += cls.env.ref("hr_holidays.group_hr_holidays_user")
        cls.kind = cls.env["hr.leave.type"].create(
            {
                "name": "Away",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
            }
        )
        cls.first = cls.today - timedelta(days=9)
        cls.last = cls.today - timedelta(days=5)
        cls.colleague = cls._create_someone("Rowan Pellew", cls.department)
        cls.stranger = cls._create_someone("Sorrel Ibekwe", cls.other_department)

    @classmethod
    def _create_someone(cls, name, department=None):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "department_id": department and department.id,
                "date_version": "2020-01-01",
            }
        )

    @classmethod
    def _create_membership(cls, employee, service=None, **values):
        return cls.env["dupq.service.member"].create(
            {
                "service_id": (service or cls.service).id,
                "employee_id": employee.id,
                "date_from": "2021-01-01",
                **values,
            }
        )

    def _create_leave(self, cover=None, **values):
        """Approved time off of somebody new, which may be changed afterwards."""
        leaves = self.env["hr.leave"].with_context(leave_skip_state_check=True)
        return leaves.create(
            {
                "employee_id": self._create_employee().id,
                "holiday_status_id": self.kind.id,
                "request_date_from": self.first,
                "request_date_to": self.last,
                "dupq_cover_ids": [
                    Command.set((self.colleague if cover is None else cover).ids)
                ],
                **values,
            }
        )
