"""Whether a text can be read by everyone, without any ORM.

`look` goes through a text and says where it stumbled and over what; the words for
people are made elsewhere. It needs nothing but Python. Two libraries see more when
they are there: `wordfreq` (how rare a word is) and `pyphen` (syllables, from which
comes the reading age). `missing_libraries` says which of them are not.

>>> term = Term("service user", "person we support", JARGON)
>>> [(one.kind, one.words) for one in look("The service users met the MDT.", [term])]
[('jargon', 'service users'), ('acronym', 'MDT')]
"""

import math
import re
from dataclasses import dataclass

try:
    from wordfreq import zipf_frequency
except ImportError:
    zipf_frequency = None
try:
    import pyphen
except ImportError:
    pyphen = None

# The kinds of a word in the glossary
JARGON, ACRONYM, OUR_TERM = "jargon", "acronym", "our_term"
# And what else can be remarked on
LONG, PASSIVE, RARE = "long", "passive", "rare"

LONGEST = 25
PAGE_WORDS = 450
# Below this on the scale of wordfreq, from 0 to 8, few people meet the word in a month.
RARE_BELOW = 2.7
RARE_LENGTH = 6

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*%?")
ENDS = re.compile(r"[.!?…][\"\u201d\u2019')\]]*(?=\s)|\n+")
ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|Rd)|\b[A-Z])\.$")
CAPITALS = re.compile(r"\b(?:[A-Z]&[A-Z]|[A-Z][A-Za-z]*[A-Z])[A-Z0-9]*(?=s?\b)")
# As good as words: no reader stops at them.
EVERYDAY = {"AM", "BBC", "CCTV", "CD", "DVD", "EU", "GP", "ID", "NHS", "OK", "PC", "PM"}
EVERYDAY |= {"TV", "UK", "UN", "USA", "WiFi"}
ROMAN = re.compile(r"[IVXL]+$")

DONE_TO = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)"
    r"(?:\s+(?:not|never|always|often|also|being|been|\w+ly))*"
    r"\s+(\w{2,}ed|done|made|given|taken|seen|told|heard|held|kept|sent|written|chosen"
    r"|shown|found|brought|taught|paid|met|said|put|led|built)\b",
    re.I,
)
# They look like something done to somebody, and say how somebody is.
STATES = re.compile(
    r"tired|interested|worried|excited|bored|pleased|scared|delighted|used|supposed"
    r"|limited|related|married|disabled|frightened|relaxed|satisfied|concerned|located"
    r"|based|closed|finished|need|speed|indeed|agreed",
    re.I,
)


@dataclass(frozen=True)
class Term:
    """A word of the glossary and what to say in its place."""

    word: str
    plain: str
    kind: str


@dataclass(frozen=True)
class Remark:
    """A place in a text that a reader may stumble over.

    :param kind: jargon, acronym, long, passive or rare
    :param words: the very words, which stand from ``start`` to ``end``
    :param hint: plain words to use, or the number of words of a long sentence
    """

    kind: str
    start: int
    end: int
    words: str
    hint: str = ""


def look(text, terms=(), explained=(), rarity=None):
    """All remarks on a text, in the order of their places.

    :param terms: the glossary, as :class:`Term`
    :param explained: acronyms that an earlier text has explained already
    :param rarity: how common a word is, from 0 to 8; see `get_rarity`

    >>> look("We like it here. Come and see.")
    []
    >>> look("A " + "very " * 30 + "long one.")[0].hint
    '33'
    >>> terms = [Term("key worker", "", OUR_TERM), Term("key", "main", JARGON)]
    >>> look("Her key worker has the keys.", terms)[0].words
    'keys'
    """
    text = text or ""
    terms = list(terms)
    remarks = [
        *long_sentences(text),
        *known_words(text, terms),
        *unexplained(text, terms, explained),
        *passives(text),
        *rare_words(text, terms, rarity),
    ]
    return sorted(remarks, key=lambda one: (one.start, one.end, one.kind))


