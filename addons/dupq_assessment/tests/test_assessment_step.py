from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentStep(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        cls.steps = cls.assessment.step_ids.grouped("key")

    def _keep_deadlines(self, day):
        cron = self.env.ref("dupq_code.dupq_workflow_clock_cron")
        with freeze_time(day), self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def test_each_self_assessment_brings_one_open_step_for_each_tab(self):
        keys = [step["key"] for step in self.assessment._get_steps()]
        self.assertEqual(self.assessment.step_ids.mapped("key"), keys)
        self.assertEqual(set(self.assessment.step_ids.mapped("state")), {"open"})
        mine = self._create_assessment().with_user(self.user_manager)
        self.assertEqual(len(mine.step_ids), 10)

    def test_steps_are_taken_in_any_order_and_hold_nothing_up(self):
        self.steps["report"].action_begin()
        self.steps["live"].action_finish()
        self.assertEqual(self.steps["live"].state, "done")
        self.assertEqual(self.steps["live"].date_done, self.today)
        self._fill(self.assessment)._take("complete")
        self.assertEqual(self.assessment.state, "completed")
        self.assertEqual(self.steps["plan"].state, "open")

    def test_a_step_done_with_something_missing_still_says_so(self):
        step = self.steps["act"]
        step.action_finish()
        self.assertIn("at least one action", step.missing)
        row = {one["key"]: one for one in self.assessment.step_row}["act"]
        self.assertEqual(row["state"], "done")
        self.assertTrue(row["missing"])

    def test_leaving_a_step_out_needs_a_reason_that_is_shown(self):
        step = self.steps["challenge"]
        self.assertRefused(step.action_leave_out, "Say why")
        step._take("leave_out", reason="Two people work here.")
        self.assertEqual(step.left_out_reason, "Two people work here.")
        self.assertIn("Two people work here.", self.assessment.overview)
        step.action_take_up()
        self.assertFalse(step.left_out_reason)

    def test_what_is_left_out_is_not_missing(self):
        before = self.assessment.missing_count
        self.steps["act"]._take("leave_out", reason="Nothing to do yet.")
        self.assessment.invalidate_recordset()
        self.assertEqual(self.assessment.missing_count, before - 1)

    def test_publishing_is_a_step_done(self):
        assessment, _publication = self._publish()
        steps = assessment.step_ids.grouped("key")
        self.assertEqual(steps["publish"].state, "done")
        self.assertEqual(steps["live"].state, "open")

    def test_state_is_not_written_nor_a_step_moved(self):
        step = self.steps["rate"]
        self.assertRefused(step.write, "", {"state": "done"})
        self.assertRefused(step.write, "stays in its place", {"key": "act"})
        for user in (self.user_manager, self.user_quality):
            with self.assertRaises(AccessError):
                step.with_user(user).unlink()
            with self.assertRaises(AccessError):
                step.with_user(user).create(
                    {"assessment_id": self.assessment.id, "key": "rate"}
                )

    def test_whoever_answers_for_a_step_takes_it_though_not_of_the_service(self):
        step = self._create_assessment(service_id=self.other_service.id).step_ids[1]
        worker = step.with_user(self.user_worker)
        with self.assertRaises(AccessError):
            worker.read(["state"])
        step.owner_id = self.user_worker
        worker.action_begin()
        worker.note = "We ask on Monday."
        self.assertTrue(worker.missing)
        self.assertIn("The Beeches", worker.display_name)
        self.assertEqual(step.state, "under_way")

    def test_a_worker_takes_no_step_of_others(self):
        with self.assertRaises(UserError):
            self.steps["rate"].with_user(self.user_worker).action_begin()

    def test_day_passed_finishes_what_has_nothing_missing_and_tells_of_the_rest(self):
        self.assessment.step_ids.owner_id = self.user_manager
        full, short = self.steps["live"], self.steps["act"]
        (full | short).date_planned = self.today + timedelta(days=1)
        self.assertFalse((full | short).filtered("is_late"))
        self._keep_deadlines(self.today + timedelta(days=3))
        self.assertEqual((full.state, short.state), ("done", "open"))
        told = short.activity_ids.filtered(lambda one: "cannot be done" in one.summary)
        self.assertEqual(told.user_id, self.user_manager)
        self.assertIn("at least one action", told.summary)

    def test_owner_is_reminded_a_week_before_and_once(self):
        step = self.steps["involve"]
        step.write(
            {
                "owner_id": self.user_worker.id,
                "date_planned": self.today + timedelta(days=20),
            }
        )
        self._keep_deadlines(self.today)
        self.assertFalse(step.activity_ids)
        for _time in range(2):
            self._keep_deadlines(self.today + timedelta(days=14))
        self.assertEqual(step.activity_ids.user_id, self.user_worker)
        self.assertEqual(len(step.activity_ids), 1)

    def test_late_ones_are_found(self):
        step = self.steps["involve"]
        step.date_planned = self.today - timedelta(days=1)
        model = self.env["dupq.assessment.step"]
        self.assertTrue(step.is_late)
        self.assertIn(step, model.search([("is_late", "=", True)]))
        step.action_finish()
        self.assertFalse(step.is_late)
        self.assertNotIn(step, model.search([("is_late", "=", True)]))

    def test_listing_many_costs_as_many_queries_as_one(self):
        names = ["assessment_id", "key", "owner_id", "date_planned", "state", "is_late"]
        for _number in range(12):
            self._create_assessment()
        self.env.flush_all()
        steps = self.env["dupq.assessment.step"].with_user(self.user_quality)

        def queries(limit):
            return self._count_queries(
                lambda: steps.search([], limit=limit).read(names)
            )

        self.assertEqual(queries(2), queries(100))

    # === THE OVERVIEW === #

    def test_overview_names_the_next_act_and_who_does_it(self):
        values = self.assessment._get_overview_values()
        self.assertEqual(values["next"]["key"], "involve")
        step = self.steps["involve"]
        step.write({"owner_id": self.user_worker.id, "date_planned": self.today})
        row = self.assessment._get_overview_values()["next"]
        self.assertEqual(row["owner"], self.user_worker.name)
        self.assertTrue(row["planned"])

    def test_overview_shows_every_group_and_how_many_came(self):
        self._fill(self.assessment)
        self.assessment.participant_ids[0].actual = 1
        groups = self.assessment._get_overview_values()["groups"]
        every = self.env["dupq.stakeholder.group"].search([])
        self.assertEqual([one["group"] for one in groups], every.mapped("name"))
        by_name = {one["group"]: one for one in groups}
        people = by_name[self.people.name]
        self.assertEqual((people["planned"], people["actual"]), (3, 1))
        self.assertTrue(people["is_short"])
        self.assertEqual(by_name[self.managers.name]["actual"], 0)

    def test_overview_is_printed_with_the_same_content(self):
        report = "dupq_assessment.report_assessment_overview"
        page, kind = self.env["ir.actions.report"]._render_qweb_html(
            report, self.assessment.ids
        )
        self.assertEqual(kind, "html")
        for words in ("The ten steps", "Who took part", self.people.name):
            self.assertIn(words, page.decode())
