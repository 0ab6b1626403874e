from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DupqCommon


@tagged("post_install", "-at_install")
class TestPractice(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.user_leader = cls._create_user("leader", "support_worker")
        cls.leader = cls._create_member(
            cls.service, cls.user_leader, role="practice_leader"
        )
        cls.worker = cls.service.member_ids.filtered(
            lambda m: m.user_id == cls.user_worker
        )

    def _log(self, user=None, **values):
        model = self.env["dupq.practice.observation"].with_user(
            user or self.user_leader
        )
        return model.create(
            {"service_id": self.service.id, "seen": "Waited for an answer.", **values}
        )

    def _gap(self, service=None, day=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["dupq.practice.coverage"].with_user(user or self.user_board)
        if day:
            rows = rows.with_context(dupq_training_date=str(day))
        return rows.browse((service or self.service).id).gap

    def test_a_practice_leader_logs_it_with_two_answers(self):
        with Form(
            self.env["dupq.practice.observation"].with_user(self.user_leader)
        ) as form:
            form.seen = "Cooked together instead of for."
        record = form.record
        self.assertEqual(
            (record.service_id, record.leader_id, record.date, record.kind),
            (self.service, self.user_leader, self.today, "observation"),
        )

    def test_who_leads_no_practice_there_logs_none(self):
        """Else a colleague's word would count as what managers say."""
        self.assertRefused(self._log, "", self.user_worker, error=AccessError)
        self.leader.date_to = self.today - timedelta(days=1)
        self.leader.date_from = self.today - timedelta(days=9)
        self._create_member(self.service, self.user_leader)
        self.assertRefused(self._log, "", error=AccessError)

    def test_nothing_is_seen_on_a_day_to_come_or_of_somebody_from_elsewhere(self):
        tomorrow = self.today + timedelta(days=1)
        self.assertRefused(
            self._log, "day to come", date=tomorrow, error=ValidationError
        )
        other = self._create_member(self.other_service, self.user_manager)
        self.assertRefused(
            self._log,
            "does not work at",
            user=self.env.user,
            member_ids=[Command.set(other.ids)],
            error=ValidationError,
        )

    def test_what_comes_next_is_looked_at_again(self):
        log = self._log(follow_up="Breakfast.", follow_up_date=self.today)
        due = [("id", "=", log.id), ("is_follow_up_due", "=", True)]
        self.assertTrue(log.is_follow_up_due)
        self.assertEqual(log.search(due), log)
        log.action_followed_up()
        self.assertFalse(log.is_follow_up_due)
        self.assertFalse(log.search(due))

    def test_the_leader_the_managers_and_who_it_is_about_read_it_and_nobody_else(self):
        log = self._log(member_ids=[Command.set(self.worker.ids)])
        for user in (self.user_leader, self.user_manager):
            self.assertTrue(log.with_user(user).has_access("write"), user.login)
        about = log.with_user(self.user_worker)
        self.assertEqual(about.seen, "Waited for an answer.")
        self.assertFalse(about.has_access("write"))
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        elsewhere = self._create_user("elsewhere", "service_manager")
        self._create_member(self.other_service, elsewhere, role="manager")
        for user in (colleague, elsewhere, self.user_board, self.user_hr):
            self.assertFalse(log.with_user(user).has_access("read"), user.login)
        self.assertRefused(
            self._log,
            "",
            self.user_worker,
            leader_id=self.user_leader.id,
            error=AccessError,
        )
        self.assertRefused(
            self._log, "", service_id=self.other_service.id, error=AccessError
        )
        self.assertRefused(about.unlink, "", error=AccessError)

    def test_a_service_without_leader_or_with_nothing_for_weeks_is_a_gap(self):
        self.assertEqual(self._gap(self.other_service), "no_leader")
        self.assertEqual(self._gap(), "nothing")
        self._log(date=self.today - timedelta(days=42))
        self.assertEqual(self._gap(), "none")
        self.assertEqual(self._gap(day=self.today + timedelta(days=1)), "nothing")
        self.env.company.dupq_practice_weeks = 10
        self.assertEqual(self._gap(day=self.today + timedelta(days=1)), "none")
        self.leader.date_to = self.today - timedelta(days=1)
        self.assertEqual(self._gap(), "no_leader")
        self.assertEqual(self._gap(day=self.leader.date_to), "none", "As it was then.")

    def test_a_leader_of_the_region_leads_its_services(self):
        self.leader.unlink()
        self._create_member(self.region, self.user_leader, role="practice_leader")
        self.assertEqual(self._gap(), "nothing")

    def test_managers_see_the_gaps_of_their_services_and_the_board_all(self):
        rows = self.env["dupq.practice.coverage"]
        seen = rows.with_user(self.user_manager).search([])
        self.assertEqual(seen.service_id, self.service)
        everything = rows.with_user(self.user_board).search([])
        self.assertIn(self.other_service, everything.service_id)
        self.assertNotIn(self.region, everything.service_id)
        self.assertRefused(
            rows.with_user(self.user_internal).search, "", [], error=AccessError
        )
        self._log()
        action = seen.action_open_observations()
        found = self.env[action["res_model"]].with_user(self.user_manager)
        self.assertEqual(len(found.search(action["domain"])), 1)
