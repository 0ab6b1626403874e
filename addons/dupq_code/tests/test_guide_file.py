import os
import unittest
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.dupq_code.guide_fingerprint import from_json
from odoo.addons.dupq_code.guide_text import decode

from .common_guide import GuideCommon, straight
from .guide_split import fingerprints_of, split_guide
from .guide_variants import cuts

WHY_NOT = "the guide's text is not ours to ship: set DUPQ_GUIDE_TEXT to a copy"


def guide_path():
    """Where the text of the published guide is on this machine, or None."""
    if given := os.environ.get("DUPQ_GUIDE_TEXT"):
        return Path(given)
    beside = Path(__file__).resolve().parents[4] / "shared" / "seeds"
    return next(iter(beside.glob("000_*.txt")), None)


@unittest.skipUnless(guide_path(), WHY_NOT)
@tagged("post_install", "-at_install")
class TestGuideFile(GuideCommon):
    """On the published guide itself, where somebody has put it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = guide_path().read_bytes()
        cls.text = decode(cls.data)
        cls.texts = {
            reference: straight(text)
            for reference, _kind, text in split_guide(cls.text)
        }
        with file_open("dupq_code/data/guide_fingerprints.json") as table:
            cls.fingerprints = from_json(table.read())

    def test_shipped_fingerprints_are_those_of_the_guide(self):
        self.assertEqual(self.fingerprints, fingerprints_of(self.text))

    def test_every_item_of_the_guide_is_found(self):
        items = self._read(self.data).items
        self.assertEqual({item.status for item in items}, {"exact"})
        kinds = [item.kind for item in items]
        counts = [kinds.count(k) for k in ("area", "good", "bad", "question", "story")]
        self.assertEqual(counts, [5, 30, 21, 37, 5])
        self.assertFalse([item for item in items if item.is_moved])
        self.assertWhole(self.data)

    def test_guide_is_whole_in_every_layout_and_encoding(self):
        self.assertWholeInEveryLayout()
        self.assertWholeInEveryEncoding()

    def test_guide_is_whole_after_several_tools(self):
        self.assertWholeAfterSeveralTools()

    def test_guide_cut_off_anywhere_is_refused_or_whole(self):
        for text in cuts(self.text):
            with self.subTest(length=len(text)):
                self.assertWholeOrRefused(text)
                self.assertWholeOrRefused(text.encode("utf-16")[:-1])

    def test_two_guides_joined_are_refused(self):
        gap = self._read(self.text * 2).gap
        self.assertIn("A1.G1 is in the text twice", gap._translate("en_US"))

    def test_statement_or_question_dropped_is_named(self):
        items = split_guide(self.text)[::4]
        for reference, kind, text in items:
            if kind in ("good", "bad", "question"):
                gap = self._read(self.text.replace(text, "")).gap
                with self.subTest(reference=reference):
                    self.assertIn(reference, gap._translate("en_US"))
