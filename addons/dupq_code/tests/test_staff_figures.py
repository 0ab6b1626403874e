from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_person import JobCommon

NAMES = ("shortlist", "choice", "made_for", "generic", "voice", "retention")


@tagged("post_install", "-at_install")
class TestStaffFigures(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.person.stay_ids.date_from = cls.today - relativedelta(years=5)
        cls.worker = cls.env["hr.employee"].create({"name": "Robin Example"})

    def _get_page(self, user=None, service=None, day=None):
        self.env.flush_all()
        self.env.invalidate_all()
        page = self.env["dupq.staff.figures"].with_user(user or self.user_quality)
        service = self.service if service is None else service
        return page.create({"service_id": service.id, **({"date": day} if day else {})})

    def _open(self, page, name):
        action = page.with_context(indicator=name).action_open()
        return page.env[action["res_model"]].search(action["domain"])

    def _hire(self, applicant, day=None):
        applicant.write(
            {"stage_id": self.hired.id, "date_closed": day or fields.Datetime.now()}
        )
        applicant.employee_id = self.env["hr.employee"].create(
            {"name": applicant.partner_name}
        )
        return applicant

    def _ask(self, **values):
        return self.env["dupq.staff.feedback"].create(
            {
                "employee_id": self.worker.id,
                "person_id": self.person.id,
                "kind": "probation",
                "date_due": self.today,
                **values,
            }
        )

    def _tell_the_story(self):
        """Two are hired, one as chosen; two reviews, one with a voice."""
        self._choose(self.walker, "yes", stage="shortlist")
        self._choose(self.walker, "yes")
        self._hire(self.walker)
        self.other.dupq_override_reason = "Nobody else could come."
        self._hire(self.other)
        second = self._create_person()
        said = self._ask()
        said._answer({"works": "Waits.", "taken_by": "person"})
        self._ask(person_id=second.id)
        self._ask(kind="appraisal")
        self._ask(kind="appraisal", date_due=self.today + timedelta(days=1))
        self._ask(date_due=self.today - timedelta(days=1)).action_cancel()

    def test_nothing_is_no_per_cent(self):
        page = self._get_page(service=self.other_service)
        self.assertEqual({page[name] for name in NAMES}, {"Nothing yet"})
        for name in NAMES:
            self.assertFalse(self._open(page, name))

    def test_each_figure_opens_as_many_rows_as_it_counted(self):
        self._tell_the_story()
        page = self._get_page()
        self.assertEqual(
            {name: page[name] for name in NAMES},
            {
                "shortlist": "1 of 2 (50 %)",
                "choice": "1 of 2 (50 %)",
                "made_for": "1 of 1 (100 %)",
                "generic": "1 of 1 (100 %)",
                "voice": "1 of 2 (50 %)",
                "retention": "1 of 1 (100 %)",
            },
        )
        for name in NAMES:
            title = page.with_context(indicator=name).action_open()["display_name"]
            self.assertEqual(title, page._fields[name].string)
            rows = self._open(page, name)
            yes, whole = (int(n) for n in page[name].split(" (")[0].split(" of "))
            found = len(rows), len(rows.filtered("is_yes"))
            self.assertEqual(found, (whole, yes), name)

    def test_the_rows_are_the_very_records(self):
        self._tell_the_story()
        page = self._get_page(self.user_hr)
        sources = {
            "choice": self.walker | self.other,
            "retention": self.walker,
            "made_for": self.job,
        }
        for name, records in sources.items():
            rows = self._open(page, name)
            self.assertEqual(set(rows.mapped("res_id")), set(records.ids), name)
            action = rows[0].action_open_source()
            self.assertEqual(action["res_model"], records._name)
            self.assertIn(action["res_id"], records.ids)

    def test_a_shortlist_after_the_hire_led_nothing(self):
        self._choose(self.walker, "yes")
        self._hire(self.walker, fields.Datetime.now() - timedelta(days=3))
        self._choose(self.walker, "yes", stage="shortlist")
        self.assertEqual(self._get_page().shortlist, "0 of 1 (0 %)")

    def test_a_shortlist_by_family_alone_is_not_led_by_the_person(self):
        self._agree(self.sister)
        self._choose(
            self.walker,
            "yes",
            stage="shortlist",
            taken_by="circle",
            circle_member_id=self.sister.id,
        )
        self._choose(self.walker, "yes")
        self._hire(self.walker)
        self.assertEqual(self._get_page().shortlist, "0 of 1 (0 %)")

    def test_an_advert_about_the_person_is_not_generic(self):
        self.job.description = "<p>Somebody for long walks.</p>"
        self.assertEqual(self._get_page().generic, "0 of 1 (0 %)")

    def test_who_left_counts_and_who_was_not_matched_does_not(self):
        self._tell_the_story()
        self.walker.employee_id.active = False
        self.other.employee_id.active = False
        self.assertEqual(self._get_page().retention, "0 of 1 (0 %)")

    def test_the_twelve_months_end_on_the_day(self):
        day = self.today - timedelta(days=100)
        self._hire(self.walker, day)
        for as_of, expected in (
            (day - timedelta(days=1), "Nothing yet"),
            (day, "0 of 1 (0 %)"),
            (day + relativedelta(months=12) - timedelta(days=1), "0 of 1 (0 %)"),
            (day + relativedelta(months=12), "Nothing yet"),
        ):
            self.assertEqual(self._get_page(day=as_of).choice, expected, as_of)

    def test_a_region_counts_its_services_and_nobody_elses(self):
        self._tell_the_story()
        self.assertEqual(self._get_page(service=self.region).choice, "1 of 2 (50 %)")
        self.assertEqual(
            self._get_page(service=self.other_service).choice, "Nothing yet"
        )

    def test_managers_count_their_own_services_only(self):
        self._tell_the_story()
        stranger = self._create_user("stranger", "service_manager")
        self._create_member(self.other_service, stranger, role="manager")
        everywhere = self.env["dupq.service"]
        mine = self._get_page(self.user_manager, everywhere)
        self.assertEqual(mine.voice, "1 of 2 (50 %)")
        self.assertEqual(self._open(mine, "voice").service_id, self.service)
        theirs = self._get_page(stranger, everywhere)
        self.assertEqual({theirs[name] for name in NAMES}, {"Nothing yet"})

    def test_who_reads_a_figure_reads_its_rows_and_no_name(self):
        self._tell_the_story()
        for user in (self.user_board, self.user_quality):
            page = self._get_page(user)
            self.assertEqual(page.choice, "1 of 2 (50 %)")
            rows = self._open(page, "choice")
            self.assertEqual(len(rows), 2)
            self.assertFalse(any(rows.mapped("can_open")))
            self.assertRefused(rows[0].action_open_source, "", error=AccessError)
            for secret in ("Ola", "Sam", "Jane", self.job.name):
                self.assertNotIn(secret, str(rows.read()))
        rows = self._open(self._get_page(self.user_hr), "choice")
        self.assertTrue(all(rows.mapped("can_open")))

    def test_others_have_no_page(self):
        for user in (self.user_worker, self.user_panel, self.user_internal):
            self.assertRefused(self._get_page, "", user, error=AccessError)
            facts = self.env["dupq.staff.fact"].with_user(user)
            self.assertRefused(facts.search, "", [], error=AccessError)

    def test_the_page_counts_again_when_the_day_changes(self):
        self._tell_the_story()
        self.env.flush_all()
        with Form(self.env["dupq.staff.figures"].with_user(self.user_quality)) as page:
            page.service_id = self.service
            self.assertEqual(page.choice, "1 of 2 (50 %)")
            page.date = self.today - relativedelta(years=3)
            self.assertEqual(page.choice, "Nothing yet")

    def test_the_figures_take_as_many_queries_however_much_is_counted(self):
        def count():
            page = self._get_page(self.user_manager)
            return self._count_queries(lambda: page.mapped("choice"))

        self._tell_the_story()
        few = count()
        for number in range(30):
            self._hire(
                self._create_applicant(
                    f"Applicant {number}", dupq_override_reason="So."
                )
            )
        self.assertEqual(few, count())
        self.assertLess(few, 16)
