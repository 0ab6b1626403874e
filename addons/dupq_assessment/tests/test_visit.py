from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.dupq_code.tests.common import DupqCommon


@tagged("post_install", "-at_install")
class TestVisit(DupqCommon):
    @classmethod
    def _create_visit(cls, user=None, **values):
        model = cls.env["dupq.visit"].with_user(user or cls.user_board)
        defaults = {"service_id": cls.service.id, "announced": "announced"}
        return model.create({**defaults, **values})

    @classmethod
    def _days_ago(cls, **delta):
        return fields.Datetime.now() - relativedelta(**delta)

    # === LOGGING === #

    def test_quick_form_fills_in_me_now_and_the_last_service(self):
        self._create_visit(date=self._days_ago(days=40))
        self._create_visit(
            service_id=self.other_service.id, date=self._days_ago(days=3)
        )
        form = Form(
            self.env["dupq.visit"].with_user(self.user_board),
            view="dupq_assessment.dupq_visit_view_form_quick",
        )
        self.assertEqual(form.service_id, self.other_service)
        self.assertFalse(form.announced)
        form.announced = "unannounced"
        form.heard = "'More trips'"
        visit = form.save()
        self.assertEqual(visit.visitor_id, self.user_board)
        self.assertEqual(visit.role, "board")
        self.assertAlmostEqual(
            visit.date, fields.Datetime.now(), delta=timedelta(minutes=2)
        )

    def test_first_visit_suggests_the_only_service_that_is_mine(self):
        model = self.env["dupq.visit"].with_user(self.user_manager)
        self.assertEqual(model.new().service_id, self.service)
        self._create_member(self.other_service, self.user_manager, role="manager")
        self.assertFalse(model.new().service_id)

    def test_last_visited_services_are_offered_first(self):
        last = self._create_service(name="Zebra House")
        self._create_visit(date=self._days_ago(days=3))
        self._create_visit(service_id=last.id)
        model = self.env["dupq.service"].with_user(self.user_board)
        found = model.with_context(dupq_visited_first=True).name_search(limit=3)
        self.assertEqual([pair[0] for pair in found[:2]], [last.id, self.service.id])
        self.assertEqual(len(found), 3)
        usual = model.name_search("Zebra House")
        self.assertEqual([pair[0] for pair in usual], last.ids)

    def test_promise_becomes_an_action_that_the_visitor_answers_for(self):
        visit = self._create_visit(promise="Come back in May ", heard="Nobody asks us")
        self.assertRecordValues(
            visit.action_id,
            [
                {
                    "name": "Come back in May",
                    "finding": "Nobody asks us",
                    "service_id": self.service.id,
                    "owner_id": self.user_board.id,
                    "date_due": visit.promise_date,
                    "state": "open",
                }
            ],
        )

    def test_promise_added_later_becomes_one_action_and_then_stays(self):
        visit = self._create_visit(heard="Nobody asks us")
        self.assertFalse(visit.action_id)
        visit.promise = "Come back in May"
        action = visit.action_id
        visit.heard = "Nobody ever asks us"
        self.assertEqual(visit.action_id, action)
        with self.assertRaises(UserError):
            visit.promise = "Something else"

    def test_visit_without_a_promise_makes_no_action(self):
        visits = self._create_visit() | self._create_visit(promise="  ")
        self.assertFalse(visits.action_id)

    def test_visit_in_the_future_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "future"):
            self._create_visit(date=fields.Datetime.now() + timedelta(days=1))

    def test_day_is_the_day_where_the_service_is(self):
        self.env.company.partner_id.tz = "Pacific/Auckland"
        visit = self._create_visit(date=datetime(2026, 3, 9, 23, 0))
        self.assertEqual(visit.day, fields.Date.to_date("2026-03-10"))

    def test_many_promises_cost_as_many_queries_as_one(self):
        def queries(number):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["dupq.visit"].create(
                [
                    {
                        "service_id": self.service.id,
                        "announced": "announced",
                        "promise": f"Promise {index}",
                    }
                    for index in range(number)
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)
        one = queries(1)
        # mail.thread writes a few rows per record; nothing of ours does.
        self.assertLessEqual((queries(50) - one) / 49, 4)

    # === EVIDENCE === #

    def test_visit_to_people_is_proposed_as_evidence(self):
        visit = self._create_visit(people_count=3, announced="unannounced")
        evidence = self._search_evidence(visit)
        statement = self.env.ref("dupq_code.dupq_code_statement_a4_g6")
        board = self.env.ref("dupq_code.dupq_stakeholder_group_board")
        self.assertRecordValues(
            evidence,
            [
                {
                    "service_id": self.service.id,
                    "statement_ids": statement.ids,
                    "date_seen": visit.day,
                    "perspective_id": board.id,
                    "source_type": "visit",
                    "state": "proposed",
                }
            ],
        )
        self.assertEqual(visit.with_user(self.user_board).dupq_evidence_count, 1)

    def test_visit_that_met_no_person_or_family_is_no_evidence(self):
        visits = self._create_visit(staff_count=4)
        visits |= self._create_visit(role="other", people_count=3)
        self.assertFalse(self._search_evidence(visits))

    def test_corrected_visit_is_proposed_anew_until_it_is_accepted(self):
        visit = self._create_visit(people_count=3)
        visit.service_id = self.other_service
        evidence = self._search_evidence(visit)
        self.assertEqual(evidence.service_id, self.other_service)
        evidence.with_user(self.user_quality).action_accept()
        visit.heard = "More trips"
        with self.assertRaisesRegex(UserError, "withdraw"):
            visit.people_count = 30

    def _search_evidence(self, visits):
        return self.env["dupq.evidence"].search(visits._get_dupq_source_domain())

    # === UNVISITED === #

    def test_unvisited_begins_when_the_setting_says(self):
        self.env.company.dupq_visit_months = 3
        today = self.env.company._get_today()
        visit = self._create_visit()
        for months, unvisited in ((2, False), (3, False), (4, True)):
            with self.subTest(months):
                day = today - relativedelta(months=months)
                visit.date = datetime.combine(day, datetime.min.time()) + timedelta(
                    hours=12
                )
                self.service.invalidate_recordset()
                self.assertEqual(self.service.is_unvisited, unvisited)
                self.assertEqual(self.service in self._search_unvisited(), unvisited)

    def test_never_visited_service_is_unvisited_and_a_region_never_is(self):
        found = self._search_unvisited()
        self.assertIn(self.other_service, found)
        self.assertTrue(self.other_service.is_unvisited)
        self.assertNotIn(self.region, found)
        self.assertFalse(self.region.is_unvisited)

    def test_a_worker_learns_the_day_of_the_last_visit_but_not_what_was_said(self):
        visit = self._create_visit(heard="The manager shouts")
        service = self.service.with_user(self.user_worker)
        self.assertEqual(service.date_last_visit, visit.day)
        self.assertNotIn(service, service.search([("is_unvisited", "=", True)]))
        with self.assertRaises(AccessError):
            visit.with_user(self.user_worker).read(["heard"])

    def test_search_and_field_agree_for_every_service(self):
        self._create_visit(date=self._days_ago(months=7))
        self._create_visit(service_id=self.other_service.id)
        services = self.env["dupq.service"].search([])
        computed = services.filtered("is_unvisited")
        self.assertEqual(computed, self._search_unvisited())

    def _search_unvisited(self):
        return self.env["dupq.service"].search([("is_unvisited", "=", True)])

    # === WHO === #

    def test_who_may_read_a_visit(self):
        visit = self._create_visit()
        may = (self.user_board, self.user_quality, self.user_manager)
        may_not = (self.user_worker, self.user_panel, self.user_hr, self.user_portal)
        for user in may:
            self.assertTrue(visit.with_user(user).has_access("read"), user.login)
        for user in may_not:
            self.assertFalse(visit.with_user(user).has_access("read"), user.login)
        elsewhere = self._create_visit(service_id=self.other_service.id)
        self.assertFalse(elsewhere.with_user(self.user_manager).has_access("read"))

    def test_manager_logs_visits_only_to_own_services_and_as_oneself(self):
        self._create_visit(self.user_manager)
        with self.assertRaises(AccessError):
            self._create_visit(self.user_manager, service_id=self.other_service.id)
        with self.assertRaises(AccessError):
            self._create_visit(self.user_manager, visitor_id=self.user_board.id)

    def test_board_member_does_not_change_the_visit_of_another(self):
        visit = self._create_visit(self.user_manager)
        with self.assertRaises(AccessError):
            visit.with_user(self.user_board).heard = "All is well"

    def test_other_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        service = self._create_service(name="Elsewhere", company_id=company.id)
        visit = self.env["dupq.visit"].create(
            {"service_id": service.id, "announced": "announced"}
        )
        self.assertEqual(visit.company_id, company)
        self.assertFalse(visit.with_user(self.user_board).has_access("read"))

    @freeze_time("2026-03-10 12:00:00")
    def test_cutoff_counts_whole_months(self):
        self.env.company.dupq_visit_months = 6
        self.assertEqual(
            self.env.company._get_visit_cutoff(), fields.Date.to_date("2025-09-10")
        )
