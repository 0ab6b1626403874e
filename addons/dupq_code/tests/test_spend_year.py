import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_rota import RotaCommon


@tagged("post_install", "-at_install")
class TestSpendYear(RotaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls._create_year()

    @classmethod
    def _create_year(cls, **values):
        return cls.env["dupq.spend.year"].create(
            {
                "date_from": "2025-04-01",
                "total_spend": 1_000_000,
                "retention_spend": 60_000,
                "disciplinary_spend": 15_000,
                "agency_spend": 120_000,
                "other_spend": 200_000,
                **values,
            }
        )

    def test_shares_are_of_all_spending(self):
        self.assertEqual(
            (
                self.year.retention_share,
                self.year.disciplinary_share,
                self.year.agency_share,
                self.year.other_share,
            ),
            (0.06, 0.015, 0.12, 0.2),
        )

    def test_a_year_has_its_last_day_and_its_name(self):
        self.assertEqual(f"{self.year.date_to}", "2026-03-31")
        self.assertEqual(self.year.name, "2025/26")
        self.assertEqual(self._create_year(date_from="2024-01-01").name, "2024")

    @mute_logger("odoo.sql_db")
    def test_no_part_is_more_than_all(self):
        for values in ({"total_spend": 0}, {"agency_spend": 2_000_000}):
            with (
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_year(date_from="2023-04-01", **values)

    def test_finance_types_and_board_and_quality_lead_read(self):
        year = self.year.with_user(self.user_finance)
        year.agency_spend = 130_000
        self.assertEqual(year.agency_share, 0.13)
        for user in (self.user_board, self.user_quality):
            reader = self.year.with_user(user)
            self.assertEqual(reader.agency_share, 0.13)
            with self.assertRaises(AccessError):
                reader.write({"agency_spend": 0})
        for user in (self.user_manager, self.user_worker, self.user_planner):
            with self.assertRaises(AccessError):
                self.year.with_user(user).read(["total_spend"])

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self._new_user(
            "elsewhere",
            "dupq_code.dupq_code_group_finance",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertFalse(self.env["dupq.spend.year"].with_user(other).search([]))
