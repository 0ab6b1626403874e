"""The pages at which people say what they think, as they stand in an address.

Nothing is kept in the browser, so that one tablet can go round: what somebody chose
for the next answers (Easy Read, consent, no name) stands in the address as letters.
"""

import re
from dataclasses import dataclass, replace

NOTHING = "0"
LETTERS = re.compile(r"0|e?[yx]?n?")
CONTESTING = ("ratings", "contested")
STEPS = ("", "all", "mine", "stop", "thanks", "worked", "told", *CONTESTING)
# Whether one action worked.
WORKED = re.compile(r"worked-([0-9]{1,9})")
# Why somebody sees one rating differently.
CONTEST = re.compile(r"contest-([0-9]{1,9})")
# The three answers of Easy Read, each with its picture, in their order.
FEELINGS = {"good": "thumbs-up", "mixed": "neutral-face", "not_yet": "thumbs-down"}
WORKED_PICTURES = {"yes": "thumbs-up", "partly": "neutral-face", "no": "thumbs-down"}
SHARES = {"good": 1.0, "mixed": 0.5, "not_yet": 0.0}


@dataclass(frozen=True)
class Saying:
    """Where somebody is, and how they want it.

    :param easy: whether they read Easy Read
    :param consent: what they said last: "yes", "no" or nothing
    :param nameless: whether they do not say who they are
    :param step: one of the named steps, or the number of a question
    """

    easy: bool = False
    consent: str | None = None
    nameless: bool = False
    step: str | int = ""

    @classmethod
    def parse(cls, path, easy=False):
        """What a path says, or None.

        >>> Saying.parse("", easy=True)
        Saying(easy=True, consent=None, nameless=False, step='')
        >>> Saying.parse("eyn/12")
        Saying(easy=True, consent='yes', nameless=True, step=12)
        >>> Saying.parse("0/all").step, Saying.parse("x").consent
        ('all', 'no')
        >>> Saying.parse("e/worked-7").step, Saying.parse("e/worked-x")
        ('worked-7', None)
        >>> Saying.parse("contest-7"), Saying.parse("0/contest-7").is_contesting
        (None, True)
        >>> [Saying.parse(path) for path in ("q", "e/", "e/-1", "e/1/2", "e/nothing")]
        [None, None, None, None, None]
        """
        if not path:
            return cls(easy=easy)
        letters, slash, step = path.partition("/")
        if not letters or not LETTERS.fullmatch(letters) or (slash and not step):
            return None
        if step.isascii() and step.isdigit() and len(step) < 10:
            step = int(step)
        elif step not in STEPS and not (
            WORKED.fullmatch(step) or CONTEST.fullmatch(step)
        ):
            return None
        return cls(
            easy="e" in letters,
            consent="yes" if "y" in letters else "no" if "x" in letters else None,
            nameless="n" in letters,
            step=step,
        )

    @property
    def is_contesting(self):
        """Whether it is one of the pages about draft ratings."""
        step = str(self.step)
        return step in CONTESTING or bool(CONTEST.fullmatch(step))

    def at(self, step="", **changes):
        """The path of another page, in the same way.

        >>> Saying(easy=True, consent="no").at(12), Saying().at("all")
        ('ex/12', '0/all')
        >>> Saying(consent="yes").at(3, easy=True, nameless=True), Saying().at()
        ('eyn/3', '0')
        """
        other = replace(self, **changes)
        letters = "e" if other.easy else ""
        letters += {"yes": "y", "no": "x"}.get(other.consent, "")
        letters += "n" if other.nameless else ""
        return "/".join(str(part) for part in (letters or NOTHING, step) if part != "")


def add_lost(page, words):
    """The page that says that words came too late, and shows them; or nothing.

    >>> add_lost({"values": {"easy": True}}, "Late.")
    {'values': {'easy': True, 'lost': 'Late.'}}
    >>> add_lost("", "")
    """
    return {**page, "values": {**page["values"], "lost": words}} if page else None


def get_feeling(share):
    """Which of the three answers a place on any scale comes nearest to.

    >>> get_feeling(1), get_feeling(0.66), get_feeling(0.5), get_feeling(0.2)
    ('good', 'mixed', 'mixed', 'not_yet')
    >>> get_feeling(2 / 3), get_feeling(1 / 3)
    ('mixed', 'mixed')
    """
    if share > 2 / 3:
        return "good"
    return "not_yet" if share < 1 / 3 else "mixed"


def get_nearest(shares, wanted):
    """The key whose share is the nearest one; of two, the lower: no one is flattered.

    >>> get_nearest({"low": 0, "middle": 0.5, "high": 1}, 0.4)
    'middle'
    >>> get_nearest({"a": 0, "b": 1 / 3, "c": 2 / 3, "d": 1}, 0.5)
    'b'
    """
    return min(
        shares, key=lambda key: (round(abs(shares[key] - wanted), 6), shares[key])
    )
