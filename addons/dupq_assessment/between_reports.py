"""What follows from several published reports when one is taken from the other.

The report of an organisation counts people of all its services, and a service may
publish a report of its own. What is left of a number once the services' numbers are
taken away counts those of the other services. When these are fewer than five, it tells
of them, although neither report does: statisticians call it disclosure by differencing.
The number of the report that comes out last is then left out, whoever it is.
"""

from collections import defaultdict
from typing import NamedTuple

from .gaps import FEW


class Report(NamedTuple):
    """What a report tells of a place.

    :param frozenset places: the services it looks at
    :param dict numbers: {what is counted: how many people}, None where it is not told;
        what is counted is a tuple of kind, subject, group and way
    """

    name: str
    places: frozenset
    numbers: dict


def find_telling(mine, others):
    """Which numbers of mine are to be left out, and for the sake of which reports.

    :return: {what is counted: [names of the other reports]}

    >>> def report(name, places, *numbers):
    ...     told = {("came", "", group, way): n for group, way, n in numbers}
    ...     return Report(name, frozenset(places), told)
    >>> mill = report("Mill", [1], ("Families", "meeting", 9))
    >>> lane = report("Lane", [2], ("Families", "meeting", 8))
    >>> whole = report("All", [1, 2, 3], ("Families", "meeting", 20))

    Twenty less nine and eight are the three families of the third service.

    >>> find_telling(whole, [mill, lane])
    {('came', '', 'Families', 'meeting'): ['Lane', 'Mill']}
    >>> find_telling(lane, [whole, mill])
    {('came', '', 'Families', 'meeting'): ['All', 'Mill']}
    >>> find_telling(whole, [mill]), find_telling(lane, [whole])
    ({}, {})

    Where each service calls its way by another name, the sum of the group tells it.

    >>> mixed = report("Mill", [1], ("Families", "survey", 17))
    >>> ways = ("Families", "meeting", 12), ("Families", "film", 8)
    >>> find_telling(report("All", [1, 2], *ways), [mixed])
    {('came', '', 'Families', 'film'): ['Mill']}
    """
    mine, *others = map(_with_sums, (mine, *others))
    found = {}
    for what in mine.numbers:
        for whole in (mine, *(one for one in others if mine.places < one.places)):
            rest, parts = _take_away(what, whole, (mine, *others))
            if 0 < rest < FEW and mine in (whole, *parts):
                names = (one.name for one in (whole, *parts) if one is not mine)
                found[what] = sorted(names)
                break
    return _without_sums(mine, found)


def _take_away(what, whole, reports):
    """What is left of a number, and the reports inside it that were taken away.

    The widest first, and no place twice: nothing smaller can be left in another way.
    """
    rest, taken, parts = whole.numbers.get(what) or 0, set(), []
    inside = [
        one for one in reports if one.places < whole.places and one.numbers.get(what)
    ]
    for one in sorted(inside, key=lambda one: (-len(one.places), one.name)):
        if taken.isdisjoint(one.places):
            rest -= one.numbers[what]
            taken |= one.places
            parts.append(one)
    return rest, parts


def _with_sums(report):
    """With the sum of those of a group who took part, where all its ways are told."""
    ways = defaultdict(list)
    for (kind, subject, group, _way), number in report.numbers.items():
        if kind == "came":
            ways[kind, subject, group, None].append(number)
    sums = {what: sum(some) for what, some in ways.items() if None not in some}
    return report._replace(numbers={**report.numbers, **sums})


def _without_sums(report, found):
    """For the sake of a sum, the smallest of what it is the sum of is left out."""
    hidden = {what: names for what, names in found.items() if what[-1] is not None}
    for what in found.keys() - hidden.keys():
        parts = {
            one: number
            for one, number in report.numbers.items()
            if one[:-1] == what[:-1] and one[-1] is not None
        }
        if hidden.keys().isdisjoint(parts):
            hidden[min(parts, key=lambda one: (parts[one], one))] = found[what]
    return hidden
