from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .test_training_coverage import CoverageCommon

CHASE = "odoo.addons.dupq_code.models.dupq_training_chase"


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

    def _run(self, batch=100):
        cron = self.env.ref("dupq_code.dupq_training_chase_cron")
        cron.code = f"model._cron_chase(batch={batch})"
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _employ(self, number):
        """Support workers whose manager is told what they lack."""
        people = self.env["hr.employee"].concat(
            *(
                self._create_employee(
                    f"Employee {i}", parent_id=self.manager_employee.id
                )
                for i in range(number)
            )
        )
        self.env["dupq.service.member"].create(
            [{"service_id": self.service.id, "employee_id": one.id} for one in people]
        )
        return people

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
            self._run()
            self.assertEqual(self._todo().user_id, self.user_manager)
            self.assertEqual(len(self._todo()), 1)
        course = self._train(months_ago=11)
        self._run()
        self.assertEqual(len(self._todo()), 1, "Soon over: that is another one.")
        self.assertEqual(self._todo().date_deadline, course.dupq_valid_until)
        self._todo().action_feedback()
        for _run in range(2):
            self._run()
            self.assertFalse(self._todo(), "Done is done.")
        self._train(months_ago=1)
        self._run()
        self.assertFalse(self._todo())
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_the_to_do_goes_when_the_training_is_there(self):
        self._run()
        self.assertTrue(self._todo())
        self._train()
        self._run()
        self.assertFalse(self._todo())

    def test_nobody_is_told_of_who_left_or_of_kinds_that_are_not_chased(self):
        self.robin.active = False
        self._run()
        self.assertFalse(self._todo())
        self.robin.active = True
        self.safeguarding.is_chased = False
        self._run()
        self.assertFalse(self._todo())

    def test_without_a_manager_of_their_own_the_nearest_of_the_service_is_told(self):
        self.robin.parent_id = False
        head = self._create_user("head", "service_manager")
        self._create_member(self.region, head, role="manager")
        self._run()
        self.assertEqual(self._todo().user_id, self.user_manager, "Nearer.")
        self.user_manager.active = False
        self.env["dupq.training.chase"].search([]).unlink()
        self._todo().unlink()
        self._run()
        self.assertEqual(self._todo().user_id, head)

    def test_nobody_is_told_of_themselves(self):
        self.robin.parent_id = False
        self.manager_employee.user_id = False
        self.robin.user_id = self.user_manager
        self._run()
        self.assertFalse(self._todo())
        self.assertFalse(self.chase.search([]), "Tried again when there is somebody.")

    def test_telling_of_many_takes_no_more_queries(self):
        def tell(number):
            people = self._employ(number)
            count = self._count_queries(self._run, rounds=1)
            self.assertTrue(all(self._todo(one) for one in people))
            return count

        few = min(tell(2) for _try in range(3))
        self.assertLessEqual(tell(20), few + 5)

    def test_batches_reach_the_last_one(self):
        people = self._employ(5) | self.robin
        self._run(batch=2)
        self.assertTrue(all(len(self._todo(one)) == 1 for one in people))
        for one in people:
            self._train(employee=one)
        self._run(batch=2)
        self.assertFalse(any(self._todo(one) for one in people))

    def test_one_that_cannot_be_told_of_holds_up_no_other(self):
        people = self._employ(4)
        bad = people[1]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "ALTER TABLE dupq_training_chase ADD CONSTRAINT bad_for_a_test"
                " CHECK (employee_id <> %s)",
                bad.id,
            )
        )
        with mute_logger("odoo.sql_db"), self.assertLogs(CHASE, "ERROR") as logs:
            self._run(batch=3)
        self.assertIn(str(bad), logs.output[0])
        self.assertEqual(len(logs.output), 1)
        for one in people | self.robin:
            self.assertEqual(len(self._todo(one)), int(one != bad), one.name)
        self.env.cr.execute(
            "ALTER TABLE dupq_training_chase DROP CONSTRAINT bad_for_a_test"
        )
        self._run()
        self.assertEqual(len(self._todo(bad)), 1, "Told when it could be.")

    def test_what_the_employee_says_is_done_is_to_be_checked(self):
        self.robin.user_id = self.user_worker
        course = self._train()
        course.dupq_is_unchecked = True
        self._run()
        self.assertIn("Training to check: Safeguarding", self._todo().summary)
        course.with_user(self.user_manager).action_dupq_check()
        self._run()
        self.assertFalse(self._todo())
