"""Finds the items of a guide in a text, by the fingerprints of its edition."""

from dataclasses import dataclass, field
from itertools import takewhile

from odoo.tools.translate import LazyTranslate

from .guide_fingerprint import HEADING, digest
from .guide_search import TITLES, Item, Search
from .guide_text import NotTheGuide, Words, clean, without_running_lines

_lt = LazyTranslate(__name__)

# So many words of headings may follow the last whole item of a guide that is cut off.
ROOM = 15


@dataclass(frozen=True)
class Reading:
    """What a text says for each item of the guide, and what is wrong with it first."""

    items: list = field(default_factory=list)
    gap: object = None

    @property
    def is_whole(self):
        """Whether every item was found once, word for word."""
        return self.gap is None

    def count(self, status):
        return sum(item.status == status for item in self.items)


def read_guide(text, fingerprints):
    """Find each of ``fingerprints`` in the text, however its lines are broken.

    :param text: as :func:`~.guide_text.decode` gives it, or as pasted
    :return: a :class:`Reading`; nothing is raised for a text that is not the guide
    :raise NotTheGuide: when the text is too long to be looked at
    """
    searches = []
    for bare in _bare(clean(text), fingerprints):
        searches.append(Search(Words.of(bare), fingerprints))
        if searches[-1].is_whole:
            break
    best = max(searches, key=lambda search: len(search.exact))
    texts = {}
    for search in (*searches, best):
        texts |= search.exact
    items = best.items(texts)
    twice = next(filter(None, (search.first_double for search in searches)), None)
    return Reading(items, _gap(items, twice, best.words_after))


def _bare(text, fingerprints):
    """The text without page headers, found in more than one way, and as it is."""
    titles = {item.whole for item in fingerprints if item.kind == "area"}
    headings = {item.whole for item in fingerprints if item.kind == HEADING}
    yield without_running_lines(text, lambda line: digest(line) in titles | headings)
    yield text
    # A chapter's title on each of its pages is a page header too.
    yield without_running_lines(
        text, lambda line: digest(line) in headings, lambda line: digest(line) in titles
    )


def _gap(items, twice, words_after):
    """The first thing wrong, as a sentence, or None."""
    expected = [item for item in items if item.status != "extra"]
    lacking = [item for item in expected if item.status != "exact"]
    if len(lacking) == len(expected):
        return _lt(
            "This is not the guide, or only its first pages: none of its areas and "
            "statements is in it."
        )
    if twice:
        return _lt(
            "%(reference)s is in the text twice. Load one copy of the guide only.",
            reference=twice,
        )
    if not lacking:
        return None
    return _stop(expected, words_after) or _first_lack(lacking)


def _stop(expected, words_after):
    """The sentence for a guide that is cut off, or None."""
    body = [item for item in expected if item.kind not in TITLES]
    whole = len(list(takewhile(lambda item: item.status == "exact", body)))
    tail = body[whole:]
    if any(item.status == "exact" for item in tail) or not tail:
        return None
    if words_after > ROOM + tail[0].count:
        return None
    return _lt(
        "The text stops at %(reference)s: from there on %(count)s of %(total)s items "
        "are not whole. Load the whole guide.",
        reference=tail[0].reference,
        count=len(tail),
        total=len(body),
    )


def _first_lack(lacking):
    first = lacking[0]
    if first.status == "changed":
        return _lt(
            "%(reference)s is not worded as in the published guide. Items missing or "
            "changed: %(count)s.",
            reference=first.reference,
            count=len(lacking),
        )
    return _lt(
        "%(reference)s is missing from the text. Items missing or changed: %(count)s.",
        reference=first.reference,
        count=len(lacking),
    )


__all__ = ["Item", "NotTheGuide", "Reading", "read_guide"]
