from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common_evidence import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceAgreement(EvidenceCommon):
    """The coverage map and the coverage list tell each reader the same figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._create_user("othermanager", "service_manager")
        cls._create_member(cls.other_service, cls.other_manager, role="manager")
        cls.readers = (
            cls.user_quality,
            cls.user_panel,
            cls.user_board,
            cls.user_manager,
            cls.other_manager,
            cls.user_worker,
        )
        year = relativedelta(months=12)
        cls.items = cls.env["dupq.evidence"].union(
            *(
                cls._create_accepted(**values)
                for values in (
                    {},
                    {"polarity": "not_yet"},
                    {"statement_ids": (cls.good | cls.other_good).ids},
                    {"date_seen": cls.today - year},
                    {"date_seen": cls.today - year + timedelta(days=1)},
                    {"service_id": cls.other_service.id},
                    {"service_id": cls.region.id},
                    *[{"sensitivity": "confidential"}] * 6,
                    {"sensitivity": "confidential", "polarity": "not_yet"},
                    {
                        "sensitivity": "confidential",
                        "service_id": cls.other_service.id,
                        "source_type": "training",
                        "res_model": cls.course._name,
                        "res_id": cls.course.id,
                    },
                    {
                        "sensitivity": "confidential",
                        "statement_ids": cls.bad.ids,
                        "date_seen": cls.today - 2 * year,
                    },
                )
            )
        )

    def _get_of_list(self, user):
        """{(service, statement): figures} as the list tells them."""
        self.env.invalidate_all()
        rows = self.env["dupq.evidence.coverage"].with_user(user).search([])
        return {
            (row.service_id.id, row.statement_id.id): (
                row.good_count,
                row.not_yet_count,
                row.coverage,
            )
            for row in rows
            if row.service_id.kind != "region" or row.good_count + row.not_yet_count
        }

    def _get_of_map(self, user):
        """The same as the map tells them, and the number of confidential items."""
        model = self.env["dupq.evidence.map"].with_user(user)
        shown = model.get_map()
        found, confidential = {}, 0
        for service in shown["services"]:
            for area in shown["areas"]:
                for row in model.get_statements(service["id"], area["id"]):
                    if row["polarity"] not in ("good", "bad"):
                        continue
                    confidential += row["confidential"]
                    if service["is_region"] and not row["good"] + row["not_yet"]:
                        continue
                    found[service["id"], row["id"]] = (
                        row["good"],
                        row["not_yet"],
                        row["state"],
                    )
        return found, confidential

    def assertAgreed(self):
        for user in self.readers:
            with self.subTest(user.login):
                found, confidential = self._get_of_map(user)
                self.assertTrue(found)
                self.assertEqual(found, self._get_of_list(user))
                self.assertEqual(confidential % 5, 0)

    def _get_figures(self, user):
        return self._get_of_map(user)[0][self.service.id, self.good.id]

    def test_they_agree_for_every_reader(self):
        self.assertAgreed()
        self.assertEqual(self._get_figures(self.user_quality), (9, 2, "single"))
        self.assertEqual(self._get_figures(self.user_board), (3, 1, "single"))
        _found, confidential = self._get_of_map(self.user_board)
        self.assertEqual(confidential, 5)
        _found, confidential = self._get_of_map(self.user_quality)
        self.assertEqual(confidential, 0)

    def test_they_agree_after_dispute_and_withdrawal(self):
        self.items[0].with_user(self.user_manager)._take("dispute", "The wrong day")
        self.assertAgreed()
        self.assertEqual(self._get_figures(self.user_board), (2, 1, "single"))
        self.items[0].with_user(self.user_manager)._take("restore", "The right day")
        self.items[1].with_user(self.user_quality)._take("withdraw", "A slip")
        secret = self.items.filtered(lambda item: item.sensitivity == "confidential")
        secret[0].with_user(self.user_quality)._take("withdraw", "A slip")
        self.assertAgreed()
        self.assertEqual(self._get_figures(self.user_board), (3, 0, "single"))
        self.assertEqual(self._get_figures(self.user_quality), (8, 1, "single"))

    def test_they_agree_whether_or_not_changes_are_folded(self):
        while self.env["dupq.evidence.summary"]._fold():
            pass
        self.assertAgreed()
        self.items[2].with_user(self.user_quality)._take("withdraw", "A slip")
        self.assertAgreed()
        self.assertEqual(self._get_figures(self.user_board), (2, 1, "single"))

    def test_the_list_tells_the_last_day_that_still_stands(self):
        coverage = self.env["dupq.evidence.coverage"].with_user(self.user_quality)
        domain = [
            ("service_id", "=", self.other_service.id),
            ("statement_id", "=", self.good.id),
        ]
        older = self._create_accepted(
            service_id=self.other_service.id, date_seen=self.today - timedelta(days=9)
        )
        while self.env["dupq.evidence.summary"]._fold():
            pass
        later = self.items.filtered(lambda i: i.service_id == self.other_service)
        for item in later:
            item.with_user(self.user_quality)._take("withdraw", "A slip")
        self.env.invalidate_all()
        row = coverage.search(domain)
        self.assertEqual((row.last_seen, row.good_count), (older.date_seen, 1))

    def test_the_list_reads_the_figures_and_not_the_ledger(self):
        """A figure that is not in the summary is not in the list."""
        self.env["dupq.evidence.delta"].flush_model()
        self.env.cr.execute("DELETE FROM dupq_evidence_delta")
        self.env.cr.execute("DELETE FROM dupq_evidence_summary")
        self.env.invalidate_all()
        rows = self.env["dupq.evidence.coverage"].with_user(self.user_quality)
        self.assertFalse(rows.search([("coverage", "!=", "nothing")]))
