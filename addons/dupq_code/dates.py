"""Dates as people read them: the month in words, so that nobody takes 3/4 for 4/3."""

from odoo.tools import format_date
from odoo.tools.misc import get_lang


def long_date(env, date):
    """A date with its month in words, in the reader's language.

    In every kind of English the day comes first, as in the country of the Code:
    4 November 2025.
    """
    if not date:
        return ""
    is_english = get_lang(env).code.startswith("en")
    return format_date(env, date, date_format="d MMMM yyyy" if is_english else "long")


def month_words(env, date):
    """The month of a date in the reader's language: November 2025."""
    return format_date(env, date, date_format="MMMM y") if date else ""


def counted_month_words(env, first, today):
    """The month of figures, which says when it is not over: November 2025, so far.

    :param first: first day of the month
    :param today: where the company works
    """
    words = month_words(env, first)
    if not first or first < today.replace(day=1):
        return words
    if first > today:
        return env._("%(month)s, planned", month=words)
    return env._("%(month)s, so far", month=words)
