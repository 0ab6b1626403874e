from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .common import TimeOffCommon


@tagged("post_install", "-at_install")
class TestHrLeave(TimeOffCommon):
    """Who covered, and who is known at a service."""

    def test_who_is_known_there(self):
        nobody = self.env["hr.employee"]
        new = self._create_someone("Wren Adeyemi")
        member, late, early = (self._create_someone(f"Reed {n}") for n in range(3))
        self._create_membership(member)
        self._create_membership(late, date_from=self.first + timedelta(days=1))
        self._create_membership(early, date_to=self.last - timedelta(days=1))
        whole = self._create_someone("Teasel Quist")
        self._create_membership(whole, date_from=self.first, date_to=self.last)
        moved = self._create_someone("Fern Abara", self.other_department)
        moved.create_version(
            {
                "date_version": self.first + timedelta(days=1),
                "department_id": self.department.id,
            }
        )
        table = (
            ("works in the department", self.colleague, True),
            ("is a member", member, True),
            ("is a member from the first to the last day", whole, True),
            ("became one too late", late, False),
            ("was one too early", early, False),
            ("came to the department during it", moved, False),
            ("works elsewhere", self.stranger, False),
            ("belongs nowhere", new, False),
            ("one of two is known", self.colleague + self.stranger, False),
            ("both are known", self.colleague + member, True),
            ("nobody covered", nobody, False),
        )
        for words, cover, expected in table:
            with self.subTest(words):
                self._assert_known(self._create_leave(cover), expected)

    def test_the_service_is_that_of_who_was_away(self):
        away = self._create_someone("Hazel Mbeki")
        leave = self._create_leave(self.colleague, employee_id=away.id)
        self._assert_known(leave, False)
        self._create_membership(away)
        self._assert_known(leave, True)
        below = self.env["hr.department"].create(
            {"name": "Nights", "parent_id": self.other_department.id}
        )
        away.version_id.department_id = below
        self._assert_known(leave, False)
        leave.dupq_cover_ids = self.stranger
        self._assert_known(leave, True)

    def _assert_known(self, leave, expected):
        self.env.invalidate_all()
        self.assertEqual(leave.dupq_is_known_cover, expected)
        for value in (True, False):
            found = leave.search(
                [("id", "=", leave.id), ("dupq_is_known_cover", "=", value)]
            )
            self.assertEqual(bool(found), value == expected)

    def test_who_approves_says_who_covered(self):
        leave = self._create_leave(self.env["hr.employee"])
        with Form(leave.with_user(self.user_hr)) as form:
            self.assertFalse(form.dupq_is_known_cover)
            form.dupq_cover_ids.add(self.colleague)
        self.assertEqual(leave.dupq_cover_ids, self.colleague)
        self.assertTrue(leave.dupq_is_known_cover)

    def test_whoever_approves_one_persons_time_off_need_not_be_hr(self):
        approver = new_test_user(self.env, "approver", "base.group_user")
        leave = self._create_leave(self.env["hr.employee"])
        leave.employee_id.leave_manager_id = approver
        with Form(leave.with_user(approver)) as form:
            form.dupq_cover_ids.add(self.stranger)
        self.env.invalidate_all()
        seen = leave.with_user(approver)
        self.assertEqual(seen.dupq_cover_ids.mapped("display_name"), ["Sorrel Ibekwe"])
        self.assertFalse(seen.dupq_is_known_cover)
        seen.dupq_cover_ids = self.colleague
        self.assertTrue(seen.dupq_is_known_cover)

    def test_others_neither_see_nor_say_it(self):
        leave = self._create_leave()
        leave.employee_id.user_id = self.user_internal
        plain = new_test_user(self.env, "plainhr", "hr.group_hr_user")
        for user in (self.user_internal, self.user_manager, plain):
            seen = leave.with_user(user)
            self.assertNotIn("dupq_cover_ids", seen.fields_get())
            self.assertNotIn("dupq_cover_ids", seen.get_view(view_type="form")["arch"])
            for call in (
                lambda seen=seen: seen.read(["dupq_cover_ids"]),
                lambda seen=seen: seen.read(["dupq_is_known_cover"]),
                lambda seen=seen: seen.write({"dupq_cover_ids": False}),
                lambda seen=seen: seen.search([("dupq_is_known_cover", "=", True)]),
            ):
                # Odoo refuses with a sentence of its own what has already begun.
                with self.assertRaises(UserError):
                    call()

    def test_many_cost_as_many_queries_as_one(self):
        def count(number):
            leaves = self.env["hr.leave"].concat(
                *(self._create_leave() for _number in range(number))
            )
            return self._count_queries(lambda: leaves.mapped("dupq_is_known_cover"))

        self.assertEqual(count(1), count(12))

    def test_it_brings_no_model_of_its_own(self):
        self.assertEqual(self._get_model_names("dupq_code_holidays"), [])
