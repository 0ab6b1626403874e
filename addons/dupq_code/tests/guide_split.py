"""Reads a guide laid out as published: makes the table of fingerprints from it.

python -m odoo.addons.dupq_code.tests.guide_split guide.txt > fingerprints.json
"""

import re
import sys
from pathlib import Path

from odoo.addons.dupq_code.guide_fingerprint import HEADING, fingerprint, to_json

HEADINGS = {
    "good": "good",
    "bad": "bad",
    "example of 'good'": "story",
    "questions to ask yourself and your organisation": "question",
}
LETTERS = {"good": "G", "bad": "B", "story": "E", "question": "Q"}
_CHAPTER = re.compile(r"^(\d)\. (\S.*)\n+(?=GOOD:?\n)", re.MULTILINE)
_PRINCIPLE = re.compile(r"^- (\d) .*\*\*\n(.*)", re.MULTILINE)
_BULLET = re.compile(r"- (?:\* )?")


def split_guide(text):
    """[(reference, kind, text)] of the items, in the order of the guide."""
    principles = dict(_PRINCIPLE.findall(text))
    _front, *chapters = _CHAPTER.split(text)
    items = []
    for number, title, body in zip(*[iter(chapters)] * 3, strict=True):
        items.append((f"A{number}", "area", title.strip()))
        items.append((f"A{number}.P", "principle", principles[number].strip()))
        items += split_chapter(body)
    return numbered(items)


def split_chapter(text):
    """[(None, kind, text)] of the items of one area."""
    items, kind, story = [], None, []
    for line in map(str.strip, text.split("\n")):
        heading = line.rstrip(":").lower()
        if heading in HEADINGS:
            kind = HEADINGS[heading]
            if kind == "question":
                items.append((None, "story", paragraphs(story)))
        elif kind == "story":
            story.append(line)
        elif found := _BULLET.match(line):
            items.append((None, kind, line[found.end() :]))
        elif kind == "question" and line:
            break
    return items


def numbered(items):
    """The items, each list of an area counted from 1."""
    counts, area, result = {}, None, []
    for reference, kind, text in items:
        area = reference.partition(".")[0] if reference else area
        if not reference:
            place = counts[area, kind] = counts.get((area, kind), 0) + 1
            reference = f"{area}.{LETTERS[kind]}{place}"
        result.append((reference, kind, text))
    return result


def paragraphs(lines):
    """The lines as paragraphs; one that stops in the middle of a sentence goes on."""
    text = ""
    for line in filter(None, lines):
        ends = text.endswith((".", "!", "?", "'", '"'))
        text += ("\n\n" if ends else " ") + line if text else line
    return text


def fingerprints_of(text):
    """The whole table: the headings, then the items."""
    table = [fingerprint(kind, HEADING, words) for words, kind in HEADINGS.items()]
    return table + [fingerprint(*item) for item in split_guide(text)]


if __name__ == "__main__":
    guide = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.write(to_json(fingerprints_of(guide)))
