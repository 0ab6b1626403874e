"""From the bytes of a file to its words: no ORM, time linear in the file's size."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# The published guide is 45 kB of text, 90 kB in UTF-16.
MAX_BYTES = 1_000_000
MAX_LETTERS = 300_000
# A hyphen that a line ended with, or a soft one: printed only where it is known.
SOFT_HYPHEN = "\u00ad"
# Marks that make two texts differ. Quotes, dashes and bullets vary with the tool.
MARKS = frozenset(".,;:?!()")

_BULLET = re.compile(
    r"[ \t]*(?:[-\u2013\u2014*+•●▪■◦·\uf0b7]|o(?= )|\d{1,3}[.)])[ \t]+"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DROPPED = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060*_`"))
_LINE_END_HYPHEN = re.compile(
    rf"(?<=[^\W\d_])[-\u2010{SOFT_HYPHEN}][ \t]*\n\s*(?=[^\W\d_])"
)
_OPENERS = "(\u2018\u201c'\""
_WORD = re.compile(rf"[^\W_]+(?:[{SOFT_HYPHEN}\-\u2010'\u2019\u2018\xb4][^\W_]+)*")


class NotTheGuide(ValueError):
    """The file cannot be read as the guide; ``sentence`` says why, to be translated."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def decode(data):
    """The text in ``data``, whatever usual encoding it is in.

    >>> decode("naïve".encode("cp1252")) == decode("naïve".encode("utf-16"))
    True
    >>> decode("a • b".encode("utf-16-be"))
    'a • b'
    >>> decode("so •".encode("utf-8")[:4])
    'so '
    """
    _check_bytes(data)
    text = _decode(data)
    if _CONTROL.search(text):
        raise NotTheGuide(_lt("This file is not plain text. Save it as text first."))
    return _repair(text)


