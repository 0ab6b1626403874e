from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAction(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._get_today()
        cls.assessment = cls._create_assessment(sponsor_id=cls.user_quality.id)
        cls.action = cls._create_action(owner_id=cls.user_worker.id)

    @classmethod
    def _create_action(cls, **values):
        return cls.env["dupq.action"].create(
            {
                "name": "Ask who should come on Saturdays",
                "service_id": cls.service.id,
                "date_due": cls.today + timedelta(days=30),
                **values,
            }
        )

    def test_done_needs_an_answer_of_those_whom_it_is_for(self):
        self.assertRefused(self.action.action_done, "“Did it work?”")
        self._answer(self.action, "yes", self.managers)
        self.assertRefused(self.action.action_done, "only others have answered")
        self._answer(self.action)
        self.action.with_user(self.user_worker).action_done()
        self.assertRecordValues(
            self.action,
            [{"state": "done", "date_done": self.today, "progress": 100}],
        )

    def test_dropping_needs_a_reason(self):
        action = self.action.with_user(self.user_worker)
        self.assertRefused(action._take, "", "drop")
        action._take("drop", reason="The house has closed.")
        self.assertEqual(action.state, "dropped")

    def test_only_a_manager_reopens(self):
        self._answer(self.action)
        self.action._take("done")
        with self.assertRaises(UserError):
            self.action.with_user(self.user_worker)._take("reopen", reason="Again")
        self.action.with_user(self.user_manager)._take("reopen", reason="Again")
        self.assertRecordValues(
            self.action,
            [{"state": "in_progress", "date_done": False, "did_it_work": False}],
        )
        # What was said stays, and no longer says whether it works.
        self.assertEqual(len(self.action.effect_voice_ids), 1)
        self.assertRefused(self.action.action_done, "“Did it work?”")

    def test_state_is_not_written(self):
        with self.assertRaises(UserError):
            self.action.write({"state": "done"})

    def test_overdue_begins_at_midnight_where_the_company_works(self):
        self.env.company.partner_id.tz = "Pacific/Auckland"
        self.action.date_due = date(2026, 3, 10)
        overdue = [("id", "=", self.action.id), ("is_overdue", "=", True)]
        # 10:59 UTC on the 10th is 23:59 of the 10th in Auckland, 11:01 is the 11th.
        for moment, late in (("10:59", False), ("11:01", True)):
            with self.subTest(moment), freeze_time(f"2026-03-10 {moment}:00"):
                self.action.invalidate_recordset()
                self.assertEqual(self.action.is_overdue, late)
                self.assertEqual(self.action.search_count(overdue), late)

    def test_owner_is_told_once_that_an_action_is_overdue(self):
        self.action.date_due = self.today - timedelta(days=1)
        clock = self.env["dupq.workflow.clock"]
        transition = self.action._get_transition("done")
        for _day in range(2):
            due = clock._find_due(self.env["dupq.action"], transition)
            self.assertIn(self.action, due)
            clock._keep(self.action, transition)
        self.assertEqual(self.action.activity_ids.user_id, self.user_worker)
        self.assertEqual(len(self.action.activity_ids), 1)
        self.assertIn("Did it work?", self.action.activity_ids.summary)
        self.assertEqual(self.action.state, "open")

    def test_finished_actions_are_never_overdue(self):
        self.action.date_due = self.today - timedelta(days=1)
        self.assertTrue(self.action.is_overdue)
        self.action._take("drop", reason="No longer needed")
        self.assertFalse(self.action.is_overdue)
        not_overdue = self.action.search([("is_overdue", "=", False)])
        self.assertIn(self.action, not_overdue)

    def test_owner_changes_it_and_a_colleague_only_reads(self):
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        self.action.with_user(self.user_worker).progress = 50
        self.assertEqual(self.action.with_user(colleague).progress, 50)
        with self.assertRaises(AccessError):
            self.action.with_user(colleague).progress = 60

    def test_manager_plans_for_own_services_only(self):
        model = self.env["dupq.action"].with_user(self.user_manager)
        values = {
            "name": "Plan",
            "date_due": self.today,
            "owner_id": self.user_worker.id,
        }
        model.create({**values, "service_id": self.service.id})
        with self.assertRaises(AccessError):
            model.create({**values, "service_id": self.other_service.id})

    def test_who_sees_an_action_of_another_service(self):
        action = self._create_action(service_id=self.other_service.id)
        seers = (self.user_quality, self.user_administrator, self.user_board)
        for user in seers:
            self.assertTrue(action.with_user(user).has_access("read"), user.login)
        others = (
            self.user_worker,
            self.user_manager,
            self.user_panel,
            self.user_concerns,
            self.user_hr,
            self.user_internal,
            self.user_portal,
        )
        for user in others:
            self.assertFalse(action.with_user(user).has_access("read"), user.login)

    def test_board_member_changes_only_own_promises(self):
        action = self.action.with_user(self.user_board)
        with self.assertRaises(AccessError):
            action.progress = 10
        self.action.owner_id = self.user_board
        action.progress = 10

    def test_other_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        action = self._create_action(service_id=False, company_id=company.id)
        self.assertFalse(action.with_user(self.user_quality).has_access("read"))

    # === FINDINGS === #

    def test_action_says_from_what_it_came_and_the_finding_counts_it(self):
        barrier_source = self.env["dupq.voice"].create(
            {
                "words": "Nobody asks me.",
                "group_id": self.people.id,
                "feeling": "not_yet",
                "service_id": self.service.id,
            }
        )
        opened = barrier_source.with_user(self.user_manager).action_plan_action()
        action = (
            self.env["dupq.action"]
            .with_user(self.user_manager)
            .with_context(**opened["context"])
            .create({"name": "Ask them", "date_due": self.today})
        )
        self.assertRecordValues(
            action,
            [
                {
                    "source_model": "dupq.voice",
                    "source_id": barrier_source.id,
                    "service_id": self.service.id,
                }
            ],
        )
        self.assertEqual(barrier_source.planned_action_count, 1)
        self.assertEqual(action.action_open_source()["res_id"], barrier_source.id)
        self.assertNotIn("Nobody asks", f"{action.finding} {action.source_words}")

    def test_a_part_of_the_report_plans_an_action_with_its_finding(self):
        self._fill(self.assessment)
        self.assessment.action_open_report()
        rating = self.assessment.summary_ids[1]
        rating.finding = "Weekends are empty."
        part = self.assessment.section_ids.filtered(
            lambda one: one.area_id == rating.area_id
        )
        manager = self.user_manager
        opened = part.with_user(manager).action_plan_action()
        action = (
            self.env["dupq.action"]
            .with_user(manager)
            .with_context(**opened["context"])
            .create({"name": "Ask about weekends", "date_due": self.today})
        )
        self.assertRecordValues(
            action,
            [
                {
                    "finding": "Weekends are empty.",
                    "area_id": rating.area_id.id,
                    "assessment_id": self.assessment.id,
                    "service_id": self.service.id,
                    "source_model": "dupq.assessment.section",
                    "source_id": part.id,
                }
            ],
        )
        self.assertEqual(part.planned_action_count, 1)
        own = self.env["dupq.assessment.section"].create(
            {"assessment_id": self.assessment.id, "name": "Ours", "text": "We ask."}
        )
        self.assertEqual(
            own.action_plan_action()["context"]["default_finding"], "We ask."
        )
        for user, may in ((manager, True), (self.user_worker, False)):
            report = self.assessment.with_user(user).get_report_editor()
            self.assertEqual(report["may_plan"], may)

    def test_source_opens_only_to_those_who_may_read_it(self):
        voice = self.env["dupq.voice"].create(
            {
                "words": "Elsewhere.",
                "group_id": self.people.id,
                "feeling": "good",
                "service_id": self.other_service.id,
            }
        )
        self.action.write({"source_model": "dupq.voice", "source_id": voice.id})
        with self.assertRaises(AccessError):
            self.action.with_user(self.user_worker).action_open_source()
        self.action.with_user(self.user_quality).action_open_source()

    def test_source_is_named_only_to_those_who_may_read_it(self):
        source = self._create_assessment(service_id=self.other_service.id)
        self.action.write({"source_model": source._name, "source_id": source.id})
        kind = self.env["ir.model"]._get(source._name).name
        words = self.action.with_user(self.user_worker).source_words
        self.assertEqual(words, kind)
        words = self.action.with_user(self.user_quality).source_words
        self.assertEqual(words, f"{kind}: {source.display_name}")

    def test_source_that_is_gone_is_not_named(self):
        self.action.write({"source_model": "dupq.gone", "source_id": 1})
        self.assertFalse(self.action.source_words)

    # === DID IT WORK? === #

    def test_those_whom_it_is_for_have_to_be_asked(self):
        self._answer(self.action, "yes", self.managers)
        self.assertRefused(self.action.action_done, self.people.name)
        self.assertFalse(self.action.did_it_work)
        self.action.affected_group_ids = self.managers
        self.action.action_done()

    def test_for_nobody_in_particular_people_and_families_are_asked(self):
        self.action.affected_group_ids = False
        self._answer(self.action, "yes", self.managers)
        self.assertRefused(self.action.action_done, "people and families")
        self._answer(self.action, "no", self.families)
        self.assertEqual(self.action.did_it_work, "no")
        self.action.action_done()

    def test_many_yes_do_not_drown_a_no(self):
        for answer, together in (("yes", "yes"), ("yes", "yes"), ("no", "partly")):
            self._answer(self.action, answer)
            self.assertEqual(self.action.did_it_work, together)

    def test_nobody_says_by_hand_that_an_answer_no_longer_counts(self):
        self._answer(self.action, "no")
        voice = self.action.effect_voice_ids
        for user in (self.user_manager, self.user_quality):
            with self.assertRaises(AccessError):
                voice.with_user(user).write({"is_said_before": True})
        self.assertEqual(self.action.did_it_work, "no")

    def test_it_does_not_close_by_being_typed(self):
        self.action.with_user(self.user_worker).write(
            {"effect": "All good", "told_before": "yes"}
        )
        self.assertFalse(self.action.did_it_work)
        self.assertRefused(self.action.action_done, "“Did it work?”")

    def test_owner_writes_down_what_people_say_and_not_what_staff_think(self):
        self.action.affected_group_ids = self.people | self.staff
        action = self.action.with_user(self.user_worker)
        self._tell(action, self.staff)
        self.assertRefused(action.action_done, "only others have answered")
        self._tell(action.with_user(self.user_manager), self.staff)
        self.assertEqual(action.did_it_work, "yes")
        self._tell(action, self.people, answer="partly", words="A bit.", consent="no")
        self.assertRecordValues(
            self.action.effect_voice_ids[-1],
            [
                {
                    "words": "A bit.",
                    "feeling": "mixed",
                    "group_id": self.people.id,
                    "service_id": self.service.id,
                    "channel": "typed",
                    "consent": "no",
                    "create_uid": self.user_worker.id,
                }
            ],
        )
        self.assertEqual(self.action.did_it_work, "partly")
        self.assertEqual(self.action.date_effect, self.today)
        action.action_done()
        self.assertEqual(self.action.state, "done")

    def test_on_its_day_it_closes_by_itself_only_where_it_worked(self):
        table = (("yes", "done"), ("partly", "open"), ("no", "open"))
        for answer, state in table:
            action = self._create_action(date_due=self.today - timedelta(days=1))
            self._answer(action, answer)
            self.env["dupq.workflow.clock"]._keep(
                action, action._get_transition("done")
            )
            with self.subTest(answer):
                self.assertEqual(action.state, state)
                self.assertEqual(bool(action.activity_ids), state == "open")

    def test_who_may_ask_and_write_down(self):
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        for user in (colleague, self.user_board, self.user_portal, self.user_hr):
            action = self.action.with_user(user)
            for refused in (action.action_ask, action.action_tell):
                with self.assertRaises(AccessError):
                    refused()
            with self.assertRaises(AccessError):
                self._tell(action, self.people)
        for user in (self.user_worker, self.user_manager, self.user_quality):
            action = self.action.with_user(user)
            action.action_ask()
            self.assertEqual(action.date_asked, self.today)
            action.action_stop_asking()
            self.assertFalse(action.date_asked)

    # === WHO HEARS OF IT === #

    def test_week_before_the_owner_is_reminded_once(self):
        self.action.date_due = self.today + timedelta(days=7)
        for _run in range(2):
            self._remind()
        activity = self.action.activity_ids
        self.assertEqual(activity.user_id, self.user_worker)
        self.assertIn("is due on", activity.summary)

    def test_late_action_climbs_from_owner_to_manager_to_sponsor_once_each(self):
        self.action.assessment_id = self.assessment
        table = [
            (1, {self.user_worker}),
            (7, {self.user_worker}),
            (8, {self.user_worker, self.user_manager}),
            (21, {self.user_worker, self.user_manager}),
            (22, {self.user_worker, self.user_manager, self.user_quality}),
            (60, {self.user_worker, self.user_manager, self.user_quality}),
        ]
        self.action.date_due = self.today
        for days, told in table:
            with (
                self.subTest(days),
                freeze_time(self.today + timedelta(days=days, hours=12)),
            ):
                for _run in range(2):
                    self._keep()
                self.assertEqual(set(self.action.activity_ids.user_id), told)
                self.assertEqual(len(self.action.activity_ids), len(told))

    def test_finished_action_climbs_no_further(self):
        self.action.date_due = self.today - timedelta(days=30)
        self.action._take("drop", reason="No longer needed")
        self._keep()
        self.assertFalse(self.action.activity_ids)

    def test_owner_who_manages_the_place_is_not_told_twice(self):
        self.action.write(
            {"owner_id": self.user_manager.id, "date_due": self.today - timedelta(60)}
        )
        self.assertFalse(self.action.manager_ids)

    # === THE PLAN ON PAPER === #

    def test_plan_prints_with_owner_day_and_measure(self):
        self.assessment.action_ids = self.action
        self.action.measure = "Everyone was asked"
        html = self.env["ir.actions.report"]._render_qweb_html(
            "dupq_assessment.dupq_action_plan_report", self.assessment.ids
        )[0]
        for words in (self.action.name, self.user_worker.name, "Everyone was asked"):
            self.assertIn(words, html.decode())

    # === HELPERS === #

    def _keep(self):
        clock = self.env["dupq.workflow.clock"]
        transition = self.action._get_transition("done")
        records = self.env["dupq.action"]
        due = clock._find_due(records, transition)
        clock._keep(due, transition)
        clock._escalate(records, transition)

    def _remind(self):
        clock = self.env["dupq.workflow.clock"]
        clock._remind(self.env["dupq.action"], self.action._get_transition("done"))

    def _answer(self, action, answer="yes", group=None):
        self.env["dupq.voice"].create(
            action._prepare_answer(answer, group or self.people)
        )

    def _tell(self, action, group, answer="yes", **values):
        self.env["dupq.action.tell"].with_user(action.env.user).create(
            {
                "action_id": action.id,
                "group_id": group.id,
                "answer": answer,
                **values,
            }
        ).action_keep()
