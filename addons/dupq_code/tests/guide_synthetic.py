"""A guide of made-up words, as long and laid out as the published one.

Nothing in it is from the guide: the loader's tests need no text that is not ours.
"""

import random

from odoo.addons.dupq_code.guide_fingerprint import HEADING, fingerprint

# Good, bad, questions of each area, as in the Code.
SHAPE = ((5, 4, 10), (5, 5, 5), (8, 4, 8), (7, 4, 6), (5, 4, 8))
HEADINGS = {
    "good": "RIGHT",
    "bad": "WRONG",
    "story": "How this 'can look'",
    "question": "Things to talk about in your team and at home:",
}
LETTERS = {"good": "G", "bad": "B", "story": "E", "question": "Q"}
WORDS = """
amber apple autumn badger barley basket beacon bonfire bramble bridge butter
candle canvas carpet cedar cellar chimney clover cobbler copper cotton cricket
crystal daisy dolphin ember falcon feather fiddle finish flannel flicker forest
fountain garden ginger granite hammer harbour harvest hazel heather hollow honey
island ivory jacket juniper kettle lantern lavender lemon linen magnet maple
marble meadow mirror morning mountain mustard nectar nutmeg office orchard otter
paddle paper pebble pepper pillow planet plum pocket poppy pottery puddle quarry
rabbit ribbon river saddle saffron sailor shadow silver slipper sparrow spindle
stable stream sugar summer sunset swallow table thistle thunder timber trumpet
tunnel valley velvet violet waffle walnut willow window winter wonder yellow
""".split()  # noqa: SIM905


class SyntheticGuide:
    """The items of a made-up guide, its published layout and its fingerprints."""

    def __init__(self, seed=1):
        self.chance = random.Random(seed)
        self.items = list(self._items())
        self.texts = {reference: text for reference, _kind, text in self.items}
        headings = [fingerprint(*each) for each in self._headings()]
        self.fingerprints = headings + [fingerprint(*item) for item in self.items]

    def _headings(self):
        return [(kind, HEADING, words) for kind, words in HEADINGS.items()]

    def _items(self):
        for area, (good, bad, questions) in enumerate(SHAPE, 1):
            yield f"A{area}", "area", self._sentence(5, 9)
            yield f"A{area}.P", "principle", self._sentence(8, 14)
            yield from self._list(area, "good", good)
            yield from self._list(area, "bad", bad)
            yield f"A{area}.E1", "story", self._story()
            yield from self._list(area, "question", questions, end="?")

    def _list(self, area, kind, count, end=""):
        for place in range(1, count + 1):
            text = self._sentence(4, 22) + end
            yield f"A{area}.{LETTERS[kind]}{place}", kind, text

    def _sentence(self, least, most):
        words = self.chance.choices(WORDS, k=self.chance.randint(least, most))
        words[0] = words[0].title()
        if len(words) > 6:
            words[2] += self.chance.choice(["-", ", ", "/", "/ "]) + words.pop(3)
        if len(words) > 9:
            words[4] = f"'{words[4]}"
            words[6] = f"{words[6]}'"
            words[-1] = f"({words[-1]})"
        return " ".join(words)

    def _story(self):
        paragraphs = (
            " ".join(self._sentence(7, 20) + "." for _turn in range(6))
            for _paragraph in range(4)
        )
        return "\n\n".join(paragraphs)

    def layout(self):
        """The guide as published: cover, contents, five chapters, an end."""
        front = [self._sentence(9, 30) + "." for _line in range(40)]
        titles = [text for _reference, kind, text in self.items if kind == "area"]
        contents = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
        summary = []
        for reference, kind, text in self.items:
            if kind == "area":
                summary.append(f"- {reference[1]} {text}**")
            if kind == "principle":
                summary.append(text)
        end = [self._sentence(9, 30) + "." for _line in range(60)]
        parts = (front, contents, summary, self._chapters(), end, contents)
        return "\n\n".join("\n".join(part) for part in parts)

    def _chapters(self):
        """The lines of all chapters; stories run over a page in mid-sentence."""
        lines, before = [], None
        for reference, kind, text in self.items:
            if kind in HEADINGS and kind != before:
                lines += ["", HEADINGS[kind], ""]
            if kind == "area":
                lines += ["", "", f"{reference[1]}. {text}"]
            elif kind == "story":
                half = text.index(" ", len(text) // 2)
                lines += [text[:half], "", text[half + 1 :]]
            elif kind != "principle":
                lines.append(f"- {'' if kind == 'question' else '* '}{text}")
            before = kind
        return lines
