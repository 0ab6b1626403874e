from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dupq_code.tests.common import DupqCommon


@tagged("post_install", "-at_install")
class TestLesson(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lesson = cls._create_lesson()

    @classmethod
    def _create_lesson(cls, **values):
        model = cls.env["dupq.lesson"].with_user(cls.user_panel)
        return model.create(
            {
                "name": "Ask before you tidy",
                "what_happened": "Someone's things were moved while they were out.",
                "what_we_do": "We ask first.",
                "case_reference": "SG-1",
                "service_ids": cls.service.ids,
                **values,
            }
        )

    # === DRAFT AND SHARED === #

    def test_draft_is_for_the_panel_alone(self):
        everyone_else = (
            self.user_worker,
            self.user_manager,
            self.user_quality,
            self.user_administrator,
            self.user_board,
            self.user_hr,
            self.user_internal,
            self.user_portal,
        )
        for user in everyone_else:
            self.assertFalse(self.lesson.with_user(user).has_access("read"), user.login)
        self.assertTrue(self.lesson.with_user(self.user_panel).has_access("read"))

    def test_shared_is_read_by_those_told_and_those_who_oversee(self):
        self.lesson.action_share()
        may = (self.user_worker, self.user_manager, self.user_quality, self.user_board)
        for user in may:
            self.assertTrue(self.lesson.with_user(user).has_access("read"), user.login)
        elsewhere = self._create_lesson(service_ids=self.other_service.ids)
        elsewhere.action_share()
        for user in (self.user_worker, self.user_manager, self.user_hr):
            self.assertFalse(elsewhere.with_user(user).has_access("read"), user.login)

    def test_reader_sees_their_own_services_of_those_told_and_no_other(self):
        self.lesson.service_ids = self.region | self.other_service
        self.lesson.action_share()
        shown = {
            user: self.lesson.with_user(user).my_service_ids
            for user in (self.user_worker, self.user_board)
        }
        self.assertEqual(
            shown,
            {
                self.user_worker: self.service.with_user(self.user_worker),
                self.user_board: self.env["dupq.service"],
            },
        )

    def test_lesson_told_to_a_region_reaches_the_services_below(self):
        self.lesson.service_ids = self.region
        self.lesson.action_share()
        lesson = self.lesson.with_user(self.user_worker)
        self.assertTrue(lesson.is_told)
        self.assertIn(lesson, lesson.search([("is_told", "=", True)]))

    def test_sharing_says_what_is_missing(self):
        self.lesson.service_ids = False
        self.assertRefused(self.lesson.action_share, "services to tell")
        self.lesson.service_ids = self.service
        self.lesson.what_we_do = False
        self.assertRefused(self.lesson.action_share, "what we do now")

    def test_only_the_panel_shares_and_writes(self):
        lesson = self.lesson.with_user(self.user_administrator)
        with self.assertRaises(UserError):
            lesson.action_share()
        self.lesson.action_share()
        with self.assertRaises(AccessError):
            lesson.name = "Nicer"

    def test_case_reference_is_for_the_panel_alone(self):
        self.lesson.action_share()
        self.assertEqual(self.lesson.case_reference, "SG-1")
        with self.assertRaises(AccessError):
            self.lesson.with_user(self.user_quality).read(["case_reference"])

    def test_shared_lesson_is_not_deleted(self):
        draft = self._create_lesson()
        draft.unlink()
        self.lesson.action_share()
        with self.assertRaises(UserError):
            self.lesson.unlink()

    # === READ AND UNDERSTOOD === #

    def test_reading_is_confirmed_once_by_whoever_was_told(self):
        self.lesson.action_share()
        lesson = self.lesson.with_user(self.user_worker)
        self.assertIn(lesson, lesson.search([("is_read", "=", False)]))
        lesson.action_read()
        lesson.action_read()
        self.assertEqual(lesson.read_ids.user_id, self.user_worker)
        self.assertEqual(lesson.read_count, 1)
        self.assertTrue(lesson.is_read)
        self.assertIn(lesson, lesson.search([("is_read", "=", True)]))

    def test_nobody_confirms_what_was_not_shared_with_them(self):
        self.lesson.action_share()
        with self.assertRaises(UserError):
            self.lesson.with_user(self.user_board).action_read()
        draft = self._create_lesson()
        with self.assertRaises(AccessError):
            draft.with_user(self.user_worker).action_read()

    def test_nobody_confirms_for_another(self):
        self.lesson.action_share()
        model = self.env["dupq.lesson.read"].with_user(self.user_worker)
        with self.assertRaises(AccessError):
            model.create({"lesson_id": self.lesson.id, "user_id": self.user_manager.id})

    def test_confirmation_is_never_changed_or_removed(self):
        self.lesson.action_share()
        self.lesson.with_user(self.user_worker).action_read()
        read = self.lesson.read_ids.sudo()
        with self.assertRaises(UserError):
            read.user_id = self.user_manager
        with self.assertRaises(UserError):
            read.unlink()

    # === STILL TO READ === #

    def test_still_to_read_lists_each_told_member_once_until_they_confirm(self):
        self._create_member(self.service, self.user_worker, role="relief")
        self.lesson.action_share()
        unread = self._search_unread(self.lesson)
        self.assertEqual(unread.user_id, self.user_worker | self.user_manager)
        self.assertEqual(len(unread), 2)
        self.assertEqual(self.lesson.unread_count, 2)
        self.lesson.with_user(self.user_worker).action_read()
        self.assertEqual(self._search_unread(self.lesson).user_id, self.user_manager)

    def test_still_to_read_leaves_out_drafts_leavers_and_archived_lessons(self):
        self.assertFalse(self._search_unread(self.lesson))
        leaver = self._create_user("leaver", "support_worker")
        self._create_member(
            self.service, leaver, date_from="2020-01-01", date_to="2020-02-01"
        )
        self.lesson.action_share()
        self.assertNotIn(leaver, self._search_unread(self.lesson).user_id)
        self.lesson.action_retire()
        self.assertFalse(self._search_unread(self.lesson))

    def test_still_to_read_is_the_same_as_told_and_not_read(self):
        regional = self._create_user("regional", "service_manager")
        self._create_member(self.region, regional, role="manager")
        self.lesson.action_share()
        for user in (self.user_worker, self.user_manager, regional, self.user_board):
            lesson = self.lesson.with_user(user)
            waiting = bool(
                lesson.search([("is_told", "=", True), ("is_read", "=", False)])
            )
            listed = user in self._search_unread(self.lesson).user_id
            self.assertEqual(waiting, listed, user.login)

    def test_each_person_sees_own_rows_and_a_manager_those_of_the_service(self):
        self.lesson.action_share()
        colleague = self._create_user("colleague", "support_worker")
        self._create_member(self.service, colleague)
        model = self.env["dupq.lesson.unread"]
        domain = [("lesson_id", "=", self.lesson.id)]
        own = model.with_user(colleague).search(domain)
        self.assertEqual(own.user_id, colleague)
        managed = model.with_user(self.user_manager).search(domain)
        self.assertEqual(len(managed), 3)

    def _search_unread(self, lesson):
        domain = [("lesson_id", "=", lesson.id)]
        return self.env["dupq.lesson.unread"].with_user(self.user_panel).search(domain)

    # === REMINDERS === #

    def test_sharing_reminds_everyone_told_and_reading_ends_the_reminder(self):
        self.lesson.action_share()
        reminders = self.lesson.activity_ids
        self.assertEqual(reminders.user_id, self.user_worker | self.user_manager)
        self.lesson.with_user(self.user_worker).action_read()
        self.assertEqual(self.lesson.activity_ids.user_id, self.user_manager)
        self.lesson.action_retire()
        self.assertFalse(self.lesson.activity_ids)

    def test_reminding_many_costs_as_many_queries_as_one(self):
        def queries(number):
            service = self._create_service(name=f"With {number}")
            for index in range(number):
                user = self._create_user(f"w{number}-{index}", "support_worker")
                self._create_member(service, user)
            lesson = self._create_lesson(service_ids=service.ids)
            return self._count_queries(lesson.action_share, rounds=1)

        queries(1)
        self.assertLess(queries(21) - queries(2), 20)

    def test_what_the_panel_says_about_a_lesson_stays_with_the_panel(self):
        self.lesson.action_share()
        message = self.lesson.message_post(body="It was at number 12")
        self.assertTrue(message.with_user(self.user_panel).has_access("read"))
        for user in (self.user_worker, self.user_quality, self.user_board):
            self.assertFalse(message.with_user(user).has_access("read"), user.login)
        followers = self.lesson.message_partner_ids
        self.assertNotIn(self.user_worker.partner_id, followers)

    # === AGAIN === #

    def test_it_happened_here_too_is_said_by_people_of_the_service(self):
        self.lesson.action_share()
        model = self.env["dupq.lesson.recurrence"]
        context = self.lesson.with_user(self.user_worker).action_happened_here()[
            "context"
        ]
        again = model.with_user(self.user_worker).with_context(**context).create({})
        self.assertEqual(again.service_id, self.service)
        self.assertEqual(self.lesson.recurrence_count, 1)
        with self.assertRaises(AccessError):
            model.with_user(self.user_worker).with_context(**context).create(
                {"service_id": self.other_service.id}
            )
        self.assertTrue(again.with_user(self.user_manager).has_access("read"))
        self.assertTrue(again.with_user(self.user_panel).has_access("read"))

    def test_other_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        lesson = self.lesson.sudo().copy(
            {"company_id": company.id, "service_ids": False}
        )
        self.assertFalse(lesson.with_user(self.user_panel).has_access("read"))
