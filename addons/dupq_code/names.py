"""Finding a person's name in a line of text, without any ORM."""

import re
import unicodedata

SHORTEST_NAME = 3


def fold(text):
    """The words of ``text`` without case and accents.

    >>> fold("Zoë O'Neill, at number 12")
    ['zoe', 'oneill', 'at', 'number', '12']
    """
    plain = unicodedata.normalize("NFKD", (text or "").casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"\w+", re.sub(r"['\u2019]", "", plain))


def names_in(text, names):
    """Those of ``names`` that ``text`` gives away, whole or in part.

    A part of a name counts from three letters on and as a whole word; a short
    name counts when all its parts stand together.

    >>> names_in("Ann showed the kitchen", ["Ann Example"])
    ['Ann Example']
    >>> names_in("An annual review", ["Ann Example"])
    []
    >>> names_in("A course with Li Wu", ["Li Wu"])
    ['Li Wu']
    >>> names_in("Lunch with li", ["Li Wu"])
    []
    """
    words = fold(text)
    line = f" {' '.join(words)} "
    return [name for name in names if _is_in(fold(name), words, line)]


def _is_in(parts, words, line):
    if not parts:
        return False
    long_parts = {part for part in parts if len(part) >= SHORTEST_NAME}
    return bool(long_parts & set(words)) or f" {' '.join(parts)} " in line
