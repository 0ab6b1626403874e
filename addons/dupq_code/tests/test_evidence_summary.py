from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_rule import RuleCommon


@tagged("post_install", "-at_install")
class TestEvidenceSummary(RuleCommon):
    def setUp(self):
        super().setUp()
        self.summary = self.env["dupq.evidence.summary"]
        self.summary._rebuild()

    def assertExact(self):
        """The figures are a full count of the ledger, folded or not."""
        self.assertEqual(self.summary._recount(), [])
        self._fold_all()
        self.assertEqual(self.summary._recount(), [])
        self.assertFalse(self.env["dupq.evidence.delta"].search_count([]))

    def _fold_all(self):
        while self.summary._fold():
            pass

    def _count(self, after, until, condition=None):
        query = self.summary._get_query(after, until, condition)
        self.env.cr.execute(
            SQL(
                "SELECT COALESCE(sum(count), 0) FROM %s q"
                " WHERE statement_id = 0 AND service_id = %s",
                query,
                self.service.id,
            )
        )
        return self.env.cr.fetchone()[0]

    # === EVERY STEP OF A LIFE === #

    def test_every_step_keeps_the_figures_exact(self):
        item = self._create_evidence(statement_ids=(self.good | self.other_good).ids)
        self.assertExact()
        item.action_accept()
        self.assertExact()
        for name in ("dispute", "restore", "withdraw"):
            item.with_user(self.user_quality)._take(name, "Because")
            self.assertExact()

    def test_a_correction_is_counted_once(self):
        item = self._create_accepted().with_user(self.user_quality)
        version = item.browse(item.action_correct()["res_id"])
        version.service_id = self.other_service
        version.action_accept()
        self.assertExact()
        yesterday = self.today - timedelta(days=1)
        self.assertEqual(self._count(yesterday, self.today), 0)

    def test_a_past_that_was_recorded_later_counts(self):
        for state in ("accepted", "withdrawn"):
            self._create_evidence().sudo()._record_past(state, "2024-01-01", "A file")
            self.assertExact()

    def test_runs_of_rules_count(self):
        self._switch_on()
        course = self._create_course()
        self._create_course()
        self._run()
        self.assertExact()
        course.date_end -= timedelta(days=40)
        course.date_start -= timedelta(days=80)
        self._run()
        self.assertExact()
        course.line_type_id = self.education
        self._run()
        self.assertExact()
        self.assertEqual(len(self._items()), 1)

    def test_a_service_that_changes_company_takes_its_figures_along(self):
        service = self._create_service(name="Moving")
        self._create_accepted(service_id=service.id)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        service.company_id = company
        self.assertExact()
        self.env.cr.execute(
            "SELECT DISTINCT company_id FROM dupq_evidence_summary WHERE service_id=%s",
            (service.id,),
        )
        self.assertEqual(self.env.cr.fetchall(), [(company.id,)])

    # === WHAT IS COUNTED === #

    def test_an_area_counts_an_item_once(self):
        area = self.good.area_id
        both = (
            self.good | area.statement_ids.filtered(lambda s: s != self.good)[:1]
        ).ids
        self._create_accepted(statement_ids=both)
        yesterday = self.today - timedelta(days=1)
        self.assertEqual(self._count(yesterday, self.today), 1)

    def test_any_window_is_a_sum_of_months_and_days(self):
        """Against a plain count, at every kind of border."""
        days = [
            date(2025, 1, 1) + timedelta(days=number) for number in range(0, 420, 5)
        ]
        for day in days:
            self._create_accepted(date_seen=day)
        self._fold_all()
        self._create_accepted(date_seen=date(2025, 6, 30))
        days.append(date(2025, 6, 30))
        windows = (
            (date(2024, 12, 31), date(2025, 12, 31)),
            (date(2025, 3, 14), date(2026, 3, 14)),
            (date(2025, 3, 10), date(2025, 3, 20)),
            (date(2025, 3, 10), date(2025, 4, 20)),
            (date(2025, 3, 31), date(2025, 4, 30)),
            (date(2025, 6, 29), date(2025, 6, 30)),
            (None, date(2025, 6, 30)),
            (None, date(2024, 6, 30)),
        )
        for after, until in windows:
            with self.subTest(after=after, until=until):
                expected = [
                    day for day in days if (not after or day > after) and day <= until
                ]
                self.assertEqual(self._count(after, until), len(expected))

    # === FAULTS === #

    def test_a_wrong_figure_is_found_and_put_right(self):
        self._create_accepted()
        self._fold_all()
        self.env.cr.execute("UPDATE dupq_evidence_summary SET count = count + 1")
        self.assertTrue(self.summary._recount())
        notice = self.summary.with_user(self.user_administrator).action_recount()
        self.assertIn("differ from the ledger", notice["params"]["message"])
        self.assertExact()
        notice = self.summary.with_user(self.user_administrator).action_recount()
        self.assertEqual(notice["params"]["type"], "success")

    def test_only_an_administrator_recounts(self):
        for user in (self.user_quality, self.user_board, self.user_manager):
            with self.assertRaises(AccessError):
                self.summary.with_user(user).action_recount()

    def test_nobody_writes_figures(self):
        self._create_accepted()
        self._fold_all()
        row = self.summary.search([], limit=1)
        self.assertRefused(row.write, "counted from", {"count": 7}, error=AccessError)
        self.assertRefused(row.unlink, "counted from", error=AccessError)
        self.assertRefused(
            self.summary.create, "counted from", {"count": 7}, error=AccessError
        )

    def test_counting_many_costs_as_many_queries_as_one(self):
        def count(number):
            items = self.env["dupq.evidence"].concat(
                *(self._create_evidence() for _number in range(number))
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            items.action_accept()
            return self.env.cr.sql_log_count - before

        one = min(count(1) for _number in range(3))
        self.assertLessEqual(count(40), one)
