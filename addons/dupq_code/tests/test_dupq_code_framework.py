from odoo import fields
from odoo.tests import tagged

from .common import DupqCommon


@tagged("post_install", "-at_install")
class TestDupqCodeFramework(DupqCommon):
    """The frameworks shipped beside the Code, as dated data."""

    def _edition(self, name):
        return self.env.ref(f"dupq_code.dupq_code_{name}")

    def test_each_framework_has_its_items(self):
        counts = {"mir_2012": 6, "mir_2018": 6, "cqc_2023": 34, "cbc": 1, "tlap": 15}
        for name, count in counts.items():
            edition = self._edition(name)
            with self.subTest(framework=name):
                self.assertEqual(edition.item_count, count)
                self.assertEqual(
                    set(edition.statement_ids.mapped("polarity")), {"item"}
                )
                self.assertTrue(edition.source)

    def test_cqc_framework_has_five_questions_and_34_names(self):
        areas = self._edition("cqc_2023").area_ids
        self.assertEqual(
            areas.mapped("name"),
            ["Safe", "Effective", "Caring", "Responsive", "Well-led"],
        )
        self.assertEqual([len(area.statement_ids) for area in areas], [8, 6, 5, 7, 8])

    def test_frameworks_are_published_by_the_engine(self):
        states = {
            "mir_2012": "superseded",
            "mir_2018": "active",
            "cqc_2023": "active",
            "cqc_2026": "draft",
            "cbc": "active",
            "tlap": "active",
        }
        for name, state in states.items():
            with self.subTest(framework=name):
                self.assertEqual(self._edition(name).state, state)
        logs = self.env["dupq.workflow.log"].search(
            [
                ("model_id.model", "=", "dupq.code"),
                ("res_id", "=", self._edition("cqc_2023").id),
            ]
        )
        self.assertEqual(logs.mapped("state_to"), ["active"])

    def test_later_edition_has_ended_the_earlier_one(self):
        earlier = self._edition("mir_2012")
        self.assertEqual(earlier.superseded_by_id, self._edition("mir_2018"))
        self.assertEqual(earlier.date_valid_to, fields.Date.to_date("2018-09-30"))

    def test_next_cqc_framework_takes_over_when_published(self):
        old, new = self._edition("cqc_2023"), self._edition("cqc_2026")
        self.assertRefused(new.action_publish, "Add the areas")
        area = self.env["dupq.code.area"].create(
            {"code_id": new.id, "reference": "S", "name": "Safe"}
        )
        self.env["dupq.code.statement"].create(
            {"area_id": area.id, "reference": "S1", "polarity": "item", "text": "New"}
        )
        new.action_publish()
        self.assertEqual(old.superseded_by_id, new)
        self.assertEqual(old.date_valid_to, fields.Date.to_date("2026-12-30"))
        links = self.env["dupq.code.crosswalk"].search(
            [("target_code_id", "=", old.id)]
        )
        self.assertTrue(links, "What was linked to the old framework stays linked.")

    def test_names_of_a_published_framework_are_frozen(self):
        item = self._edition("cqc_2023").statement_ids[0]
        item = item.with_user(self.user_administrator)
        self.assertRefused(item.write, "published edition", {"text": "Another name"})
