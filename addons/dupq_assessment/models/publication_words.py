"""Texts of people made ready for a page: plain Python."""


def paragraphs(text):
    """The paragraphs of a text, each without its line ends.

    >>> paragraphs("One\\ntwo.\\n\\nThree.")
    ['One two.', 'Three.']
    """
    parts = (" ".join(part.split()) for part in (text or "").split("\n\n"))
    return [part for part in parts if part]