def _check_bytes(data):
    if len(data) > MAX_BYTES:
        raise NotTheGuide(
            _lt(
                "This file has %(size)s MB. The text of the guide is far below 1 MB: "
                "choose a file with nothing but the guide.",
                size=f"{len(data) / 1_000_000:.1f}",
            )
        )
    if not data.strip():
        raise NotTheGuide(_lt("This file is empty."))
    if data.startswith(b"%PDF"):
        raise NotTheGuide(
            _lt("This is a PDF file. Open it, copy its whole text and paste that here.")
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise NotTheGuide(
            _lt("This is a word-processor or zip file. Save it as plain text first.")
        )


def _decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) // 2 * 2].decode("utf-16", errors="replace")
    start = data[:4000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[first::2].count(0) > len(start) // 5:
            return data[: len(data) // 2 * 2].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.start >= len(data) - 3:
            # Cut in the middle of a letter: what is missing shows later.
            return data[: error.start].decode("utf-8-sig")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotTheGuide(
            _lt("The letters of this file cannot be read. Save it as UTF-8 text first.")
        ) from None


def _repair(text):
    """Undo UTF-8 that a program has read as Windows text.

    >>> _repair("â€¢ so")
    '• so'
    """
    if "â€" in text or "ï¬" in text:
        # What neither side knows was a bullet: it may go.
        return text.encode("cp1252", "ignore").decode("utf-8", "ignore")
    return text


def _no(_line):
    return False


def clean(text):
    """The text without ligatures, bold marks, invisible signs and foreign line ends.

    >>> clean("**o\\ufb03ce**\\r\\nnext")
    'office\\nnext'
    """
    # One sign may stand for a whole phrase, so the length is asked twice.
    text = unicodedata.normalize("NFKC", _short_enough(text)).translate(_DROPPED)
    text = _short_enough(text)
    return re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)


def _short_enough(text):
    if len(text) > MAX_LETTERS:
        raise NotTheGuide(
            _lt("This text is far longer than the guide. Load nothing but the guide.")
        )
    return text


def normalise_word(word):
    """
    >>> normalise_word("Self-Assessment's")
    'selfassessments'
    """
    return "".join(filter(str.isalnum, word.casefold()))


def words_of(text):
    """
    >>> words_of("- People's co-produced plan/ leave")
    ['peoples', 'coproduced', 'plan', 'leave']
    """
    return [normalise_word(found.group()) for found in _WORD.finditer(text)]


def without_running_lines(text, is_kept=_no, is_header=_no):
    """The text without page numbers and the headers and footers of its pages.

    A header comes often, at least 3 times. In narrow columns parts of sentences come
    often too, so it also comes nearly as often as the most frequent line.

    :param is_kept: tells normalised lines that come often for a good reason
    :param is_header: tells those that are headers however rare they are

    >>> without_running_lines("Guide 1\\na\\n2\\nGuide 2\\nb\\nGuide 3")
    'a\\nb'
    """
    lines = text.split("\n")
    keys = [_running_key(line) for line in lines]
    seen = Counter(key for key in keys if key and not is_kept(key))
    often = max(3, 0.3 * max(seen.values(), default=0))
    headers = {key for key in seen if seen[key] >= often or is_header(key)} | {""}
    pairs = zip(lines, keys, strict=True)
    return "\n".join(line for line, key in pairs if key not in headers)


def _running_key(line):
    """What stays the same of a line from page to page; None where nothing is said."""
    if not line.strip() or len(line) > 200:
        return None
    words = [word for word in words_of(line) if not word.isdecimal()]
    if words in (["page"], ["page", "of"]):
        return ""
    if not words:
        return "" if any(map(str.isalnum, line)) else None
    return " ".join(words)


@dataclass(frozen=True)
class Words:
    """A cleaned text, seen as the row of its words.

    >>> text = Words.of("All staff (those de-\\nveloping) agree?")
    >>> text.words
    ['all', 'staff', 'those', 'developing', 'agree']
    >>> text.shown(0, 5)
    'All staff (those developing) agree?'
    >>> text.shown(3, 5, hyphens={(0, 2)})
    'de-veloping) agree?'
    """

    text: str
    words: list
    spans: list

    @classmethod
    def of(cls, text):
        """:param text: as :func:`clean` gives it"""
        text = _LINE_END_HYPHEN.sub(SOFT_HYPHEN, text)
        found = list(_WORD.finditer(text))
        words = [normalise_word(match.group()) for match in found]
        return cls(text, words, [match.span() for match in found])

    def __len__(self):
        return len(self.words)

    def joined(self, start, count):
        return " ".join(self.words[start : start + count])

    def gap(self, index):
        """What stands between the word before ``index`` and the word at it."""
        start = self.spans[index - 1][1] if index else 0
        end = self.spans[index][0] if index < len(self.words) else len(self.text)
        return self.text[start:end]

    @cached_property
    def line_starts(self):
        """For each word, whether it is the first of its line."""
        return [not i or "\n" in self.gap(i) for i in range(len(self.words) + 1)]

    def starts_item(self, index):
        """Whether a bullet or a blank line stands before the word."""
        if not self.line_starts[index]:
            return False
        *before, last = self.gap(index).split("\n")
        return len(before) > 1 or bool(_BULLET.fullmatch(last))

    def marks(self, start, end):
        """Where which punctuation stands in the words from start to end.

        >>> Words.of("Is it so, or (perhaps) not?").marks(0, 6)
        '3, 4( 5) 6?'
        """
        gaps = [self._before(start), *map(self.gap, range(start + 1, end))]
        marks = ["".join(filter(MARKS.__contains__, gap)) for gap in gaps]
        marks.append("".join(filter(MARKS.__contains__, self._after(end))))
        return " ".join(f"{i}{mark}" for i, mark in enumerate(marks) if mark)

    def _before(self, start):
        gap = self.gap(start)
        return gap[len(gap.rstrip(_OPENERS)) :]

    def _after(self, end):
        gap = self.gap(end)
        return gap.split(maxsplit=1)[0] if gap[:1].strip() else ""

    def shown(self, start, end, hyphens=(), breaks=()):
        """The words as people read them, in one paragraph unless ``breaks`` says more.

        :param hyphens: (word, letter) where a hyphen at a line's end is a real one
        :param breaks: the words that open a new paragraph
        """
        parts = [self._before(start)]
        for index in range(start, end):
            if index > start:
                parts.append(self._shown_gap(index, index - start in breaks))
            parts.append(self._shown_word(index, index - start, hyphens))
        parts.append(self._after(end))
        return "".join(parts)

    def _shown_gap(self, index, breaks):
        gap = self.gap(index)
        if not breaks:
            return re.sub(r"\s+", " ", gap)
        # The end of one paragraph and the opening quote of the next.
        before, *_middle, after = re.split(r"\s+", gap)
        return f"{before}\n\n{after}"

    def _shown_word(self, index, place, hyphens):
        start, end = self.spans[index]
        before, *others = self.text[start:end].split(SOFT_HYPHEN)
        for part in others:
            letters = len(normalise_word(before))
            before += ("-" if (place, letters) in hyphens else "") + part
        return before
