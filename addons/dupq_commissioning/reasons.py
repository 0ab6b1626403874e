"""What is weak in the reason for a score: plain checks on words, without any ORM.

Awards have been set aside because the notes gave no reasons, or compared one bid
with another instead of with the published guide. These checks only warn.
"""

import re

MIN_WORDS = 8

TOO_SHORT = "too_short"
COMPARES = "compares"
COPIES_SCALE = "copies_scale"
SAME_AS_OTHER = "same_as_other"

_COMPARING = re.compile(
    r"\b(better|worse|best|worst|stronger|weaker|wider|narrower|superior|inferior"
    r"|compared (?:to|with)|in comparison|other bid(?:s|der|ders)?|others?"
    r"|unlike|whereas|than (?:the|any|all))\b",
    re.IGNORECASE,
)


def words(text):
    """The words of a text in lower case, without marks.

    >>> words("Good: clear, and dated.")
    ['good', 'clear', 'and', 'dated']
    """
    return re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)?", (text or "").lower())


def weaknesses(reason, scale_texts=(), is_repeated=False):
    """Codes of what is weak in a reason, each with the word that shows it.

    :param is_repeated: whether another bid has the same reason

    >>> weaknesses("Better than the rest.")
    [('too_short', '4'), ('compares', 'Better')]
    >>> weaknesses(
    ...     "The plan names who is asked, when, and what changed after the last time."
    ... )
    []
    >>> scale = ["Good: most of the question is answered, with dated examples given."]
    >>> weaknesses(scale[0], scale)
    [('copies_scale', '')]
    """
    found = []
    given = words(reason)
    if len(given) < MIN_WORDS:
        found.append((TOO_SHORT, str(len(given))))
    if compared := _COMPARING.search(reason or ""):
        found.append((COMPARES, compared.group()))
    if any(_is_copy(given, words(text)) for text in scale_texts):
        found.append((COPIES_SCALE, ""))
    if is_repeated:
        found.append((SAME_AS_OTHER, ""))
    return found


def _is_copy(given, scale):
    """Whether a reason says nothing that the text of the scale does not say."""
    return bool(given) and len(scale) > 3 and set(given) <= set(scale)
