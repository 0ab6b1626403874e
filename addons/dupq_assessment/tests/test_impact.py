from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestImpact(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment, cls.publication = cls._publish()
        cls.first, cls.second = cls.assessment.impact_ids.sorted("date_due")
        cls.cron = cls.env.ref("dupq_assessment.dupq_impact_cron")

    def _ask_on(self, **after):
        day = self.today + relativedelta(hours=12, **after)
        with freeze_time(day), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _tell(self, impact=None, **values):
        (impact or self.first).write(
            {
                "has_changed": "partly",
                "what_changed": "Two people come on Saturdays.",
                "for_group_ids": self.people.ids,
                "told_by_group_ids": self.people.ids,
                **values,
            }
        )

    def test_it_is_asked_after_three_and_six_months(self):
        self.assertRecordValues(
            self.first | self.second,
            [
                {"months": "3", "date_due": self.today + relativedelta(months=3)},
                {"months": "6", "date_due": self.today + relativedelta(months=6)},
            ],
        )

    def test_a_correction_does_not_ask_again(self):
        self.assessment._take("correct", reason="A mistake")
        self.assessment.change_note = "Corrected"
        self.assessment._take("complete")
        self.assessment._take("publish")
        self.assertEqual(len(self.assessment.impact_ids), 2)

    def test_lead_gets_one_task_and_one_mail_for_each(self):
        mails = self.env["mail.mail"].search_count([])
        self._ask_on(months=3, days=-1)
        self.assertFalse(self.first.activity_ids)
        for days in (0, 1, 30):
            self._ask_on(months=3, days=days)
        self.assertEqual(self.first.activity_ids.user_id, self.user_manager)
        self.assertEqual(len(self.first.activity_ids), 1)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 1)
        self.assertFalse(self.second.activity_ids)
        self._ask_on(months=6)
        self.assertEqual(len(self.second.activity_ids), 1)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 2)

    def test_what_is_told_before_is_not_asked(self):
        self._tell()
        self.first.action_show()
        self._ask_on(months=3, days=1)
        self.assertFalse(self.first.activity_ids)

    def test_it_is_shown_once_those_affected_have_told(self):
        table = [
            ({"what_changed": " "}, "has changed, and what"),
            ({"told_by_group_ids": [(5,)]}, "who told you"),
            ({"told_by_group_ids": [(6, 0, self.managers.ids)]}, self.people.name),
        ]
        for values, words in table:
            with self.subTest(words):
                self._tell(**values)
                self.assertRefused(self.first.action_show, words)
        self._tell()
        self.first.with_user(self.user_manager).action_show()
        self.assertEqual(self.first.state, "public")

    def test_nothing_is_shown_beside_a_report_that_is_not_out(self):
        assessment = self._fill(self._create_assessment(service_id=self.service.id))
        impact = assessment.impact_ids.create({"assessment_id": assessment.id})
        self._tell(impact)
        self.assertRefused(impact.action_show, "Nothing is published yet")

    def test_nobody_is_asked_about_a_report_that_is_taken_up_again(self):
        self.assessment._take("correct", reason="A mistake")
        self._ask_on(months=6)
        self.assertFalse((self.first | self.second).activity_ids)

    def test_what_is_public_stays_with_its_report_and_its_day(self):
        other, _publication = self._publish(service_id=self.other_service.id)
        self._tell()
        self.first.action_show()
        for values in ({"months": "other"}, {"assessment_id": other.id}):
            self.assertRefused(self.first.write, "This is public", values)

    def test_live_strip_shows_what_is_public_and_nothing_else(self):
        self._tell()
        self._tell(self.second, what_changed="Not yet public.")
        self.assertFalse(self.publication._get_progress()["impacts"])
        self.first.action_show()
        (shown,) = self.publication._get_progress()["impacts"]
        self.assertEqual(shown["changed"], ["Two people come on Saturdays."])
        self.assertIn(self.people.name, shown["told"])
        self.assertTrue(self.publication.is_genuine)

    def test_what_is_public_is_corrected_by_a_quality_lead_with_a_reason(self):
        self._tell()
        self.first.action_show()
        with self.assertRaises(UserError):
            self.first.what_changed = "Everything is well."
        with self.assertRaises(UserError):
            self.first.with_user(self.user_manager)._take("correct", reason="Wrong")
        self.first.with_user(self.user_quality)._take("correct", reason="Wrong")
        self.assertFalse(self.publication._get_progress()["impacts"])

    def test_each_role_reaches_what_the_table_says(self):
        everywhere = {"quality": "ru", "admin": "rud", "board": "r"}
        other, _publication = self._publish(service_id=self.other_service.id)
        self.assertRecordTable(
            {
                self.first: {**everywhere, "worker": "r", "manager": "ru"},
                other.impact_ids[0]: everywhere,
            }
        )

    def test_only_managers_show_it(self):
        self._tell()
        for user in (self.user_worker, self.user_board):
            with self.assertRaises(UserError):
                self.first.with_user(user).action_show()

    def test_many_are_asked_in_one_run(self):
        for number in range(3):
            service = self._create_service(name=f"House {number}")
            self._publish(service_id=service.id)
        self.assertEqual(
            len(self.env["dupq.assessment.impact"].search([])), 8 + self._others()
        )
        self._ask_on(months=3, days=1)
        due = self.env["dupq.assessment.impact"].search(
            [("date_due", "<=", self.today + timedelta(days=95))]
        )
        self.assertTrue(all(due.mapped("date_asked")))

    def _others(self):
        """What stands in the database beside what this test made."""
        mine = self.env["dupq.service"].search([("name", "=like", "House _")])
        known = self.env["dupq.assessment.impact"].search([])
        ours = known.filtered(
            lambda one: (
                one.assessment_id.service_id in mine
                or one.assessment_id == self.assessment
            )
        )
        return len(known - ours)
