from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DupqCommon


@tagged("post_install", "-at_install")
class TestServiceMember(DupqCommon):
    def test_member_reads_own_service_only(self):
        found = self.env["dupq.service"].with_user(self.user_worker).search([])
        self.assertIn(self.service, found)
        self.assertNotIn(self.other_service, found)
        with self.assertRaises(AccessError):
            self.other_service.with_user(self.user_worker).read(["name"])

    def test_membership_of_a_region_reaches_the_services_below(self):
        user = self._create_user("regional", "service_manager")
        self._create_member(self.region, user, role="manager")
        found = self.env["dupq.service"].with_user(user).search([])
        self.assertEqual(found, self.region | self.service)
        self.service.with_user(user).name = "Number 12"

    def test_support_worker_cannot_change_own_service(self):
        with self.assertRaises(AccessError):
            self.service.with_user(self.user_worker).name = "Mine"

    def test_access_ends_the_day_after_membership_ends(self):
        today = fields.Date.today()
        user = self._create_user("leaver", "support_worker")
        self._create_member(self.service, user, date_to=today)
        self.assertTrue(self.service.with_user(user).is_mine)
        self.assertTrue(self.env["dupq.service"].with_user(user).search([]))
        with freeze_time(today + timedelta(days=1)):
            self.env.invalidate_all()
            self.assertFalse(self.service.with_user(user).is_mine)
            self.assertFalse(self.env["dupq.service"].with_user(user).search([]))

    def test_membership_of_an_employee_follows_the_login(self):
        employee = self.env["hr.employee"].create({"name": "Newcomer"})
        self._create_member(
            self.service, self.env["res.users"], employee_id=employee.id
        )
        services = self.env["dupq.service"]
        first, second = (
            self._create_user(login, "support_worker") for login in ("first", "second")
        )
        self.assertFalse(services.with_user(first).search([]))
        for login, seen in (
            (first, [1, 0]),
            (second, [0, 1]),
            (first.browse(), [0, 0]),
        ):
            employee.user_id = login
            found = [
                services.with_user(user).search_count([]) for user in (first, second)
            ]
            self.assertEqual(found, seen)

    def test_manager_cannot_make_managers(self):
        member_model = self.env["dupq.service.member"].with_user(self.user_manager)
        values = {"service_id": self.service.id, "user_id": self.user_internal.id}
        self.assertTrue(member_model.create({**values, "role": "relief"}))
        with self.assertRaises(AccessError):
            member_model.create({**values, "role": "manager"})
