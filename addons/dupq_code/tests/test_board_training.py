from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_training import TrainingCommon


@tagged("post_install", "-at_install")
class TestBoardTraining(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dupq.board.seat"].search([]).unlink()
        cls.env["dupq.board.skill"].search([]).active = False
        cls.trustee = cls.env["res.partner"].create({"name": "Treasurer Example"})
        cls.seat = cls._create_seat(cls.trustee)

    @classmethod
    def _create_seat(cls, partner, role="board_member", **values):
        return cls.env["dupq.board.seat"].create(
            {
                "partner_id": partner.id,
                "role": role,
                "date_from": cls.today - relativedelta(years=3),
                "service_id": cls.region.id,
                **values,
            }
        )

    def _teach(self, seat=None, months_ago=1, **values):
        return self.env["dupq.board.training"].create(
            {
                "seat_id": (seat or self.seat).id,
                "kind_id": self.safeguarding.id,
                "done_on": self.today - relativedelta(months=months_ago),
                **values,
            }
        )

    def _state(self, day=None, partner=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["dupq.board.coverage"].with_user(user or self.user_board)
        if day:
            rows = rows.with_context(dupq_training_date=str(day))
        partner = partner or self.trustee
        return rows.search([("partner_id", "=", partner.id)]).mapped("state")

    def test_a_trustee_without_login_or_employee_lacks_it_until_it_is_there(self):
        self.assertFalse(self.trustee.user_ids)
        self.assertFalse(self.seat.employee_id)
        self.assertEqual(self._state(), ["never"])
        training = self._teach(months_ago=11)
        self.assertEqual(self._state(), ["expiring"])
        self.assertEqual(self._state(self.today - relativedelta(years=1)), ["never"])
        self.assertEqual(self._state(self.today - relativedelta(months=5)), ["valid"])
        after = training.valid_until + timedelta(days=1)
        self.assertEqual(self._state(after), ["expired"])

    def test_who_is_an_employee_has_it_in_the_cv(self):
        partner = self.robin.work_contact_id or self.env["res.partner"].create(
            {"name": "Robin Example"}
        )
        self.robin.work_contact_id = partner
        seat = self._create_seat(partner, role="senior_manager")
        self.assertEqual(seat.employee_id, self.robin)
        self.assertEqual(self._state(partner=partner), ["never"])
        self._train()
        self.assertEqual(self._state(partner=partner), ["valid"])
        self.robin.unlink()
        self.assertTrue(seat.exists(), "An employee can go.")
        self.assertEqual(self._state(partner=partner), ["never"])

    def test_a_leader_who_is_an_employee_counts_among_staff_too(self):
        self.listening.for_leaders = True
        rows = self.env["dupq.training.coverage"]
        mine = [
            ("employee_id", "=", self.robin.id),
            ("kind_id", "=", self.listening.id),
        ]
        self.assertFalse(rows.search(mine))
        self._create_seat(self.trustee, "chief_executive", employee_id=self.robin.id)
        self.env.flush_all()
        self.assertEqual(rows.search(mine).state, "never")

    def test_only_who_has_a_seat_on_the_day_and_only_what_their_role_needs(self):
        self.seat.date_to = self.today - timedelta(days=1)
        self.assertFalse(self._state())
        self.assertEqual(self._state(self.seat.date_to), ["never"])
        self.safeguarding.for_board = False
        self.assertFalse(self._state(self.seat.date_to))
        self.seat.role = "senior_manager"
        self.assertEqual(self._state(self.seat.date_to), ["never"])

    def test_two_seats_are_one_person(self):
        second = self._create_seat(self.trustee, "chair")
        self._teach(second)
        self.assertEqual(self._state(), ["valid"])

    def test_who_reads_it(self):
        for user in (self.user_quality, self.user_hr, self.user_board):
            self.assertEqual(self._state(user=user), ["never"])
        for user in (self.user_worker, self.user_manager, self.user_panel):
            self.assertRefused(self._state, "", user=user, error=AccessError)
        elsewhere = self.env["res.company"].create({"name": "B"})
        self.seat.write({"company_id": elsewhere.id, "service_id": False})
        self.assertFalse(self._state(), "Of another company.")

    # === WHAT THEY BRING === #

    def test_the_grid_has_each_person_and_shows_gaps(self):
        skills = self.env["dupq.board.skill"].create(
            [
                {"name": "Being supported", "is_lived_experience": True},
                {"name": "Money", "wanted_count": 2},
                {"name": "Law"},
            ]
        )
        self.seat.skill_ids = [Command.set(skills[1:].ids)]
        chair = self.env["res.partner"].create({"name": "Chair <Example>"})
        self._create_seat(chair, "chair", skill_ids=[Command.set(skills[1].ids)])
        boss = self.env["res.partner"].create({"name": "Boss Example"})
        self._create_seat(
            boss, "senior_manager", skill_ids=[Command.set(skills[0].ids)]
        )
        page = self.env["dupq.board.matrix"].with_user(self.user_board).create({})
        grid = page._get_grid()
        self.assertEqual(set(grid["people"]), {"Treasurer Example", "Chair <Example>"})
        rows = {row["name"]: (row["count"], row["is_gap"]) for row in grid["rows"]}
        self.assertEqual(
            rows,
            {"Being supported": (0, True), "Money": (2, False), "Law": (1, False)},
        )
        self.assertEqual(page.gap_count, 1)
        self.assertIn("Chair &lt;Example&gt;", page.matrix)
        self.assertIn("Gap", page.matrix)
        page.with_managers = True
        self.assertEqual(page.gap_count, 0)
        self.assertIn("Boss Example", page.matrix)

    def test_the_grid_is_printed(self):
        page = self.env["dupq.board.matrix"].with_user(self.user_board).create({})
        self.assertEqual(page.action_print()["type"], "ir.actions.report")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dupq_code.dupq_board_matrix_report", page.ids
        )
        self.assertIn(b"Treasurer Example", html)
