"""What Easy Read asks of a page, as far as it can be counted."""

import re

MOST_WORDS = 15
BLOCKS = ("p", "h1", "h2", "h3", "li", "label", "legend", "button")


def long_sentences(text):
    """The sentences with more words than Easy Read allows.

    >>> long_sentences("One idea. And another one!")
    []
    >>> len(long_sentences("word " * 16))
    1
    """
    sentences = re.split(r"(?<=[.!?:])\s+|\n+", text)
    return [one for one in sentences if len(one.split()) > MOST_WORDS]


def faults(tree):
    """What is not Easy Read in a page, its header and its footer too.

    :param tree: the page, as lxml reads it
    """
    main = tree.find(".//main")
    found = []
    for node in tree.find("body").iter(*BLOCKS):
        found += long_sentences(" ".join(node.text_content().split()))
    for row in main.xpath(".//*[@class='dq-easy-row']"):
        if not row.xpath(".//img"):
            found.append(f"no picture beside: {row.text_content().strip()}")
        if not row.xpath(".//*[contains(@class, 'dq-easy-words')]")[0].text_content():
            found.append("a picture without words")
    return found
