"""One pass over the words of a guide: which item stands where, whole or changed."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from .guide_fingerprint import HEADING, ROW, digest
from .guide_stretch import Stretches

# Kinds that a guide rightly says more than once: contents page, summary, chapter.
TITLES = ("area", "principle")
# How much of an item must be there to call it changed rather than missing.
ALIKE = 0.4
# Longer than this an item is known by its rows of words alone.
SHORT = 8


@dataclass(frozen=True)
class Item:
    """What was found for one item of the guide (or beside them: ``extra``)."""

    reference: str
    kind: str
    status: str
    text: str = ""
    is_moved: bool = False
    count: int = 0


class Search:
    """One pass over one row of words."""

    def __init__(self, words, fingerprints):
        self.words = words
        self.expected = [item for item in fingerprints if item.kind != HEADING]
        self.rows = [
            digest(words.joined(i, ROW)) for i in range(max(len(words) - ROW + 1, 1))
        ]
        self.spans = self._find_wholes(fingerprints)
        self.exact = {
            item.reference: self._shown(item, start)
            for item in self.expected
            if (start := self._exact_place(item)) is not None
        }

    @property
    def is_whole(self):
        return len(self.exact) == len(self.expected)

    @property
    def first_double(self):
        """The reference of the first item that is there more often than it should."""
        for item in self.expected:
            if item.kind not in TITLES and len(self.spans.get(item, ())) > 1:
                return item.reference
        return None

    def _find_wholes(self, fingerprints):
        """{fingerprint: the places where all of its words stand}."""
        by_opening = {}
        for item in fingerprints:
            by_opening.setdefault(item.opening, []).append(item)
        spans = {}
        for start, row in enumerate(self.rows):
            for item in by_opening.get(row, ()):
                if digest(self.words.joined(start, item.count)) == item.whole:
                    spans.setdefault(item, []).append(start)
        self._find_short_headings(by_opening, spans)
        return spans

    def _find_short_headings(self, by_opening, spans):
        """Headings of one or two words count where they have a line of their own."""
        starts = [i for i, first in enumerate(self.words.line_starts) if first]
        for start, end in pairwise(starts):
            if end - start < ROW:
                whole = digest(self.words.joined(start, end - start))
                for item in by_opening.get(whole, ()):
                    spans.setdefault(item, []).append(start)

    def _exact_place(self, item):
        """Where the item stands with the right punctuation too."""
        for start in self.spans.get(item, ()):
            if digest(self.words.marks(start, start + item.count)) == item.marks:
                return start
        return None

    def _shown(self, item, start):
        return self.words.shown(
            start, start + item.count, item.hyphen_places, item.break_places
        )

    @property
    def body(self):
        """(place, fingerprint) of the statements, questions and stories found."""
        return [
            (self.spans[item][0], item)
            for item in self.expected
            if item.kind not in TITLES and item in self.spans
        ]

    @property
    def words_after(self):
        """How many words follow the last item found."""
        ends = (start + item.count for start, item in self.body)
        return len(self.words) - max(ends, default=0)

    # === WHAT IS NOT EXACT === #

    def items(self, texts):
        """An :class:`Item` for each fingerprint, in order, then what is left over.

        :param texts: exact texts by reference, from every search
        """
        free = Stretches(self.words, self._covered())
        changed = self._changed(texts, free)
        moved = self._moved()
        items = []
        for item in self.expected:
            found = Item(item.reference, item.kind, "missing", count=item.count)
            if item.reference in texts:
                found = replace(found, status="exact", text=texts[item.reference])
            elif item.reference in changed:
                found = replace(found, status="changed", text=changed[item.reference])
            items.append(replace(found, is_moved=item.reference in moved))
        return items + self._extras(free)

    def _covered(self):
        return sorted(
            (start, start + item.count)
            for item, starts in self.spans.items()
            for start in starts
        )

    def _moved(self):
        """References of the items that do not stand in the order of the guide."""
        body = self.body
        kept = _longest_rise([start for start, _item in body])
        return {
            item.reference for i, (_start, item) in enumerate(body) if i not in kept
        }

    def _changed(self, texts, free):
        """{reference: the text that stands in the place of an item}."""
        lacking = [item for item in self.expected if item.reference not in texts]
        hits = self._row_hits(lacking, free)
        changed = {}
        for item in lacking:
            if item in self.spans:
                changed[item.reference] = self._shown(item, self.spans[item][0])
                continue
            span = _densest(sorted(hits.get(item, ())), item.count)
            if span and span[2] >= max(1, ALIKE * len(item.row_set)):
                start, end = free.widened(span[0], span[1] + ROW, item.count)
                changed[item.reference] = self.words.shown(start, end)
                free.take(start, end)
        short = [item for item in lacking if item.count <= SHORT]
        for item in short:
            span = free.first_like(item.count, *self._neighbours(item))
            if span and item.reference not in changed:
                changed[item.reference] = self.words.shown(*span)
                free.take(*span)
        return changed

    def _row_hits(self, lacking, free):
        """{fingerprint: the free places where one of its rows of words stands}."""
        by_row = {}
        for item in lacking:
            for row in item.row_set:
                by_row.setdefault(row, []).append(item)
        hits = {}
        for start, row in enumerate(self.rows):
            for item in by_row.get(row[:8], ()):
                if free.is_free(start):
                    hits.setdefault(item, []).append(start)
        return hits

    def _neighbours(self, item):
        """The places between which a lacking item of a list should stand."""
        alike = [
            other
            for other in self.expected
            if (other.area, other.kind) == (item.area, item.kind)
        ]
        here = alike.index(item)
        before = [self.spans[o][0] + o.count for o in alike[:here] if o in self.spans]
        after = [self.spans[o][0] for o in alike[here:] if o in self.spans]
        start = before[-1] if before else (after[0] - 3 * SHORT if after else 0)
        end = after[0] if after else (before[-1] + 3 * SHORT if before else 0)
        return max(start, 0), min(end, len(self.words))

    def _extras(self, free):
        """What stands among the items of the lists and is none of them."""
        body = sorted((start, start + item.count) for start, item in self.body)
        if not body:
            return []
        return [
            Item("", "extra", "extra", self.words.shown(start, end))
            for start, end in free.chunks(body[0][0], body[-1][1])
            if end - start >= ROW
        ]


def _longest_rise(numbers):
    """The places of a longest row of numbers that only rises.

    >>> sorted(_longest_rise([10, 20, 90, 30, 40]))
    [0, 1, 3, 4]
    """
    tails, places, before = [], [], []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(places[length - 1] if length else None)
        tails[length : length + 1] = [number]
        places[length : length + 1] = [place]
    kept, place = set(), places[-1] if places else None
    while place is not None:
        kept.add(place)
        place = before[place]
    return kept


def _densest(places, count):
    """The stretch of at most ``count`` words (and a third more) with most of places.

    >>> _densest([3, 40, 41, 43, 90], 9)
    (40, 43, 3)
    """
    best, first = None, 0
    for last, place in enumerate(places):
        while place - places[first] > count * 4 // 3:
            first += 1
        if best is None or last - first + 1 > best[2]:
            best = (places[first], place, last - first + 1)
    return best
