from odoo.tests import tagged

from odoo.addons.dupq_code.tests.common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestRotaWeekTimeOff(RotaCommon):
    def test_nobody_who_is_away_is_proposed_instead_of_a_stranger(self):
        stranger = self._create_employee("Dev Example")
        self.env["dupq.service.member"].create(
            {
                "service_id": self.service.id,
                "employee_id": self.bo.id,
                "date_from": "2025-01-01",
            }
        )
        self._shift(stranger, "2025-06-05 09:00", "2025-06-05 17:00", self.person)
        week = self.env["dupq.rota.week"].with_user(self.user_planner)
        options = {"week": "2025-06-05", "service_id": self.service.id}

        def stand_in():
            self.env.invalidate_all()
            [shift] = week.get_week(options)["days"][3]["shifts"]
            return shift["stand_in"]

        self.assertEqual(stand_in()["name"], "Bo Example")
        kind = self.env["hr.leave.type"].create(
            {"name": "Away", "requires_allocation": False}
        )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.bo.id,
                "holiday_status_id": kind.id,
                "request_date_from": "2025-06-04",
                "request_date_to": "2025-06-06",
            }
        )
        self.assertFalse(stand_in())
        leave.action_refuse()
        self.assertEqual(stand_in()["name"], "Bo Example")
