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
