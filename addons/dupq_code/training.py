"""Which kind of training a title speaks of, without any ORM."""

from .advert import as_line, phrases_of


def lines_of(name, others):
    """What to look for in a title: a name, and other words with commas between.

    >>> lines_of("Safeguarding", "abuse, Adults at risk")
    (' safeguarding ', ' abuse ', ' adult at risk ')
    """
    lines = (as_line(phrase) for phrase in phrases_of(name or "", others))
    return tuple(line for line in lines if line.strip())


def kind_of_title(title, kinds):
    """The first of ``kinds`` one of whose names or other words stands in ``title``.

    Whole words only, whatever their case.

    :param kinds: list of (kind, what `lines_of` gives for it)
    :return: the kind, or None

    >>> tier, safe = lines_of("Oliver McGowan Tier 2", ""), lines_of("Harm", "abuse")
    >>> kind_of_title("Oliver McGowan: Tier 2, live", [(1, tier), (2, safe)])
    1
    >>> kind_of_title("Keeping people from HARM", [(1, tier), (2, safe)])
    2
    >>> kind_of_title("Charming guests", [(2, safe)]), kind_of_title(None, [(2, safe)])
    (None, None)
    """
    text = as_line(title)
    for kind, lines in kinds:
        if any(line in text for line in lines):
            return kind
    return None
