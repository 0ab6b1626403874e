"""What a place of the coverage map says, as plain functions."""

from dataclasses import dataclass, field

# Confidential items are told of in these steps to those who may not see them, so
# that no two screens, subtracted, give away a single one.
SECRET_STEP = 5
# What can be shown, worst first.
STATES = ("nothing", "stale", "single", "fresh")


@dataclass
class Cell:
    """The figures of one service for one area or statement, as one reader has them.

    good, not_yet     items the reader may see, seen in the twelve months
    confidential      number told of the others, see `told`
    sources           kinds of source among those the reader may see
    perspectives      ids of the groups whose view it is, 0 for nobody's
    has_older         whether there is anything older
    """

    good: int = 0
    not_yet: int = 0
    confidential: int = 0
    sources: int = 0
    perspectives: set = field(default_factory=set)
    has_older: bool = False

    @property
    def count(self):
        """How many items a reader finds when opening it."""
        return self.good + self.not_yet + self.confidential

    @property
    def state(self):
        """What can be shown, in one word.

        >>> Cell().state, Cell(has_older=True).state
        ('nothing', 'stale')
        >>> Cell(good=3, sources=1).state, Cell(good=1, not_yet=1, sources=2).state
        ('single', 'fresh')
        """
        if not self.good + self.not_yet:
            return "stale" if self.has_older else "nothing"
        return "single" if self.sources == 1 else "fresh"

    def gaps(self, managers=()):
        """What is missing, in the order in which it matters.

        >>> Cell(good=2, sources=1, perspectives={7}).gaps(managers={7})
        ['single', 'managers']
        >>> Cell(good=2, sources=2, perspectives={7, 1}).gaps(managers={7})
        []
        """
        if self.state in ("nothing", "stale"):
            return [self.state]
        found = ["single"] if self.state == "single" else []
        if self.perspectives and self.perspectives <= set(managers):
            found.append("managers")
        return found


@dataclass
class Sum:
    """The figures of several services for one area or statement.

    Made of what a reader is told of each service and of nothing else, so that no
    sum gives away what a service keeps to itself.

    services      a cell of each service
    own           cells of the regions among them, which are no services

    >>> north = Sum([Cell(good=3, sources=2), Cell()], [Cell(not_yet=1, sources=1)])
    >>> north.count, north.state, north.spread["nothing"], north.spread["fresh"]
    (4, 'nothing', 1, 1)
    >>> Sum([], [Cell(good=1, sources=1)]).state, Sum([]).state
    ('single', 'nothing')
    """

    services: list
    own: list = field(default_factory=list)

    def _add(self, name):
        return sum(getattr(cell, name) for cell in self.own + self.services)

    @property
    def good(self):
        return self._add("good")

    @property
    def not_yet(self):
        return self._add("not_yet")

    @property
    def confidential(self):
        return self._add("confidential")

    @property
    def count(self):
        """How many items a reader finds when opening it."""
        return self._add("count")

    @property
    def spread(self):
        """{state: how many of the services can show that}, worst first."""
        states = [cell.state for cell in self.services]
        return {state: states.count(state) for state in STATES}

    @property
    def state(self):
        """What the service that shows least can show."""
        states = [cell.state for cell in self.services or self.own]
        return min(states, key=STATES.index, default=STATES[0])

    def gaps(self, _managers=()):
        """What the service that shows least is missing."""
        return [] if self.state == "fresh" else [self.state]


def told(confidential, may_see):
    """How many confidential items a reader is told of.

    >>> [told(number, may_see=False) for number in (0, 4, 5, 9, 10)]
    [0, 0, 5, 5, 10]
    >>> told(4, may_see=True)
    4
    """
    if may_see:
        return confidential
    return confidential - confidential % SECRET_STEP
