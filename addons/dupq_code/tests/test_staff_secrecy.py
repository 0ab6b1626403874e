import re
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_person import JobCommon

ABOUT_EMPLOYEES = ("voice", "retention")
ABOUT_ALL = ("shortlist", "choice", "made_for", "generic")


@tagged("post_install", "-at_install")
class TestStaffSecrecy(JobCommon):
    """What is about one employee is told in numbers, and never in small ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = fields.Date.today().year - 1
        cls.day = date(cls.year, 6, 15)
        cls.person.stay_ids.date_from = date(cls.year - 3, 1, 1)
        cls.elsewhere = cls._create_person(cls.other_service)
        cls.elsewhere.stay_ids.date_from = date(cls.year - 3, 1, 1)
        cls.user_staff = new_test_user(
            cls.env, "staffofficer", "base.group_user,hr.group_hr_user"
        )
        cls.user_recruiter = new_test_user(
            cls.env,
            "recruiter",
            "base.group_user,hr_recruitment.group_hr_recruitment_user",
        )
        cls.user_both = cls._create_user("both", "board_member")
        cls.user_both.group_ids += cls.env.ref(
            "dupq_code.dupq_code_group_service_manager"
        )
        cls._create_member(cls.other_service, cls.user_both, role="manager")

    @classmethod
    def _review(cls, person, answered, silent, day=None):
        """So many reviews at which the person said something, or nobody did."""
        for number in range(answered + silent):
            employee = cls.env["hr.employee"].create(
                {"name": f"Worker {number}", "company_id": person.company_id.id}
            )
            asked = cls.env["dupq.staff.feedback"].create(
                {
                    "employee_id": employee.id,
                    "person_id": person.id,
                    "kind": "probation",
                    "date_due": day or cls.day,
                }
            )
            if number < answered:
                asked._answer({"works": "Waits.", "taken_by": "person"})

    @classmethod
    def _hire(cls, stayed, left):
        """So many hired as they were chosen and matched, who stayed or left."""
        for number in range(stayed + left):
            applicant = cls._create_applicant(
                f"Ola Example {number}", cls.hiking | cls.patient
            )
            cls._choose(applicant, "yes")
            applicant.write({"stage_id": cls.hired.id, "date_closed": cls.day})
            applicant.employee_id = cls.env["hr.employee"].create(
                {"name": applicant.partner_name, "active": number < stayed}
            )

    def _get_page(self, user, service=None, day=None, companies=None):
        self.env.flush_all()
        self.env.invalidate_all()
        pages = self.env["dupq.staff.figures"].with_user(user)
        if companies:
            pages = pages.with_context(allowed_company_ids=companies.ids)
        day = day or date(self.year, 12, 31)
        return pages.create({"service_id": service and service.id, "date": day})

    def _open(self, page, name):
        """(rows listed, confidential items named beside them) behind a figure."""
        action = page.with_context(indicator=name).action_open()
        rows = page.env[action["res_model"]].search(action["domain"])
        named = re.search(r"and (\d+) confidential", action["display_name"])
        hidden = int(named.group(1)) if named else 0
        self.assertEqual(bool(hidden), f"{hidden} confidential" in action["help"])
        return rows, hidden

    def _read_figure(self, page, name):
        """(yes, all) as the figure says, or its words when it gives no number."""
        found = re.match(r"(\d+) of (\d+)", page[name])
        return tuple(map(int, found.groups())) if found else page[name]

    def _tell_the_story(self):
        self._hire(6, 5)
        self._review(self.person, 6, 5)
        self._review(self.elsewhere, 1, 0)

    # === FIGURE = ROWS + CONFIDENTIAL ROWS === #

    def test_each_figure_is_the_rows_listed_and_the_confidential_items(self):
        self._tell_the_story()
        # role: (reviews listed, confidential), (hires listed, confidential)
        expected = {
            self.user_quality: ((12, 0), (11, 0)),
            self.user_staff: ((12, 0), (11, 0)),
            self.user_recruiter: ((0, 12), (11, 0)),
            self.user_board: ((0, 12), (0, 11)),
            self.user_both: ((1, 11), (0, 11)),
            self.user_manager: ((11, 0), (11, 0)),
        }
        for user, parts in expected.items():
            page = self._get_page(user)
            for name, (listed, confidential) in zip(
                ABOUT_EMPLOYEES, parts, strict=True
            ):
                rows, hidden = self._open(page, name)
                case = (user.login, name)
                self.assertEqual((len(rows), hidden), (listed, confidential), case)
                _yes, whole = self._read_figure(page, name)
                self.assertEqual(whole, listed + confidential, case)
            for name in ABOUT_ALL[:2]:
                rows, hidden = self._open(page, name)
                figure = self._read_figure(page, name)
                self.assertEqual(figure, (len(rows.filtered("is_yes")), len(rows)))
                self.assertFalse(hidden)

    def test_rows_about_one_employee_are_refused_to_those_who_only_count(self):
        self._tell_the_story()
        self.env.flush_all()
        facts = self.env["dupq.staff.fact"]
        about = facts.search([("indicator", "in", ABOUT_EMPLOYEES)])
        self.assertEqual(set(about.mapped("indicator")), set(ABOUT_EMPLOYEES))
        voices = about.filtered(lambda fact: fact.indicator == "voice")
        theirs = voices.filtered(lambda f: f.service_id == self.other_service)
        for user, seen in (
            (self.user_board, facts),
            (self.user_recruiter, about - voices),
            (self.user_both, theirs),
            (self.user_manager, about - theirs),
            (self.user_staff, about),
        ):
            found = facts.with_user(user).search([("id", "in", about.ids)])
            self.assertEqual(found, seen, user.login)
            for fact in (about - seen)[:1]:
                self.assertRefused(
                    fact.with_user(user).read, "", ["date"], error=AccessError
                )

    # === SMALL PARTS === #

    def test_a_small_part_is_kept_back_with_its_total(self):
        self._hire(6, 4)
        self._review(self.person, 0, 4)
        page = self._get_page(self.user_board)
        for name in ABOUT_EMPLOYEES:
            self.assertEqual(page[name], f"Too few in {self.year} to be shown")
            rows, hidden = self._open(page, name)
            self.assertEqual((len(rows), hidden), (0, 0))
        self.assertEqual(self._get_page(self.user_quality).retention, "6 of 10 (60 %)")

    def test_no_screen_less_another_is_a_small_part(self):
        """Every place and day that can be chosen: the year is told, or nothing."""
        self._review(self.person, 6, 5)
        self._review(self.elsewhere, 1, 0)
        self._review(self.person, 2, 1, day=date(self.year - 1, 12, 31))
        self._review(self.person, 1, 2, day=date(self.year + 1, 1, 1))
        self._review(self.person, 1, 0, day=date(self.year, 12, 31))
        told = set()
        for service in (None, self.region, self.service, self.other_service):
            for day in (
                date(self.year - 1, 12, 31),
                date(self.year, 6, 14),
                date(self.year, 6, 15),
                date(self.year, 12, 30),
                date(self.year, 12, 31),
                date(self.year + 1, 1, 1),
            ):
                page = self._get_page(self.user_board, service, day)
                figure = self._read_figure(page, "voice")
                if not isinstance(figure, str):
                    told.add(figure)
                    self.assertFalse(service)
                self.assertFalse(self._open(page, "voice")[0])
        self.assertEqual(told, {(8, 13)})

    def test_who_manages_one_service_cannot_subtract_their_own(self):
        self._review(self.person, 6, 4)
        self._review(self.elsewhere, 5, 5)
        page = self._get_page(self.user_both)
        self.assertEqual(page.voice, f"5 of 10 (50 %) in {self.year}")
        rows, hidden = self._open(page, "voice")
        self.assertEqual(rows.service_id, self.other_service)
        self.assertEqual((len(rows), hidden), (10, 0))
        mine = self._get_page(self.user_both, self.other_service)
        self.assertEqual(mine.voice, "5 of 10 (50 %)")
        theirs = self._get_page(self.user_both, self.service)
        self.assertEqual(theirs.voice, "Only for all services together")

    def test_a_company_with_few_adds_nothing_to_another_with_many(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        house = self.env["dupq.service"].create(
            {"name": "Second house", "company_id": company.id}
        )
        person = self._create_person(house, company_id=company.id)
        person.stay_ids.date_from = date(self.year - 3, 1, 1)
        self._review(self.person, 6, 5)
        self._review(person, 2, 0)
        own = self.env.company
        self.user_board.company_ids = [Command.link(company.id)]
        for companies, expected in (
            (own, f"6 of 11 (55 %) in {self.year}"),
            (company, f"Too few in {self.year} to be shown"),
            (own | company, f"6 of 11 (55 %) in {self.year}"),
        ):
            page = self._get_page(self.user_board, companies=companies)
            self.assertEqual(page.voice, expected, companies.mapped("name"))
        self.user_board.write(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )
        page = self._get_page(self.user_board)
        self.assertEqual(page.voice, f"Too few in {self.year} to be shown")
        self.assertFalse(self._open(page, "choice")[0])
