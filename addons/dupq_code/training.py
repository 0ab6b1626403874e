"""Which kind of training a title speaks of, without any ORM."""

from .advert import phrases_of, said_in


def kind_of_title(title, kinds):
    """The first of ``kinds`` one of whose names or other words stands in ``title``.

    Whole words only, whatever their case.

    :param kinds: list of (kind, its name, other words with commas between)
    :return: the kind, or None

    >>> kinds = [(1, "Oliver McGowan Tier 2", ""), (2, "Safeguarding", "abuse, harm")]
    >>> kind_of_title("Oliver McGowan: Tier 2, live", kinds)
    1
    >>> kind_of_title("Keeping people from HARM", kinds)
    2
    >>> kind_of_title("Charming guests", kinds), kind_of_title(None, kinds)
    (None, None)
    """
    for kind, name, others in kinds:
        if said_in(title, phrases_of(name, others)):
            return kind
    return None
