"""Pure thinking of the board's page: how a rating looks, and where to ask."""

# From which share of its scale on a rating has this tone; the best comes first.
TONES = ((0.84, "strong"), (0.5, "fair"), (0.17, "low"), (0.0, "weak"))
AREAS_ASKED = 3


def get_tone(share):
    """One of four tones, the same for scales of ten numbers or of four words.

    >>> [get_tone(place / 3) for place in range(4)]
    ['weak', 'low', 'fair', 'strong']
    >>> get_tone(8 / 9), get_tone(4 / 9), get_tone(0)
    ('strong', 'low', 'weak')
    """
    return next(tone for least, tone in TONES if share >= least)


def get_weakest(shares):
    """The keys to ask about, the weakest first, each with its weakest places.

    :param shares: {key: {place: share}}
    :return: list of (key, places)

    >>> get_weakest({"A1": {"x": 1.0, "y": 1.0}, "A2": {"x": 0.0, "y": 1.0}})
    [('A2', ['x'])]
    >>> get_weakest({"A1": {"x": 0.0}, "A2": {"x": 0.0, "y": 0.0}, "A3": {}})
    [('A1', ['x']), ('A2', ['x', 'y'])]
    >>> get_weakest({"A1": {"x": 1.0}})
    []
    """
    averages = {
        key: sum(places.values()) / len(places)
        for key, places in shares.items()
        if places
    }
    weak = [key for key in sorted(averages, key=averages.get) if averages[key] < 1]
    return [
        (key, [p for p in shares[key] if shares[key][p] == min(shares[key].values())])
        for key in weak[:AREAS_ASKED]
    ]


def pick_in_turn(things, number, day):
    """So many of the things, others in the next quarter, so that none is forgotten.

    >>> from datetime import date
    >>> pick_in_turn("abcde", 2, date(2026, 1, 5))
    ['d', 'e']
    >>> pick_in_turn("abcde", 2, date(2026, 4, 5))
    ['a', 'b']
    >>> pick_in_turn("a", 2, date(2026, 4, 5)), pick_in_turn("", 2, date(2026, 4, 5))
    (['a'], [])
    """
    quarter = day.year * 4 + (day.month - 1) // 3
    number = min(number, len(things))
    return [things[(quarter * number + i) % len(things)] for i in range(number)]
