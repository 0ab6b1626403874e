"""Whether an advert says anything of the people a job is for, without any ORM."""

import re

from .names import fold


def said_in(text, phrases):
    """Whether one of ``phrases`` stands in ``text``, as whole words.

    A word may have a plural "s" more or less.

    >>> said_in("You love the hills and your camera.", ["Photography", "camera"])
    True
    >>> said_in("Hikers wanted: long walks.", ["hiking", "walk"])
    True
    >>> said_in("A cooking pot of experience", ["Cook"])
    False
    >>> said_in("Anything", ["", " "])
    False
    """
    line = as_line(text)
    return any(
        words in line for phrase in phrases if (words := as_line(phrase)).strip()
    )


def as_line(text):
    """The words of a text between spaces, so that a whole word can be looked for.

    >>> as_line("Long Walks!")
    ' long walk '
    """
    words = (word.removesuffix("s") if len(word) > 3 else word for word in fold(text))
    return f" {' '.join(words)} "


def phrases_of(name, others):
    """The words for one interest: its name, and others with commas between.

    >>> phrases_of("Photography", "photos, camera,")
    ['Photography', 'photos', 'camera']
    """
    return [name, *(word.strip() for word in (others or "").split(",") if word.strip())]


def sentences(text):
    """The sentences and lines of a text, each for itself.

    >>> sentences("My camera. Hills!\\n\\nMy sister")
    ['My camera.', 'Hills!', 'My sister']
    >>> sentences(None)
    []
    """
    parts = re.split(r"(?<=[.!?])\s+|\n+", text or "")
    return [part.strip() for part in parts if part.strip()]
