import json

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestPublicationGrowth(AssessmentCommon):
    """Public pages ask the database as often for a long report as for a short one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _assessment, cls.short = cls._publish()
        long = cls._fill(cls._create_assessment(service_id=cls.other_service.id))
        long.voice_ids = [
            Command.create(
                {
                    "words": f"Words number {number}.",
                    "group_id": cls.people.id,
                    "feeling": ("good", "not_yet", "mixed")[number % 3],
                    "consent": "yes",
                    "is_anonymised": True,
                    "is_printed": True,
                }
            )
            for number in range(60)
        ]
        long.action_ids = [
            Command.create(
                {
                    "name": f"Promise {number}",
                    "date_due": cls.today,
                    "owner_id": cls.user_manager.id,
                    "service_id": cls.other_service.id,
                }
            )
            for number in range(30)
        ]
        long._take("complete")
        long._take("publish")
        cls.long = long.publication_ids

    def test_pages_cost_the_same_whatever_stands_on_them(self):
        pages = {
            "report": lambda one: one._get_report_values(),
            "easy read": lambda one: one._get_easy_read_values(),
            "data": lambda one: one._get_open_data("http://localhost"),
        }
        for name, page in pages.items():
            with self.subTest(name):
                self.assertLessEqual(
                    self._count(page, self.long), self._count(page, self.short)
                )

    def test_taking_back_many_costs_what_one_costs(self):
        costs = []
        voices = self.env["dupq.voice"].search(
            [("assessment_id", "=", self.long.assessment_id.id)]
        )
        for some in (voices[:1], voices[1:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["dupq.publication"].sudo()._take_back(some)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0] + 5)

    def test_sources_are_found_by_an_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(
            SQL(
                "EXPLAIN (FORMAT JSON) SELECT id FROM dupq_publication_block"
                " WHERE source_model = 'dupq.voice' AND source_id IN (1, 2)"
            )
        )
        self.assertIn("source_idx", json.dumps(plan))

    def _count(self, page, publication):
        # As a visitor's request finds it: by itself.
        return self._count_queries(lambda: page(publication.browse(publication.id)))