def sentences(text):
    """The sentences and lines of a text with their places: [(start, sentence)].

    >>> [words for _start, words in sentences("We ask e.g. Ann. She says: no!\\nWhy?")]
    ['We ask e.g. Ann.', 'She says: no!', 'Why?']
    >>> sentences(" 3.5 miles")
    [(1, '3.5 miles')]
    """
    found, start = [], 0
    for end in [*(match.end() for match in ENDS.finditer(text)), len(text)]:
        piece = text[start:end]
        if end < len(text) and ABBREVIATED.search(piece):
            continue
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), piece.strip()))
        start = end
    return found


def words_of(text):
    """The words and numbers of a text.

    >>> words_of("Don't rush: 3.5 miles, co-produced.")
    ["Don't", 'rush', '3.5', 'miles', 'co-produced']
    """
    return WORD.findall(text or "")


def long_sentences(text, longest=LONGEST):
    """Sentences with more words than people keep in mind.

    >>> [one.hint for one in long_sentences("One two three. One two.", longest=2)]
    ['3']
    """
    for start, sentence in sentences(text):
        number = len(words_of(sentence))
        if number > longest:
            yield Remark(LONG, start, start + len(sentence), sentence, str(number))


def known_words(text, terms):
    """Words of the glossary for which there are plainer ones.

    >>> term = Term("utilise", "use", JARGON)
    >>> [(one.words, one.hint) for one in known_words("Utilise it. Utilised!", [term])]
    [('Utilise', 'use'), ('Utilised', 'use')]
    """
    by_word = {one.word.lower(): one for one in terms if one.kind == JARGON}
    for start, words in _places(text, by_word, _own_places(text, terms)):
        term = by_word.get(words.lower()) or by_word[_stem(words.lower(), by_word)]
        yield Remark(JARGON, start, start + len(words), words, term.plain)


def unexplained(text, terms, explained=()):
    """Letters in place of words that nothing in the text explains.

    >>> terms = [Term("CQC", "Care Quality Commission", ACRONYM)]
    >>> [(one.words, one.hint) for one in unexplained("CQC and the DOLS.", terms)]
    [('CQC', 'Care Quality Commission'), ('DOLS', '')]
    >>> list(unexplained("The Care Quality Commission came. CQC liked it.", terms))
    []
    >>> list(unexplained("The inspectors (CQC) came. CQC liked it.", []))
    []
    """
    full = {one.word: one.plain for one in terms if one.kind == ACRONYM}
    known = {*EVERYDAY, *explained, *explained_in(text, terms)}
    known |= {one.word for one in terms if one.kind == OUR_TERM}
    for match in CAPITALS.finditer(text):
        letters = match[0]
        if letters in known or ROMAN.match(letters) or _shouts(text, match):
            continue
        known.add(letters)
        yield Remark(ACRONYM, *match.span(), letters, full.get(letters, ""))


def explained_in(text, terms=()):
    """The acronyms that a text explains, beside them in brackets or by their words.

    >>> sorted(explained_in("Our MDT (many professions) and a best friend (BF)."))
    ['BF', 'MDT']
    """
    text = text or ""
    before = re.findall(r"\(([A-Z][A-Za-z&]*[A-Z]s?)\)", text)
    after = re.findall(r"\b([A-Z][A-Za-z&]*[A-Z])s? \(", text)
    said = {
        one.word
        for one in terms
        if one.kind == ACRONYM and one.plain and one.plain.lower() in text.lower()
    }
    return {*before, *after, *said}


def passives(text):
    """One remark for each sentence in which it is not said who does it.

    >>> [one.words for one in passives("It was not decided. She is tired.")]
    ['was not decided']
    """
    for start, sentence in sentences(text):
        for match in DONE_TO.finditer(sentence):
            if not STATES.fullmatch(match[1]):
                place = start + match.start()
                yield Remark(PASSIVE, place, start + match.end(), match[0])
                break


