"""How bids are scored and ranked, in exact arithmetic and without any ORM.

Numbers come in as :class:`~decimal.Decimal`, are computed as exact fractions and
are rounded once, half up to two places, when they are shown. Floats are refused:
ten times 0.1 is not 1 in floats, and a tender has been lost on less.

>>> criteria = [
...     Criterion("listening", Decimal("33.3")),
...     Criterion("staff", Decimal("33.3")),
...     Criterion("homes", Decimal("33.4")),
... ]
>>> bids = [
...     Bid("a", {"listening": 4, "staff": 4, "homes": 3}),
...     Bid("b", {"listening": 3, "staff": 4, "homes": 4}),
... ]
>>> [(r.bid, shown(r.total), r.rank) for r in rank(Method(criteria, top=5), bids)]
[('b', '73.34', 1), ('a', '73.32', 2)]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

HUNDRED = Decimal(100)

# Why a bid has no place in the ranking
INCOMPLETE = "incomplete"
BELOW_CRITERION = "below_criterion"
BELOW_QUALITY = "below_quality"
NO_PRICE = "no_price"


@dataclass(frozen=True)
class Criterion:
    """One question of a tender: its share of the quality part, in percent.

    :param minimum: the lowest score that keeps a bid in the ranking, if any
    """

    key: object
    weight: Decimal
    minimum: int | None = None


@dataclass(frozen=True)
class Bid:
    """The agreed scores of one bidder; a score not given is not in ``scores``."""

    key: object
    scores: Mapping
    price: Decimal | None = None


@dataclass(frozen=True)
class Method:
    """How the tender said it would choose, before any bid was seen.

    :param top: the highest score of the scale
    :param quality_minimum: the lowest quality, in percent, that stays in
    """

    criteria: Sequence[Criterion]
    top: int
    quality_weight: Decimal = HUNDRED
    price_weight: Decimal = Decimal(0)
    quality_minimum: Decimal | None = None

    @property
    def heaviest(self):
        """The highest weight among the criteria."""
        return max(exact(criterion.weight) for criterion in self.criteria)


@dataclass(frozen=True)
class Line:
    """What one criterion adds to a total; both are None while no score is given."""

    criterion: object
    weight: Decimal
    score: int | None
    points: Fraction | None


@dataclass(frozen=True)
class Result:
    """Where one bid stands, and everything its total is made of."""

    bid: object
    lines: tuple[Line, ...]
    quality_points: Fraction | None = None
    price_points: Fraction | None = None
    total: Fraction | None = None
    rank: int | None = None
    is_tied: bool = False
    # (code, criterion) for each reason why the bid is not ranked
    reasons: tuple[tuple, ...] = ()


def exact(number):
    """The number as a fraction; a float is refused because it is not exact.

    >>> exact(Decimal("33.3")) * 3 == exact(Decimal("99.9"))
    True
    >>> exact(0.1)
    Traceback (most recent call last):
    ...
    TypeError: Give a Decimal, not a float: 0.1
    """
    if isinstance(number, float):
        raise TypeError(f"Give a Decimal, not a float: {number}")
    return Fraction(number)


def from_field(number, digits=2):
    """The decimal that PostgreSQL holds behind a float read from a numeric field.

    >>> from_field(33.3)
    Decimal('33.30')
    >>> sum(from_field(0.1) for _ in range(10))
    Decimal('1.00')
    """
    return Decimal(f"{number:.{digits}f}")


def shown(amount, digits=2):
    """The amount as people read it: rounded once, half up, never half even.

    >>> shown(Fraction(5, 1000)), shown(Fraction(1, 3)), shown(Decimal("2.675"))
    ('0.01', '0.33', '2.68')
    >>> shown(Fraction(-5, 1000)), shown(Fraction(0)), shown(None)
    ('-0.01', '0.00', '')
    """
    if amount is None:
        return ""
    scaled = exact(amount) * 10**digits
    units = int(abs(scaled) + Fraction(1, 2))
    sign = "-" if scaled < 0 and units else ""
    return f"{sign}{Decimal(units).scaleb(-digits):.{digits}f}"


def plain(weight):
    """The weight without idle zeros.

    >>> plain(Decimal("33.30")), plain(Decimal("100.00")), plain(Decimal("0"))
    ('33.3', '100', '0')
    """
    return f"{weight.normalize():f}"


def missing_weight(weights):
    """What the weights still need to add up to exactly 100; negative if too much.

    >>> missing_weight([Decimal("33.3"), Decimal("33.3"), Decimal("33.4")])
    Decimal('0.0')
    >>> missing_weight([Decimal("33.33")] * 3)
    Decimal('0.01')
    """
    return HUNDRED - sum(weights, Decimal(0))


def even_shares(total, count):
    """The total shared out in whole steps; what does not divide goes to the first.

    >>> even_shares(Decimal(100), 3)
    [Decimal('34'), Decimal('33'), Decimal('33')]
    >>> even_shares(Decimal("33.4"), 2), even_shares(Decimal(-5), 2)
    ([Decimal('17.4'), Decimal('16')], [Decimal('0'), Decimal('0')])
    """
    if count < 1 or total <= 0:
        return [Decimal(0)] * count
    share, rest = divmod(int(total), count)
    shares = [Decimal(share + (place < rest)) for place in range(count)]
    shares[0] += total - int(total)
    return shares


def points(weight, score, top):
    """The points of one score: its share of the scale, times the weight.

    >>> points(Decimal("33.3"), 4, 5) == Fraction("26.64")
    True
    >>> points(Decimal("33.3"), None, 5) is None
    True
    """
    if score is None:
        return None
    return exact(weight) * score / top


def is_priced(price):
    """Whether a price can be scored: given, and above zero."""
    return price is not None and exact(price) > 0


def price_points(weight, prices):
    """Points for price, relative to the lowest: the lowest price gets them all.

    A bid without a price, or with one of zero or below, gets None and does not
    count as the lowest.

    >>> given = price_points(
    ...     Decimal(70), {"a": Decimal(10000), "b": Decimal(8000), "c": Decimal(0)}
    ... )
    >>> [shown(given[bid]) for bid in "abc"]
    ['56.00', '70.00', '']
    """
    priced = {bid: exact(price) for bid, price in prices.items() if is_priced(price)}
    if not priced:
        return dict.fromkeys(prices)
    lowest = min(priced.values())
    return {
        bid: exact(weight) * lowest / priced[bid] if bid in priced else None
        for bid in prices
    }


def rank(method, bids):
    """Every bid with its points and, where it may have one, its rank.

    The bids that stay in are ordered by total, then by the published rule for
    equal totals: higher quality, then the higher score on the criterion with the
    highest weight (all of those, if several share it). What is still equal is a
    true tie and keeps one rank: nothing hidden, such as a database id, decides.

    :return: ranked results first, best first, then the others as they came
    """
    scored = [_score(method, bid) for bid in bids]
    ranked = _with_price(method, bids, scored)
    keys = {
        result.bid: _order_key(method, result) for result in ranked if _is_in(result)
    }
    places = _places(keys)
    placed = [
        replace(result, rank=places[result.bid][0], is_tied=places[result.bid][1])
        if result.bid in places
        else result
        for result in ranked
    ]
    return sorted(placed, key=lambda result: (result.rank is None, result.rank or 0))


def _score(method, bid):
    """The quality points of a bid, and the reasons that keep it out."""
    lines = tuple(
        Line(
            criterion.key,
            criterion.weight,
            bid.scores.get(criterion.key),
            points(
                _share(method, criterion), bid.scores.get(criterion.key), method.top
            ),
        )
        for criterion in method.criteria
    )
    if any(line.score is None for line in lines):
        return Result(bid.key, lines, reasons=((INCOMPLETE, None),))
    quality = sum((line.points for line in lines), Fraction(0))
    return Result(
        bid.key, lines, quality, reasons=tuple(_why_out(method, lines, quality))
    )


def _share(method, criterion):
    """The weight of a criterion in the whole tender."""
    return exact(criterion.weight) * exact(method.quality_weight) / 100


def _why_out(method, lines, quality):
    """The published minimums that the bid does not reach."""
    for criterion, line in zip(method.criteria, lines, strict=True):
        if criterion.minimum is not None and line.score < criterion.minimum:
            yield BELOW_CRITERION, criterion.key
    if method.quality_minimum is not None:
        needed = exact(method.quality_minimum) * exact(method.quality_weight) / 100
        if quality < needed:
            yield BELOW_QUALITY, None


def _with_price(method, bids, scored):
    """Add price and total; only bids that stay in may set the lowest price."""
    weight = exact(method.price_weight)
    prices = {bid.key: bid.price for bid in bids}
    inside = {result.bid: prices[result.bid] for result in scored if _is_in(result)}
    given = (
        price_points(weight, inside) if weight else dict.fromkeys(inside, Fraction(0))
    )
    return [
        _priced(result, given[result.bid]) if result.bid in given else result
        for result in scored
    ]


def _priced(result, amount):
    if amount is None:
        return replace(result, reasons=(*result.reasons, (NO_PRICE, None)))
    return replace(result, price_points=amount, total=result.quality_points + amount)


def _is_in(result):
    return not result.reasons


def _order_key(method, result):
    """What decides, in order: total, quality, the heaviest criteria."""
    heaviest = sum(
        line.score for line in result.lines if exact(line.weight) == method.heaviest
    )
    return result.total, result.quality_points, heaviest


def _places(keys):
    """``{bid: (rank, is_tied)}``, where equals share a rank and the next is skipped."""
    ordered = sorted(keys.values(), reverse=True)
    return {
        bid: (ordered.index(key) + 1, ordered.count(key) > 1)
        for bid, key in keys.items()
    }
