from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .test_training_coverage import CoverageCommon

NUMBERS = ("needed", "valid", "expiring", "expired", "never", "generic")
ROWS = ("coverage", "staff", "fact")


@tagged("post_install", "-at_install")
class TestTrainingSecrecy(CoverageCommon):
    """What the board is told of training, where every row is about one employee."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.safeguarding.warn_days = 0

    def _employ(self, number, trained=0, **values):
        for place in range(number):
            employee = self._create_employee(f"Employee {place}", **values)
            if place < trained:
                self._train(employee=employee)

    def _page(self, user=None, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        pages = self.env["dupq.training.figures"].with_user(user or self.user_board)
        return pages.create(values)

    def test_the_board_reads_no_row_in_whatever_way_it_asks(self):
        self._train()
        for name in ROWS:
            self.assertTrue(self._rows(name, user=self.user_hr), "There is one.")
            self.assertFalse(self._rows(name, user=self.user_board))
            rows = self.env[f"dupq.training.{name}"].with_user(self.user_board)
            self.assertEqual(rows.search_count([]), 0)
            by = ["service_id", "department_id"]
            self.assertFalse(rows._read_group([], by, ["id:array_agg", "__count"]))
            for by in ("employee_id", "department_id"):
                groups = rows.formatted_read_group([], [by], ["id:array_agg"])
                self.assertFalse(groups, by)
            named = [("employee_id", "=", self.robin.id)]
            self.assertRefused(rows.search_count, "", named, error=AccessError)
            known_sudo = rows.sudo().search([], limit=1)
            known = rows.browse(known_sudo.id)
            self.assertRefused(known.read, "", ["service_id"], error=AccessError)

    def test_the_board_is_told_numbers_in_steps_of_all_services_together(self):
        self._employ(12, trained=7)
        page = self._page()
        self.assertTrue(page.is_in_steps)
        table = {
            "needed": "At least 10",
            "valid": "At least 5",
            "expiring": "Too few to be shown",
            "expired": "Too few to be shown",
            "never": "At least 5",
            "generic": "At least 5",
            "centred": "Too few, of at least 10",
            "coproduced": "Too few, of at least 5",
        }
        self.assertEqual({name: page[name] for name in table}, table)
        for name in table:
            action = page.with_context(figure=name).action_open()
            rows = page.env[action["res_model"]].with_context(**action["context"])
            self.assertEqual(rows.search_count(action["domain"]), 0, name)
            if table[name].startswith("At least"):
                self.assertIn(table[name][-2:].strip(), action["name"])
                self.assertIn("confidential items", action["help"])
            else:
                self.assertIn("Too few to be shown", action["help"])
        hr = self._page(self.user_hr)
        self.assertEqual([hr[n] for n in NUMBERS], ["13", "7", "0", "0", "6", "7"])

    def test_the_board_is_told_nothing_of_one_service_or_region(self):
        self._employ(12, trained=12)
        for service in (self.service, self.region):
            page = self._page(service_id=service.id)
            for name in (*NUMBERS, "centred", "coproduced"):
                self.assertEqual(page[name], "Only for all services together", name)
                action = page.with_context(figure=name).action_open()
                self.assertNotIn("confidential", action["name"])
                self.assertIn("Only for all services together", action["help"])

    def test_one_employee_more_or_less_changes_no_screen_of_the_board(self):
        self._employ(11, trained=6)
        before = [self._page()[name] for name in NUMBERS]
        self._train()
        self.assertEqual([self._page()[name] for name in NUMBERS], before)
        self.assertNotEqual(self._page(self.user_hr).valid, "6")

    def test_companies_are_told_apart_before_they_are_added(self):
        other = self.env["res.company"].create({"name": "B"})
        self.user_board.company_ids |= other
        department = self.env["hr.department"].create(
            {"name": "B", "company_id": other.id}
        )
        self._employ(4)
        self._employ(4, company_id=other.id, department_id=department.id)
        page = self._page()
        both = page.with_context(allowed_company_ids=[self.env.company.id, other.id])
        both.invalidate_recordset()
        self.assertEqual(both.needed, "At least 5", "Not 9, which gives away the 4.")

    def test_who_is_manager_too_reads_theirs_and_is_told_of_the_others(self):
        both = new_test_user(
            self.env,
            "both",
            "dupq_code.dupq_code_group_service_manager,"
            "dupq_code.dupq_code_group_board_member",
        )
        self._create_member(self.service, both, role="manager")
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere"})
        self._employ(7, department_id=elsewhere.id)
        self.assertEqual(self._page(both).needed, "At least 6", "Robin, and 5 of 7.")
        own = self._page(both, service_id=self.service.id)
        self.assertEqual((own.needed, own.never), ("1", "1"))
        self.assertEqual(self._page(self.user_manager).needed, "1", "As ever.")

    # === WHAT A TRAINING IS TO CHANGE === #

    def _say_effect(self, record, user):
        effects = self.env["dupq.training.effect"].with_user(user)
        statement = self.env.ref("dupq_code.dupq_code_statement_a1_g2")
        link = effects._get_link(record._name)
        return effects.create({link: record.id, "statement_id": statement.id})

    def test_managers_say_what_training_of_their_services_is_to_change(self):
        elsewhere = self._create_user("elsewhere", "service_manager")
        self._create_member(self.other_service, elsewhere, role="manager")
        skill = self._give_skill(self._create_skill("Her signs"))
        for record in (self._train(), skill):
            effect = self._say_effect(record, self.user_manager)
            effect.write({"before_id": False})
            theirs = effect.with_user(elsewhere)
            self.assertTrue(theirs.has_access("read"), "What was learned is no secret.")
            for call in (theirs.write, theirs.unlink):
                args = [{"before_id": False}] if call == theirs.write else []
                self.assertRefused(call, "", *args, error=AccessError)
            self.assertRefused(
                self._say_effect, "", record, elsewhere, error=AccessError
            )
            for user in (self.user_quality, self.user_hr):
                effect.with_user(user).write({"after_id": False})
            for user in (self.user_worker, self.user_board):
                mine = effect.with_user(user)
                self.assertTrue(mine.has_access("read"))
                self.assertRefused(mine.unlink, "", error=AccessError)
            effect.with_user(self.user_manager).unlink()

    def test_a_course_for_a_service_is_that_of_its_managers(self):
        lou = self._create_employee(
            "Lou", department_id=self.env["hr.department"].create({"name": "E"}).id
        )
        course = self._train(employee=lou)
        self.assertRefused(
            self._say_effect, "", course, self.user_manager, error=AccessError
        )
        course.dupq_service_id = self.service
        self.assertTrue(self._say_effect(course, self.user_manager))
