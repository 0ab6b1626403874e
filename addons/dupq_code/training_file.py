"""Reading the cells of a file of training records, without any ORM."""

import re
from datetime import date, datetime, timedelta

# Day zero of spreadsheets, which believe in 29 February 1900.
EXCEL_EPOCH = date(1899, 12, 30)
FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
YES = {"1", "yes", "y", "true"}
NO = {"0", "2", "no", "n", "false"}


def read_day(cell):
    """The day that a cell says, or None where it says none that can be read.

    As in the Adult Social Care Workforce Data Set the day comes first; a spreadsheet
    may have made a date, or a number, of it.

    >>> read_day("05/03/2026"), read_day(" 2026-03-05 00:00:00 ")
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5))
    >>> read_day("46086"), read_day("5.3.2026"), read_day("5/3/26")
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5), datetime.date(2026, 3, 5))
    >>> read_day("31/02/2026"), read_day("soon"), read_day(""), read_day("12")
    (None, None, None, None)
    """
    text = (cell or "").strip()
    if re.fullmatch(r"\d{5}(\.0+)?", text):
        return EXCEL_EPOCH + timedelta(days=int(float(text)))
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})([ T].*)?", text):
        text, formats = match[1], ("%Y-%m-%d",)
    else:
        formats = FORMATS
    for pattern in formats:
        try:
            day = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        if 1950 <= day.year <= 2100:
            return day
    return None


def read_accredited(cell):
    """
    >>> read_accredited("1"), read_accredited("No"), read_accredited("999")
    ('yes', 'no', 'unknown')
    >>> read_accredited("")
    """
    text = (cell or "").strip().lower()
    if not text:
        return None
    return "yes" if text in YES else "no" if text in NO else "unknown"
