import doctest
import re
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import file_path

from . import shingles
from .common import DupqCommon

FORBIDDEN = r"\b(pass|passed|fail|failed|certificates?|certified|complian(t|ce))\b"


@tagged("post_install", "-at_install")
class TestCodeData(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duq = cls.env.ref("dupq_code.dupq_code_duq")
        cls.areas = cls.duq.area_ids

    def test_the_code_is_published_with_all_it_says(self):
        self.assertRecordValues(
            self.duq,
            [
                {
                    "state": "active",
                    "version": "v1, 11 September 2013",
                    "area_count": 5,
                    "good_count": 30,
                    "bad_count": 21,
                    "item_count": 0,
                    "question_count": 37,
                    "example_count": 5,
                }
            ],
        )

    def test_each_area_says_as_much_as_in_the_guide(self):
        def count(area, polarity):
            return sum(one.polarity == polarity for one in area.statement_ids)

        found = [
            (
                area.reference,
                count(area, "good"),
                count(area, "bad"),
                len(area.question_ids.filtered(lambda one: not one.company_id)),
                len(area.example_ids.filtered(lambda one: not one.company_id)),
            )
            for area in self.areas
        ]
        self.assertEqual(
            found,
            [
                ("A1", 5, 4, 10, 1),
                ("A2", 5, 5, 5, 1),
                ("A3", 8, 4, 8, 1),
                ("A4", 7, 4, 6, 1),
                ("A5", 5, 4, 8, 1),
            ],
        )

    def test_references_run_in_the_order_shown(self):
        for area in self.areas:
            good = area.good_ids.mapped("reference")
            bad = area.bad_ids.mapped("reference")
            name = area.reference
            self.assertEqual(good, [f"{name}.G{n}" for n in range(1, len(good) + 1)])
            self.assertEqual(bad, [f"{name}.B{n}" for n in range(1, len(bad) + 1)])
        for record in self.duq.statement_ids:
            xmlid = record.reference.lower().replace(".", "_")
            self.assertEqual(
                record, self.env.ref(f"dupq_code.dupq_code_statement_{xmlid}")
            )

    def test_each_area_and_statement_has_one_short_easy_read_sentence(self):
        for item in [*self.areas, *self.duq.statement_ids]:
            text = item.easy_read or ""
            words = text.split()
            self.assertTrue(1 < len(words) <= 15, f"{item.reference}: {text}")
            self.assertEqual(text.count("."), 1, f"{item.reference}: one sentence")
            self.assertLessEqual(max(map(len, words)), 13, f"{item.reference}: {text}")

    def test_lists_beside_the_code_are_complete(self):
        for model, module_prefix, number in (
            ("dupq.code.focus", "dupq_code_focus_", 13),
            ("dupq.stakeholder.group", "dupq_stakeholder_group_", 12),
            ("dupq.information.source", "dupq_information_source_", 7),
            ("dupq.code.purpose", "dupq_code_purpose_", 7),
            ("dupq.service.tag", "dupq_service_tag_", 3),
        ):
            shipped = self.env["ir.model.data"].search_count(
                [
                    ("module", "=", "dupq_code"),
                    ("model", "=", model),
                    ("name", "=like", module_prefix + "%"),
                ]
            )
            self.assertEqual(shipped, number, model)

    def test_no_sentence_of_the_guide_was_copied(self):
        path = Path(file_path("dupq_code/tests/fixtures/guide_shingles.txt"))
        guide = set(path.read_text().split())
        self.assertGreater(len(guide), 5000)
        for xmlid, text in self._get_shipped_texts():
            self.assertFalse(guide & shingles.get_hashes(text), xmlid)

    def test_a_copied_sentence_would_be_found(self):
        path = Path(file_path("dupq_code/tests/fixtures/guide_shingles.txt"))
        guide = set(path.read_text().split())
        # The five areas' names are on every leaflet of the Code.
        name = "4. A good culture is important, to the organisation"
        self.assertTrue(guide & shingles.get_hashes(name))

    def test_words_of_judgement_are_not_used(self):
        for xmlid, text in self._get_shipped_texts():
            self.assertFalse(re.search(FORBIDDEN, text, re.IGNORECASE), xmlid)

    def test_examples_in_the_docstrings_are_true(self):
        self.assertFalse(doctest.testmod(shingles).failed)

    def _get_shipped_texts(self):
        """Every translatable text that this addon ships for the Code."""
        models = ["dupq.code", "dupq.code.area", "dupq.code.statement"]
        models += ["dupq.code.question", "dupq.code.example", "dupq.code.focus"]
        models += ["dupq.code.purpose", "dupq.stakeholder.group"]
        models += ["dupq.information.source", "dupq.service.tag"]
        data = self.env["ir.model.data"].search(
            [("module", "=", "dupq_code"), ("model", "in", models)]
        )
        self.assertGreater(len(data), 5 + 51 + 37 + 5)
        for one in data:
            record = self.env[one.model].browse(one.res_id)
            for name, field in record._fields.items():
                if field.type in ("char", "text") and field.store and record[name]:
                    yield f"{one.name}.{name}", record[name]
