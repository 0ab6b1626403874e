"""Compare wordings without keeping them: hashes of six words in a row."""

import hashlib
import re

LENGTH = 6


def get_words(text):
    """Lower-case words without punctuation.

    >>> get_words("People's homes; and flats!")
    ['peoples', 'homes', 'and', 'flats']
    """
    return re.findall(r"[a-z0-9]+", re.sub(r"['\u2019]", "", (text or "").lower()))


def get_hashes(text):
    """A short hash for every six words in a row.

    >>> len(get_hashes("one two three four five six seven"))
    2
    """
    words = get_words(text)
    rows = range(len(words) - LENGTH + 1)
    return {_hash(" ".join(words[start : start + LENGTH])) for start in rows}


def _hash(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]
