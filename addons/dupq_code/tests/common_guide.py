import random

from odoo.tests import BaseCase

from odoo.addons.dupq_code.guide_reader import read_guide
from odoo.addons.dupq_code.guide_text import decode

from .guide_variants import ENCODINGS, LAYOUTS, mixed


def straight(text):
    """The text without what differs rightly from tool to tool."""
    return text.replace("\u2019", "'").replace("\u00a0", " ")


class GuideCommon(BaseCase):
    """Reads a guide, however it was saved.

    A test class brings its ``text``, its ``fingerprints`` and, by reference, the
    ``texts`` of its items.
    """

    def setUp(self):
        super().setUp()
        self.readings = {}

    def _read(self, data):
        """What is read in it; whoever asks again about the same is given the same."""
        text = decode(data) if isinstance(data, bytes) else data
        if text not in self.readings:
            self.readings = {text: read_guide(text, self.fingerprints)}
        return self.readings[text]

    def _gap(self, data):
        """The sentence that says what is wrong first, in English."""
        gap = self._read(data).gap
        return gap and gap._translate("en_US")

    def assertWhole(self, data):
        """Every item is found once, with the very words of the guide."""
        reading = self._read(data)
        self.assertFalse(reading.gap and reading.gap._translate("en_US"))
        texts = {
            item.reference: straight(item.text)
            for item in reading.items
            if item.status == "exact"
        }
        self.assertEqual(texts, self.texts)

    def assertWholeOrRefused(self, data):
        if self._read(data).is_whole:
            self.assertWhole(data)
        else:
            self.assertTrue(self._gap(data))

    def assertWholeInEveryLayout(self):
        for name, layout in LAYOUTS.items():
            with self.subTest(layout=name):
                self.assertWhole(layout(self.text, random.Random(name)))

    def assertWholeInEveryEncoding(self):
        for name, encode in ENCODINGS.items():
            with self.subTest(encoding=name):
                self.assertWhole(encode(self.text))

    def assertWholeAfterSeveralTools(self):
        for seed in range(25):
            name, data = mixed(self.text, seed)
            with self.subTest(seed=seed, tools=name):
                self.assertWhole(data)
