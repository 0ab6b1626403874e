from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_training import TrainingCommon


class CoverageCommon(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nobody but those of a test needs anything.
        everybody = cls.env["hr.employee"].search([("id", "!=", cls.robin.id)])
        everybody.active = False

    def _rows(self, name="coverage", day=None, user=None, employee=None, **values):
        """The rows of an employee on a day, with the eyes of a user."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env[f"dupq.training.{name}"].with_user(user or self.env.user)
        if day:
            rows = rows.with_context(dupq_training_date=str(day))
        domain = [(key, "=", value) for key, value in values.items()]
        if employee:
            domain.append(("employee_id", "=", employee.id))
        return rows.search(domain)

    def _states(self, day=None, employee=None):
        rows = self._rows(day=day, employee=employee or self.robin)
        return {row.kind_id: row.state for row in rows}


@tagged("post_install", "-at_install")
class TestTrainingCoverage(CoverageCommon):
    # === WHO NEEDS WHAT === #

    def test_what_is_needed_follows_from_the_roles_of_the_day(self):
        self.listening.for_workers = True
        self.tier_2.for_managers = True
        self.assertEqual(set(self._states()), {self.safeguarding})
        member = self.env["dupq.service.member"].create(
            {
                "service_id": self.service.id,
                "employee_id": self.robin.id,
                "role": "relief",
                "date_from": self.today - timedelta(days=30),
                "date_to": self.today - timedelta(days=10),
            }
        )
        then = self.today - timedelta(days=20)
        self.assertEqual(set(self._states(then)), {self.safeguarding, self.listening})
        self.assertEqual(set(self._states()), {self.safeguarding}, "No longer.")
        member.write({"role": "deputy", "date_to": False})
        self.assertEqual(set(self._states()), {self.safeguarding, self.tier_2})

    def test_a_member_by_login_alone_has_the_role_too(self):
        self.listening.for_workers = True
        self.robin.user_id = self.user_worker
        self.assertIn(self.listening, self._states())

    def test_kinds_of_another_company_and_archived_ones_are_nobodys_need(self):
        self.safeguarding.company_id = self.env["res.company"].create({"name": "B"})
        self.assertFalse(self._states())
        self.safeguarding.company_id = self.env.company
        self.assertTrue(self._states())
        self.safeguarding.active = False
        self.assertFalse(self._states())

    def test_who_left_or_is_archived_does_not_count(self):
        self.assertTrue(self._rows(employee=self.robin))
        yesterday = self.today - timedelta(days=1)
        self.robin.version_id.departure_date = yesterday
        self.assertFalse(self._rows(employee=self.robin))
        self.assertTrue(self._rows(employee=self.robin, day=yesterday))
        self.robin.active = False
        rows = self._rows(employee=self.robin, day=yesterday - timedelta(days=1))
        self.assertTrue(rows, "They were there then.")
        self.robin.version_id.departure_date = False
        self.assertFalse(self._rows(employee=self.robin), "Nobody knows since when.")
        newcomer = self._create_employee("Kim Example", date_version=str(self.today))
        self.assertTrue(self._rows(employee=newcomer))
        self.assertFalse(self._rows(employee=newcomer, day=yesterday), "Not there yet.")

    # === WHETHER THEY HAVE IT === #

    def test_a_training_is_never_done_valid_soon_over_and_over(self):
        self.safeguarding.warn_days = 30
        self.assertEqual(self._states(), {self.safeguarding: "never"})
        course = self._train(months_ago=0)
        until = course.dupq_valid_until
        table = {
            self.today - timedelta(days=1): "never",
            self.today: "valid",
            until - timedelta(days=30): "valid",
            until - timedelta(days=29): "expiring",
            until: "expiring",
            until + timedelta(days=1): "expired",
        }
        for day, state in table.items():
            self.assertEqual(self._states(day), {self.safeguarding: state}, day)
        row = self._rows(employee=self.robin)
        self.assertEqual((row.done_on, row.valid_until), (self.today, until))

    def test_what_does_not_run_out_stays_valid(self):
        self.safeguarding.renewal_months = 0
        self._train(months_ago=90, dupq_expires_on=False)
        row = self._rows(employee=self.robin)
        self.assertEqual((row.state, row.valid_until), ("valid", False))

    def test_the_longest_of_course_and_skill_counts(self):
        skill = self._create_skill("Medicines")
        self.safeguarding.skill_ids = skill
        self._train(months_ago=20)
        self.assertEqual(self._states(), {self.safeguarding: "expired"})
        given = self._give_skill(skill, months_ago=2)
        self.assertEqual(self._states(), {self.safeguarding: "valid"})
        given.unlink()
        self.assertEqual(self._states(), {self.safeguarding: "expired"})

    def test_tier_2_contains_tier_1_and_not_the_reverse(self):
        tier_1 = self._create_kind(
            "Tier 1", for_everyone=True, met_by_ids=[Command.set(self.tier_2.ids)]
        )
        self.tier_2.for_everyone = True
        self._train("Tier 1")
        self.assertEqual(self._states()[tier_1], "valid")
        self.assertEqual(self._states()[self.tier_2], "never")
        other = self._create_employee("Kim Example")
        self._train("Tier 2", employee=other)
        self.assertEqual(set(self._states(employee=other).values()), {"valid", "never"})
        self.assertEqual(self._states(employee=other)[tier_1], "valid")

    def test_the_service_and_team_are_those_of_the_day(self):
        elsewhere = self.env["hr.department"].create({"name": "Beeches"})
        self.other_service.department_id = elsewhere
        moved = self.today - timedelta(days=10)
        self.robin.create_version(
            {"date_version": moved, "department_id": elsewhere.id}
        )
        course = self._train(months_ago=1)
        now, then = self._rows(), self._rows(day=moved - timedelta(days=1))
        self.assertEqual(
            (now.service_id, now.department_id), (self.other_service, elsewhere)
        )
        self.assertEqual(
            (then.service_id, then.department_id), (self.service, self.department)
        )
        fact = self._rows("fact")
        self.assertEqual(fact.res_id, course.id)
        self.assertEqual(fact.service_id, self.service, "Where they were that day.")

    def test_without_a_department_the_oldest_membership_says_where(self):
        self.robin.department_id = False
        for service, days in ((self.other_service, 5), (self.service, 9)):
            self.env["dupq.service.member"].create(
                {
                    "service_id": service.id,
                    "employee_id": self.robin.id,
                    "date_from": self.today - timedelta(days=days),
                }
            )
        self.assertEqual(self._rows().service_id, self.service)

    def test_the_figures_equal_a_recount_row_by_row(self):
        """Many employees of several kinds, against plain Python."""
        kinds = self.safeguarding | self.listening | self.tier_2
        kinds.for_everyone = True
        people = self.robin
        for number in range(12):
            employee = self._create_employee(f"Employee {number}")
            people |= employee
            for kind in kinds[: number % 4]:
                self._train(kind.name, months_ago=3 * number + 1, employee=employee)
        for day in (self.today, self.today - relativedelta(months=9)):
            expected = {}
            for employee in people:
                for kind in kinds:
                    ends = [
                        line.dupq_valid_until or day.max
                        for line in employee.resume_line_ids
                        if line.dupq_kind_id == kind and line.dupq_done_on <= day
                    ]
                    until = max(ends, default=None)
                    expected[employee, kind] = until and until >= day
            rows = self._rows(day=day)
            found = {
                (row.employee_id, row.kind_id): row.state in ("valid", "expiring")
                for row in rows
            }
            self.assertEqual(found, {key: bool(ok) for key, ok in expected.items()})
            self.assertEqual(
                sum(rows.mapped("share")), sum(map(bool, expected.values()))
            )

    def test_many_employees_take_no_more_queries(self):
        coverage = self.env["dupq.training.coverage"]

        def count():
            return self._count_queries(
                lambda: coverage._read_group([], ["state"], ["__count"])
            )

        few = count()
        for number in range(10):
            self._train(employee=self._create_employee(f"Employee {number}"))
        self.assertLessEqual(count(), few)

    # === ABOUT PEOPLE, WITH PEOPLE === #

    def test_staff_have_training_about_people_or_generic_only_or_none(self):
        def state(day=None):
            return self._rows("staff", day=day).state

        self.assertEqual(state(), "none")
        self._train(months_ago=2)
        self.assertEqual(state(), "generic")
        self._train("Listening", months_ago=1)
        self.assertEqual(state(), "centred")
        self.assertEqual(state(self.today - relativedelta(days=40)), "generic")
        self.assertEqual(state(self.today + relativedelta(years=3)), "centred")

    def test_courses_are_counted_by_what_they_are_about_and_who_made_them(self):
        self._train()
        self._train("Cooking", dupq_designed_by_families=True, dupq_is_paid=True)
        self._train("Tier 2")
        work = self.env.ref("hr_skills.resume_type_experience")
        self._train("Cook in a hotel", line_type_id=work.id)
        self._give_skill(self._create_skill("Welsh"))
        rows = self._rows("fact")
        self.assertEqual(len(rows), 3, "No job, and no skill of no kind.")
        [(share,)] = rows._read_group([], [], ["coproduced_share:avg"])
        self.assertAlmostEqual(share, 1 / 3)
        self.assertEqual(rows.filtered("lacks_codelivery").kind_id, self.tier_2)
        self.assertEqual(set(rows.mapped("focus")), {"generic"})
        made = rows.filtered(lambda row: row.hands == "together")
        self.assertTrue(made.is_paid)
        action = made.action_open_source()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (made.res_model, made.res_id)
        )

    def test_the_page_of_a_day_opens_as_many_rows_as_it_counted(self):
        self.listening.for_everyone = True
        self._train(months_ago=11)
        self._train("Listening", dupq_designed_by_people=True)
        self._train(months_ago=13, employee=self._create_employee("Kim Example"))
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere"})
        self._train(employee=self._create_employee("Lou", department_id=elsewhere.id))
        self.env.flush_all()
        for service, numbers in (
            (self.env["dupq.service"], (6, 2, 1, 1, 2)),
            (self.region, (4, 1, 1, 1, 1)),
        ):
            page = self.env["dupq.training.figures"].with_user(self.user_quality)
            page = page.create({"service_id": service.id})
            names = ("needed", "valid", "expiring", "expired", "never")
            self.assertEqual(tuple(int(page[name]) for name in names), numbers)
            self.assertFalse(page.is_in_steps)
            self.assertEqual(page.coproduced[:4], "1 of")
            for name in (*names, "generic"):
                action = page.with_context(figure=name).action_open()
                rows = page.env[action["res_model"]].with_context(**action["context"])
                number = rows.search_count(action["domain"])
                self.assertEqual(str(number), page[name], name)
        self.assertEqual(page.centred, "1 of 2 (50 %)")

    # === WHO SEES IT === #

    def test_managers_see_their_services_workers_themselves_and_hr_everybody(self):
        self._train()
        elsewhere = self._create_employee(
            "Lou", department_id=self.env["hr.department"].create({"name": "E"}).id
        )
        self.robin.user_id = self.user_worker
        for name in ("coverage", "fact"):
            self.assertEqual(
                self._rows(name, user=self.user_manager).employee_id, self.robin
            )
            self.assertEqual(len(self._rows(name, user=self.user_worker)), 1)
            for user in (self.user_internal, self.user_panel, self.user_portal):
                self.assertRefused(self._rows, "", name, user=user, error=AccessError)
        for user in (self.user_hr, self.user_quality):
            rows = self._rows(user=user)
            self.assertEqual(rows.employee_id, self.robin | elsewhere)
        self.assertRefused(
            self._rows, "", "staff", user=self.user_worker, error=AccessError
        )

    def test_a_row_opens_what_its_employee_had(self):
        self._train(months_ago=20)
        self._train()
        self._train("Listening")
        self._train(employee=self._create_employee("Kim Example"))
        row = self._rows(employee=self.robin, user=self.user_manager)
        action = row.action_open_records()
        facts = self.env[action["res_model"]].with_user(self.user_manager)
        facts = facts.search(action["domain"])
        self.assertEqual(len(facts), 2)
        self.assertEqual(facts.employee_id, self.robin)
