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
    >>> names_in("Lunch with li", ["Li Wu"]), names_in("Ann's lunch", ["Ann Example"])
    ([], ['Ann Example'])
    """
    words = fold(_without_genitive(text))
    line = f" {' '.join(words)} "
    return [name for name in names if _is_in(fold(name), words, line)]


def is_named_in_full(text, name):
    """Whether ``text`` gives the name with all its parts, of which there are two.

    A first name alone is that of many people.

    >>> is_named_in_full("Asked by Ann Example's sister", "Ann Example")
    True
    >>> is_named_in_full("Asked by Ann", "Ann Example"), is_named_in_full("Ann", "Ann")
    (False, False)
    >>> is_named_in_full("See P-0012.", "P-0012"), is_named_in_full("P-00123", "P-0012")
    (True, False)
    """
    parts, words = fold(_without_genitive(name)), fold(_without_genitive(text))
    return len(parts) > 1 and f" {' '.join(parts)} " in f" {' '.join(words)} "


def _without_genitive(text):
    return re.sub(r"['\u2019]s\b", "", text or "")


def _is_in(parts, words, line):
    if not parts:
        return False
    long_parts = {part for part in parts if len(part) >= SHORTEST_NAME}
    return bool(long_parts & set(words)) or f" {' '.join(parts)} " in line