def rare_words(text, terms=(), rarity=None):
    """Long words that few people meet; nothing without a ``rarity`` to ask.

    A word with a capital inside a sentence is a name.

    >>> rarity = {"perspicacious": 1.5, "weekend": 5.0}.get
    >>> [one.words for one in rare_words("A perspicacious weekend.", (), rarity)]
    ['perspicacious']
    >>> list(rare_words("A perspicacious weekend."))
    []
    """
    if not rarity:
        return
    named = {one.word.lower() for one in terms}
    for start, sentence in sentences(text):
        for match in WORD.finditer(sentence):
            word = match[0]
            is_name = match.start() and word[0].isupper()
            if len(word) <= RARE_LENGTH or is_name or word.lower() in named:
                continue
            found = rarity(word.lower())
            if found is not None and found < RARE_BELOW:
                place = start + match.start()
                yield Remark(RARE, place, place + len(word), word)


def measure(text, syllables=None):
    """How much there is to read: words, sentences, pages of A4, and for what age.

    >>> counts = measure("We like it here. Come and see.")
    >>> counts["words"], counts["sentences"], counts["pages"], counts["average"]
    (7, 2, 1, 4)
    >>> counts["age"] is None
    True
    >>> measure("The cat sat.", syllables=lambda word: 1)["age"]
    5
    >>> measure("")["pages"]
    0
    """
    words = words_of(text)
    number = len(sentences(text or ""))
    return {
        "words": len(words),
        "sentences": number,
        "pages": math.ceil(len(words) / PAGE_WORDS),
        "average": round(len(words) / number) if number else 0,
        "age": _reading_age(words, number, syllables) if words else None,
    }


def missing_libraries():
    """The names of the libraries that would see more and are not installed."""
    there = {"wordfreq": zipf_frequency, "pyphen": pyphen}
    return [name for name, found in there.items() if not found]


def get_rarity():
    """How common an English word is, from 0 to 8; nothing without `wordfreq`."""
    return zipf_frequency and (lambda word: zipf_frequency(word, "en"))


def get_syllables():
    """A function that counts the syllables of a word; nothing without `pyphen`."""
    if not pyphen:
        return None
    dictionary = pyphen.Pyphen(lang="en_GB")
    return lambda word: len(dictionary.positions(word)) + 1


def _reading_age(words, sentences_number, syllables):
    """By Flesch and Kincaid: the age at which people can follow it."""
    if not syllables:
        return None
    spoken = sum(syllables(word) for word in words) / len(words)
    grade = 0.39 * len(words) / sentences_number + 11.8 * spoken - 15.59
    return max(5, round(grade + 5))


def _places(text, words, without=()):
    """Where the words stand as whole words, in any usual ending, the longest first."""
    if not words:
        return
    longest_first = sorted(words, key=len, reverse=True)
    endings = "|".join(_pattern(word) for word in longest_first)
    for match in re.finditer(rf"\b(?:{endings})\b", text, re.I):
        if not any(start <= match.start() < end for start, end in without):
            yield match.start(), match[0]


def _pattern(word):
    r"""A pattern of a word and of its usual endings.

    >>> bool(re.fullmatch(_pattern("facilitate"), "facilitating"))
    True
    >>> bool(re.fullmatch(_pattern("policy"), "policies"))
    True
    >>> bool(re.fullmatch(_pattern("in situ"), "in\nsitu"))
    True
    """
    escaped = re.escape(word).replace(r"\ ", r"\s+")
    if word.endswith("e"):
        return f"{escaped[:-1]}(?:e|es|ed|ing)"
    if word.endswith("y") and len(word) > 3:
        return f"{escaped[:-1]}(?:y|ies|ied|ying)"
    return f"{escaped}(?:s|es|ed|ing)?"


def _stem(found, words):
    """Which of the words it is that was found with an ending."""
    return next(
        word
        for word in sorted(words, key=len, reverse=True)
        if re.fullmatch(_pattern(word), found)
    )


def _own_places(text, terms):
    own = [one.word for one in terms if one.kind == OUR_TERM]
    return [(start, start + len(words)) for start, words in _places(text, own)]


def _shouts(text, match):
    """Whether it stands in a line of capitals, where it is a word like the others."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : len(text) if end < 0 else end]
    longer = [word for word in words_of(line) if word.isalpha() and len(word) > 3]
    return len(longer) > 1 and all(word.isupper() for word in longer)
