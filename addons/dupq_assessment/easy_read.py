"""Whether an edition keeps to the rules of Easy Read, without any ORM.

A picture on the left, one idea on the right in sentences of fifteen words at most,
hard words explained where they stand, letters of 14 points or more, twenty pages at
most. The words for people are made elsewhere.
"""

import math
import re
from dataclasses import dataclass

from . import plain_words

LONGEST = 15
MOST_SENTENCES = 3
MOST_PAGES = 20
# Rows of a picture and its words that stand well apart on a sheet of A4.
ROWS_A_PAGE = 7
SMALLEST_POINTS = 14
# Points of the units in which a size can stand; a rem is 16 pixels.
POINTS = {"pt": 1, "px": 0.75, "rem": 12, "em": 12, "%": 0.12}

NO_WORDS, NO_PICTURE, LONG, MANY = "no_words", "no_picture", "long", "many"
HARD, ACRONYM, PAGES, SMALL = "hard", "acronym", "pages", "small"


@dataclass(frozen=True)
class Problem:
    """A rule that is not kept.

    :param kind: which rule
    :param words: the words it is about, if any
    :param hint: a number, or plainer words
    """

    kind: str
    words: str = ""
    hint: str = ""


def check_idea(words, picture, explanation="", terms=(), rarity=None):
    """What is wrong with one idea: its words, its picture, what explains it.

    >>> check_idea("We asked people.", "ear")
    []
    >>> [one.kind for one in check_idea("", "")]
    ['no_words', 'no_picture']
    >>> check_idea("We " + "really " * 15 + "asked.", "ear")
    [Problem(kind='long', words='We really really really ...', hint='17')]
    >>> term = plain_words.Term("advocate", "someone who speaks up for you", "jargon")
    >>> [one.hint for one in check_idea("Ask an advocate.", "ear", terms=[term])]
    ['someone who speaks up for you']
    >>> check_idea("Ask an advocate.", "ear", "An advocate speaks up for you.", [term])
    []
    """
    problems = []
    if not (words or "").strip():
        problems.append(Problem(NO_WORDS))
    if not picture:
        problems.append(Problem(NO_PICTURE))
    said = plain_words.sentences(words or "")
    if len(said) > MOST_SENTENCES:
        problems.append(Problem(MANY, hint=str(len(said))))
    for _start, sentence in [*said, *plain_words.sentences(explanation or "")]:
        number = len(plain_words.words_of(sentence))
        if number > LONGEST:
            begin = " ".join(sentence.split()[:4])
            problems.append(Problem(LONG, f"{begin} ...", str(number)))
    return problems + _hard_words(words or "", explanation or "", terms, rarity)


def is_long(words):
    """Whether what somebody said is more than Easy Read has in one idea.

    >>> is_long("I like my room."), is_long("We " + "never " * 15 + "go out.")
    (False, True)
    """
    kinds = {one.kind for one in check_idea(words, "theirs")}
    return bool(kinds & {LONG, MANY})


def _hard_words(words, explanation, terms, rarity):
    """Words to explain that the explanation beside them does not take up."""
    remarks = [
        *plain_words.known_words(words, terms),
        *plain_words.unexplained(words, terms),
        *plain_words.rare_words(words, terms, rarity),
    ]
    kinds = {plain_words.ACRONYM: ACRONYM}
    return [
        Problem(kinds.get(one.kind, HARD), one.words, one.hint)
        for one in remarks
        if one.words.lower() not in explanation.lower()
    ]


def count_pages(rows, headings=0):
    """How many sheets of A4 the rows and headings fill.

    >>> count_pages(0), count_pages(7), count_pages(7, headings=1), count_pages(50)
    (0, 1, 2, 8)
    """
    return math.ceil((rows + headings / 2) / ROWS_A_PAGE)


def check_length(rows, headings=0):
    """Whether it is more than people read.

    >>> check_length(30)
    []
    >>> check_length(300)
    [Problem(kind='pages', words='', hint='43')]
    """
    pages = count_pages(rows, headings)
    return [Problem(PAGES, hint=str(pages))] if pages > MOST_PAGES else []


def points(size):
    """A size of letters in points: as on paper.

    >>> points("14pt"), points("20px"), points("1.25rem"), points("125%")
    (14.0, 15.0, 15.0, 15.0)
    >>> points("inherit") is None
    True
    """
    found = re.fullmatch(r"\s*([\d.]+)\s*(pt|px|rem|em|%)\s*", size)
    return float(found[1]) * POINTS[found[2]] if found else None


def small_letters(styles):
    """The sizes in a style sheet that are too small for Easy Read.

    >>> sizes = "p {font-size: 14pt} small {font-size: 10pt} b {font-size: 1em}"
    >>> [one.words for one in small_letters(sizes)]
    ['10pt', '1em']
    """
    sizes = re.findall(r"font-size:\s*([^;}]+)", styles)
    return [
        Problem(SMALL, size.strip(), str(SMALLEST_POINTS))
        for size in sizes
        if (found := points(size)) is not None and found < SMALLEST_POINTS
    ]
