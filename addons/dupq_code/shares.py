"""Shares of a whole, as people read them."""


def percent(part, whole):
    """Whole per cent; never 0 while there is some, nor 100 while some is missing.

    >>> percent(7, 9), percent(0, 4), percent(4, 4)
    (78, 0, 100)
    >>> percent(1, 1000), percent(999, 1000)
    (1, 99)
    """
    rounded = round(100 * part / whole)
    if 0 < part < whole:
        return min(max(rounded, 1), 99)
    return rounded
