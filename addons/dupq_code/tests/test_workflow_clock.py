from datetime import date

from odoo.tests import freeze_time, tagged

from .common_workflow import WorkflowCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestWorkflowClock(WorkflowCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([]).partner_id.tz = "UTC"
        cls.cron = cls.env.ref("dupq_code.dupq_workflow_clock_cron")

    def _run_clock(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _create_running(self, **values):
        life = self._create_life(**values)
        life._take("open")
        return life

    def _get_activities(self, user):
        return self.env["mail.activity"].search([("user_id", "=", user.id)])

    def test_step_is_taken_the_day_after_its_deadline(self):
        past = self._create_running(date_end=date(2026, 3, 9))
        today = self._create_running(date_end=date(2026, 3, 10))
        never = self._create_running()
        self._run_clock()
        self.assertEqual(past.state, "closed")
        self.assertEqual((today | never).mapped("state"), ["running", "running"])
        log = self._get_log(past)[0]
        self.assertTrue(log.is_automatic)
        self.assertEqual(log.remark, "Its date had passed.")

    def test_state_that_the_step_cannot_start_from_is_left_alone(self):
        draft = self._create_life(date_end=date(2026, 3, 1))
        self._run_clock()
        self.assertEqual(draft.state, "draft")
        self.assertFalse(self._get_log(draft))

    def test_refused_one_does_not_block_the_others_and_is_escalated_once(self):
        values = {"date_end": date(2026, 3, 9), "user_id": self.user_quality.id}
        untidy = self._create_running(name="Untidy", is_tidy=False, **values)
        tidy = self._create_running(**values)
        self._run_clock()
        self.assertEqual((untidy | tidy).mapped("state"), ["running", "closed"])
        activity = self._get_activities(self.user_quality)
        self.assertEqual(len(activity), 1)
        self.assertIn("Untidy is untidy.", activity.summary)
        self._run_clock()
        self.assertEqual(len(self._get_activities(self.user_quality)), 1)

    def test_a_to_do_says_the_step_the_day_and_why_not_in_its_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.user_board.lang = "fr_FR"
        for user, day in (
            (self.user_quality, "12 March 2026"),
            (self.user_board, "12 mars 2026"),
        ):
            self._create_running(date_end=date(2026, 3, 12), user_id=user.id)
            self._run_clock()
            self.assertEqual(
                self._get_activities(user).summary,
                f"A life: “Close” happens by itself after {day}.",
            )
        self._create_running(
            name="Untidy",
            is_tidy=False,
            date_end=date(2026, 3, 9),
            user_id=self.user_manager.id,
        )
        self._run_clock()
        self.assertEqual(
            self._get_activities(self.user_manager).summary,
            "Untidy: “Close” was due on 9 March 2026 but cannot be done: "
            "Untidy is untidy.",
        )

    def test_one_that_cannot_even_be_written_does_not_block_the_others(self):
        lives = self.lives.concat(
            *(self._create_running(date_end=date(2026, 3, 9)) for _i in range(3))
        )
        lives[1].name = "Breaks in _took"
        self._run_clock()
        self.assertEqual(lives.mapped("state"), ["closed", "running", "closed"])
        self.assertFalse(self._get_log(lives[1]).filtered("is_automatic"))

    def test_gates_hold_for_the_clock_too(self):
        self._create_gate("close", domain="[('name', '=', 'Allowed')]")
        life = self._create_running(date_end=date(2026, 3, 9))
        self._run_clock()
        self.assertEqual(life.state, "running")

    def test_reminders_come_once_each_and_never_two_at_a_time(self):
        self._create_running(date_end=date(2026, 4, 30), user_id=self.user_quality.id)
        counts = []
        for day in (
            "2026-03-30",
            "2026-03-31",
            "2026-04-01",
            "2026-04-23",
            "2026-04-24",
        ):
            with freeze_time(f"{day} 12:00:00"):
                self._run_clock()
            counts.append(len(self._get_activities(self.user_quality)))
        self.assertEqual(counts, [0, 1, 1, 2, 2])

    def test_late_start_reminds_of_the_nearest_only(self):
        self._create_running(date_end=date(2026, 3, 12), user_id=self.user_quality.id)
        self._run_clock()
        self.assertEqual(len(self._get_activities(self.user_quality)), 1)

    def test_moved_deadline_is_reminded_of_again(self):
        life = self._create_running(
            date_end=date(2026, 3, 12), user_id=self.user_quality.id
        )
        self._run_clock()
        life.date_end = date(2026, 3, 14)
        self._run_clock()
        self.assertEqual(len(self._get_activities(self.user_quality)), 2)

    def test_nobody_named_means_the_administrators_are_told(self):
        self._create_running(date_end=date(2026, 3, 12))
        self._run_clock()
        self.assertTrue(self._get_activities(self.user_administrator))

    def test_day_ends_at_midnight_where_the_company_works(self):
        """At 23:30 UTC it is already tomorrow in a British summer."""
        company = self.env["res.company"].create({"name": "Summer"})
        company.partner_id.tz = "Europe/London"
        values = {"date_end": date(2026, 7, 1)}
        british = self._create_running(company_id=company.id, **values)
        utc = self._create_running(company_id=self.env.company.id, **values)
        with freeze_time("2026-07-01 22:59:59"):
            self._run_clock()
        self.assertEqual((british | utc).mapped("state"), ["running", "running"])
        with freeze_time("2026-07-01 23:30:00"):
            self._run_clock()
        self.assertEqual((british | utc).mapped("state"), ["closed", "running"])

    def test_batches_reach_the_last_one_past_refused_ones(self):
        lives = self.lives.create(
            [
                {"date_end": date(2026, 3, 9), "is_tidy": number > 2}
                for number in range(5)
            ]
        )
        lives._take("open")
        self.cron.code = "model._cron_keep_deadlines(batch=2)"
        self._run_clock()
        expected = ["running", "running", "running", "closed", "closed"]
        self.assertEqual(lives.mapped("state"), expected)
