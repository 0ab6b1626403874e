import doctest
import random

from odoo.tests import tagged

from odoo.addons.dupq_code import guide_fingerprint, guide_search, guide_text
from odoo.addons.dupq_code.guide_reader import read_guide
from odoo.addons.dupq_code.guide_text import NotTheGuide

from .common_guide import GuideCommon
from .guide_synthetic import HEADINGS, SyntheticGuide
from .guide_variants import cuts


@tagged("post_install", "-at_install")
class TestGuideReader(GuideCommon):
    """On a guide of made-up words: the published one is not ours to keep."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guide = SyntheticGuide()
        cls.text = cls.guide.layout()
        cls.texts, cls.fingerprints = cls.guide.texts, cls.guide.fingerprints

    def assertStatus(self, data, **expected):
        """Only these items are not exact: by their status, their references."""
        found = {}
        for item in self._read(data).items:
            if item.status != "exact":
                found.setdefault(item.status, []).append(item.reference)
        self.assertEqual(found, expected)

    # === THE GUIDE, HOWEVER SAVED === #

    def test_examples_in_the_docstrings_are_true(self):
        for module in (guide_text, guide_fingerprint, guide_search):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_guide_as_published_is_whole_and_counts_are_right(self):
        self.assertWhole(self.text)
        items = self._read(self.text).items
        kinds = [item.kind for item in items]
        counts = {kind: kinds.count(kind) for kind in ("area", *HEADINGS)}
        self.assertEqual(
            counts, {"area": 5, "good": 30, "bad": 21, "story": 5, "question": 37}
        )
        self.assertFalse([item for item in items if item.is_moved])

    def test_guide_is_whole_in_every_layout(self):
        self.assertWholeInEveryLayout()

    def test_guide_is_whole_in_every_encoding(self):
        self.assertWholeInEveryEncoding()

    def test_guide_is_whole_after_several_tools(self):
        self.assertWholeAfterSeveralTools()

    def test_other_made_up_guides_are_whole_too(self):
        for seed in range(2, 8):
            guide = SyntheticGuide(seed)
            with self.subTest(seed=seed):
                reading = read_guide(guide.layout(), guide.fingerprints)
                self.assertFalse(reading.gap)

    # === NOT THE WHOLE GUIDE === #

    def test_guide_cut_off_anywhere_is_refused_or_whole(self):
        whole = 0
        for text in cuts(self.text):
            with self.subTest(length=len(text)):
                self.assertWholeOrRefused(text)
                whole += self._read(text).is_whole
        # The end of the guide is long: some cuts leave every item whole.
        self.assertLess(whole, 12)

    def test_guide_cut_in_an_item_names_it(self):
        for reference in ("A1.G2", "A3.E1", "A5.B4", "A5.Q8"):
            item = self.guide.texts[reference]
            start = self.text.rindex(item[:20])
            with self.subTest(reference=reference):
                text = self.text[: start + 20]
                self.assertIn(f"stops at {reference}:", self._gap(text))

    def test_first_gap_is_named_even_if_the_guide_is_cut_off_later(self):
        item = self.guide.texts["A1.G4"]
        text = self.text.replace(item, item.replace(item.split()[1], "zebra"))
        text = text[: self.text.index(self.guide.texts["A4.B2"])]
        self.assertIn("A1.G4 is not worded", self._gap(text))

    def test_guide_without_its_last_question_mark_is_refused(self):
        end = self.text.rindex(self.guide.texts["A5.Q8"])
        text = self.text[: end + len(self.guide.texts["A5.Q8"]) - 1]
        self.assertIn("A5.Q8", self._gap(text))

    def test_guide_cut_off_at_the_front_is_refused_or_whole(self):
        for text in cuts(self.text, seed=11):
            with self.subTest(length=len(text)):
                self.assertWholeOrRefused(self.text[len(text) :])

    def test_two_guides_joined_are_refused(self):
        self.assertIn("A1.G1 is in the text twice", self._gap(self.text * 2))

    def test_guide_and_a_part_of_another_are_refused_or_whole(self):
        for text in cuts(self.text, count=10, seed=5):
            with self.subTest(length=len(text)):
                self.assertWholeOrRefused(text + self.text)
                self.assertWholeOrRefused(self.text + text)

    def test_each_item_dropped_is_named(self):
        # Stories are dropped below: they run over a page.
        for reference, kind, item in self.guide.items[::3]:
            if kind not in ("area", "story"):
                with self.subTest(reference=reference):
                    text = self.text.replace(item, "")
                    self.assertStatus(text, missing=[reference])
                    self.assertIn(f"{reference} is missing", self._gap(text))

    def test_dropped_story_is_named(self):
        first, rest = self.guide.texts["A2.E1"].split("\n\n", 1)
        start = self.text.index(first)
        text = self.text[:start] + self.text[self.text.index("\n\nThings", start) :]
        self.assertStatus(text, missing=["A2.E1"])
        self.assertTrue(rest)

    def test_title_left_out_of_its_chapter_is_read_from_the_contents(self):
        title = self.guide.texts["A2"]
        self.assertWhole(self.text.replace(f"\n\n2. {title}\n\nRIGHT", "\n\nRIGHT"))

    def test_one_word_changed_is_seen_in_every_item(self):
        for reference, kind, item in self.guide.items[1::3]:
            if kind in ("area", "story"):
                continue
            words = item.split(" ")
            changed = " ".join([*words[:2], "zebra", *words[3:]])
            with self.subTest(reference=reference):
                text = self.text.replace(item, changed)
                self.assertNotEqual(text, self.text)
                self.assertStatus(text, changed=[reference])
                self.assertIn(f"{reference} is not worded", self._gap(text))

    def test_punctuation_changed_is_seen(self):
        item = self.guide.texts["A1.Q1"]
        text = self.text.replace(item, item.replace("?", "."))
        self.assertStatus(text, changed=["A1.Q1"])

    def test_changed_item_is_shown_as_it_stands_in_the_text(self):
        item = self.guide.texts["A4.Q3"]
        changed = item.replace(item.split()[4], "zebra")
        reading = self._read(self.text.replace(item, changed))
        [shown] = [each.text for each in reading.items if each.status == "changed"]
        self.assertEqual(shown, changed)

    # === MORE THAN THE GUIDE === #

    def test_moved_item_is_found_and_said_to_be_moved(self):
        item = f"- * {self.guide.texts['A1.G4']}\n"
        place = f"- * {self.guide.texts['A4.B2']}\n"
        text = self.text.replace(item, "").replace(place, place + item)
        self.assertWhole(text)
        moved = [item.reference for item in self._read(text).items if item.is_moved]
        self.assertEqual(moved, ["A1.G4"])

    def test_item_of_ours_among_the_guides_is_extra(self):
        item = f"- * {self.guide.texts['A1.G4']}\n"
        own = "We have cake every day of the week"
        text = self.text.replace(item, f"{item}- * {own}\n")
        self.assertStatus(text, extra=[""])
        self.assertEqual(self._read(text).items[-1].text, own)
        self.assertWhole(text)

    # === NOT THE GUIDE === #

    def test_another_text_is_not_the_guide(self):
        other = SyntheticGuide(seed=99).layout()
        for text in (other, "Hello", self.text[:500]):
            with self.subTest(text=text[:20]):
                self.assertIn("not the guide", self._gap(text))

    def test_what_is_no_text_is_refused_in_words(self):
        cases = {
            "MB": b"a" * 50_000_000,
            "far longer": b"a b\n" * 100_000,
            "empty": b" \n ",
            "PDF": b"%PDF-1.7 ...",
            "word-processor": b"PK\x03\x04....",
            "not plain text": b"\x00\x01\x02" * 50,
            "cannot be read": b"\x8d\x81 caf\xe9",
        }
        for words, data in cases.items():
            with self.subTest(words=words), self.assertRaises(NotTheGuide) as caught:
                self._read(data)
            self.assertIn(words, caught.exception.sentence._translate("en_US"))

    def test_random_bytes_are_refused(self):
        for seed in range(10):
            data = random.Random(seed).randbytes(3000)
            with self.subTest(seed=seed):
                try:
                    self.assertTrue(self._gap(data))
                except NotTheGuide as refused:
                    self.assertTrue(refused.sentence._translate("en_US"))

    def test_signs_that_grow_are_refused_before_they_are_read(self):
        with self.assertRaises(NotTheGuide):
            self._read("\ufdfa" * 100_000)
