"""What a report no longer says, without any ORM.

Nobody has to keep the words of a finding, only what it says: a sentence is still
said when most of its telling words stand somewhere in the report.
"""

import re

from .plain_words import sentences, words_of

# Shorter words join sentences together and tell little by themselves.
TELLING_LENGTH = 5
STILL_SAID = 0.5


def dropped(hard, before, after):
    """The hard sentences that were said before and are not any more.

    >>> hard = "Nobody from the board had visited in two years."
    >>> dropped(hard, hard, "The board had not visited for years, nobody came.")
    []
    >>> dropped(hard, hard, "Our leaders are wonderful.")
    ['Nobody from the board had visited in two years.']
    >>> dropped(hard, "", "Our leaders are wonderful.")
    []
    """
    return [
        sentence
        for _start, sentence in sentences(hard or "")
        if still_said(sentence, before) and not still_said(sentence, after)
    ]


def still_said(sentence, text, share=STILL_SAID):
    """Whether most of the telling words of a sentence stand in a text.

    :param share: how many of them, from 0 to 1

    >>> still_said("People wait for a bus pass.", "Two people are waiting for passes.")
    True
    >>> still_said("We wait.", "We do not wait.")
    True
    >>> still_said("Nobody asked the family.", "The garden is lovely.")
    False

    Half of them are enough.

    >>> still_said("Nobody visited.", "Everybody visited.")
    True
    """
    telling = _telling(sentence)
    return len(telling & _telling(text)) >= share * len(telling)


def _telling(text):
    """The beginnings of words that tell something: with any ending.

    >>> sorted(_telling("We were waiting for the council."))
    ['coun', 'wait']
    """
    words = {word.lower() for word in words_of(text)}
    long_words = {word[:4] for word in words if len(word) >= TELLING_LENGTH}
    return long_words or {re.sub(r"(s|ing)$", "", word)[:4] for word in words}
