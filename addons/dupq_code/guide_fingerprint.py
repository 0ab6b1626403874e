"""How each item of the guide is known again without keeping its text."""

import json
from dataclasses import asdict, dataclass
from hashlib import blake2b

from .guide_text import SOFT_HYPHEN, Words, clean, normalise_word

# So many words in a row open an item, and are compared when it has changed.
ROW = 3
HEADING = "heading"


def digest(words):
    """
    >>> len(digest("people choose"))
    16
    """
    return blake2b(words.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Fingerprint:
    """One item of a guide: its place, its length and hashes of its words.

    :param reference: ours, ``A1.G1``; for a heading the kind of item it opens
    :param kind: area, principle, good, bad, story, question or heading
    :param opening: digest of its first words, by which it is looked for
    :param whole: digest of all its words
    :param marks: digest of its punctuation
    :param hyphens: real hyphens in it, as ``word:letter``
    :param breaks: the words that open a new paragraph
    :param rows: short digests of each row of words, sorted so that no order is kept
    """

    reference: str
    kind: str
    count: int
    opening: str
    whole: str
    marks: str
    hyphens: str = ""
    breaks: str = ""
    rows: str = ""

    @property
    def hyphen_places(self):
        pairs = (pair.split(":") for pair in self.hyphens.split())
        return {(int(word), int(letter)) for word, letter in pairs}

    @property
    def break_places(self):
        return {int(word) for word in self.breaks.split()}

    @property
    def row_set(self):
        return frozenset(self.rows.split())

    @property
    def area(self):
        """
        >>> Fingerprint("A2.G1", "good", 0, "", "", "").area
        'A2'
        """
        return self.reference.partition(".")[0]


def fingerprint(reference, kind, text):
    """The fingerprint of an item, from its text as published.

    >>> item = fingerprint("A1.G1", "good", "Plans are co-produced.\\n\\nEach year")
    >>> item.count, item.hyphens, item.breaks
    (5, '2:2', '3')
    """
    words = Words.of(clean(text))
    rows = {digest(words.joined(i, ROW))[:8] for i in range(len(words) - ROW + 1)}
    return Fingerprint(
        reference=reference,
        kind=kind,
        count=len(words),
        opening=digest(words.joined(0, ROW)),
        whole=digest(words.joined(0, len(words))),
        marks=digest(words.marks(0, len(words))),
        hyphens=_hyphens(words),
        breaks=" ".join(str(i) for i in range(1, len(words)) if "\n\n" in words.gap(i)),
        rows="" if kind == HEADING else " ".join(sorted(rows)),
    )


def _hyphens(words):
    places = []
    for index, (start, end) in enumerate(words.spans):
        word = words.text[start:end].replace(SOFT_HYPHEN, "")
        places += [
            f"{index}:{len(normalise_word(word[:i]))}"
            for i, letter in enumerate(word)
            if letter in "-\u2010"
        ]
    return " ".join(places)


def to_json(fingerprints):
    """The table as it is shipped, empty values left out."""
    rows = [
        {key: value for key, value in asdict(item).items() if value != ""}
        for item in fingerprints
    ]
    return json.dumps(rows, indent=4) + "\n"


def from_json(text):
    """
    >>> items = [fingerprint("A1", "area", "Support is about the person")]
    >>> from_json(to_json(items)) == items
    True
    """
    return [Fingerprint(**row) for row in json.loads(text)]
