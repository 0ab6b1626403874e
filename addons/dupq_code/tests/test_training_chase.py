from odoo.tests import tagged

from .test_training_coverage import CoverageCommon


@tagged("post_install", "-at_install")
class TestTrainingChase(CoverageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chase = cls.env["dupq.training.chase"]
        cls.manager_employee.active = True
        cls.env["hr.employee"].search(
            [("id", "not in", (cls.robin | cls.manager_employee).ids)]
        ).active = False
        cls.safeguarding.write({"is_chased": True, "for_everyone": False})
        cls.safeguarding.for_workers = True
        cls.member = cls.env["dupq.service.member"].create(
            {
                "service_id": cls.service.id,
                "employee_id": cls.robin.id,
                "date_from": "2021-01-01",
            }
        )

    def _todo(self, employee=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "hr.employee"),
                ("res_id", "=", (employee or self.robin).id),
                ("summary", "like", "Safeguarding"),
            ]
        )

    def test_the_manager_is_told_once_for_each_renewal_and_not_by_mail(self):
        mails = self.env["mail.mail"].search_count([])
        for _run in range(3):
            self.chase._cron_chase()
            self.assertEqual(self._todo().user_id, self.user_manager)
            self.assertEqual(len(self._todo()), 1)
        course = self._train(months_ago=11)
        self.chase._cron_chase()
        self.assertEqual(len(self._todo()), 1, "Soon over: that is another one.")
        self.assertEqual(self._todo().date_deadline, course.dupq_valid_until)
        self._todo().action_feedback()
        for _run in range(2):
            self.chase._cron_chase()
            self.assertFalse(self._todo(), "Done is done.")
        self._train(months_ago=1)
        self.chase._cron_chase()
        self.assertFalse(self._todo())
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_the_to_do_goes_when_the_training_is_there(self):
        self.chase._cron_chase()
        self.assertTrue(self._todo())
        self._train()
        self.chase._cron_chase()
        self.assertFalse(self._todo())

    def test_nobody_is_told_of_who_left_or_of_kinds_that_are_not_chased(self):
        self.robin.active = False
        self.chase._cron_chase()
        self.assertFalse(self._todo())
        self.robin.active = True
        self.safeguarding.is_chased = False
        self.chase._cron_chase()
        self.assertFalse(self._todo())

    def test_without_a_manager_of_their_own_the_nearest_of_the_service_is_told(self):
        self.robin.parent_id = False
        head = self._create_user("head", "service_manager")
        self._create_member(self.region, head, role="manager")
        self.chase._cron_chase()
        self.assertEqual(self._todo().user_id, self.user_manager, "Nearer.")
        self.user_manager.active = False
        self.env["dupq.training.chase"].search([]).unlink()
        self._todo().unlink()
        self.chase._cron_chase()
        self.assertEqual(self._todo().user_id, head)

    def test_nobody_is_told_of_themselves(self):
        self.robin.parent_id = False
        self.manager_employee.user_id = False
        self.robin.user_id = self.user_manager
        self.chase._cron_chase()
        self.assertFalse(self._todo())
        self.assertFalse(self.chase.search([]), "Tried again when there is somebody.")

    def test_telling_of_many_takes_no_more_queries(self):
        def tell(number):
            people = self.env["hr.employee"].concat(
                *(
                    self._create_employee(
                        f"Employee {i}", parent_id=self.manager_employee.id
                    )
                    for i in range(number)
                )
            )
            self.env["dupq.service.member"].create(
                [
                    {"service_id": self.service.id, "employee_id": one.id}
                    for one in people
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.chase._cron_chase()
            self.env.flush_all()
            count = self.env.cr.sql_log_count - before
            self.assertTrue(all(self._todo(one) for one in people))
            return count

        few = min(tell(2) for _try in range(3))
        self.assertLessEqual(tell(20), few + 5)
