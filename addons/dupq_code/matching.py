"""What an applicant shares with the people a job is for, without any ORM.

It explains and it orders; it turns nobody away. All it is given is what people
said they like and look for, and what an applicant brings of that: no age, no sex,
no belief, no origin, no health can take part, because none is ever passed in.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Sets of keys of interests and qualities.

    :param shared: wanted and brought
    :param missing: must-haves of which nothing is known of the applicant
    :param unknown: other wishes of which nothing is known
    """

    shared: frozenset
    missing: frozenset
    unknown: frozenset

    @property
    def order(self):
        """Best first when sorted: fewest must-haves missing, then most shared.

        >>> near = match({1, 2}, {3}, {1, 3})
        >>> far = match({1, 2}, {3}, {1, 2})
        >>> sorted([far, near], key=lambda m: m.order)[0] == near
        True
        """
        return len(self.missing), -len(self.shared)


def match(wanted, must_have, brought):
    """Compare what is wanted with what is brought.

    >>> m = match({"hiking", "photography"}, {"active"}, {"hiking", "chess"})
    >>> sorted(m.shared), sorted(m.missing), sorted(m.unknown)
    (['hiking'], ['active'], ['photography'])
    """
    wanted, must_have = frozenset(wanted), frozenset(must_have)
    brought = frozenset(brought)
    return Match(
        shared=(wanted | must_have) & brought,
        missing=must_have - brought,
        unknown=wanted - must_have - brought,
    )
