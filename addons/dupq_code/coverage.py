"""What a place of the coverage map says, as plain functions."""

from dataclasses import dataclass, field

# Confidential items are told of in these steps to those who may not see them, so
# that no two screens, subtracted, give away a single one.
SECRET_STEP = 5


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
