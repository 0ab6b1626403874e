"""How the self-assessments of services stand beside each other: plain values.

Never only a mean: the lowest with their names, how they spread, and who has none.
"""

# How many names stand in a sentence before it says how many more there are.
NAMES = 5
# With fewer services than this, nobody asks for every office of a large provider.
SMALL = 3
# The kinds of groups that each service should hear, and those asked once.
FRONT_KINDS = ("people", "front")


def get_latest(parts):
    """The last self-assessment of each service, of those that come newest first.

    >>> get_latest([("new", [1]), ("both", [1, 2]), ("old", [2])])
    {1: 'new', 2: 'both'}
    """
    latest = {}
    for part, services in parts:
        for service in services:
            latest.setdefault(service, part)
    return latest


def get_spread(counts):
    """Levels from the lowest up, with how many services are at each.

    :param counts: {(share, level, scale): [names of services]}

    >>> spread = get_spread({(1.0, "Good", "s"): ["B", "C"], (0.0, "Poor", "s"): ["A"]})
    >>> [(one["level"], one["number"], one["width"]) for one in spread]
    [('Poor', 1, 33.3), ('Good', 2, 66.7)]
    """
    whole = sum(map(len, counts.values()))
    return [
        {
            "level": level,
            "scale": scale,
            "share": share,
            "number": len(names),
            "width": round(100 * len(names) / whole, 1),
        }
        for (share, level, scale), names in sorted(counts.items())
    ]


def get_lowest(counts):
    """The names at the lowest place on any scale.

    >>> get_lowest({(1.0, "Good", "s"): ["B"], (0.0, "Poor", "s"): ["A", "C"]})
    ['A', 'C']
    >>> get_lowest({})
    []
    """
    if not counts:
        return []
    lowest = min(share for share, _level, _scale in counts)
    return sorted(
        name
        for (share, _level, _scale), names in counts.items()
        if share == lowest
        for name in names
    )


def shorten(names, most=NAMES):
    """The first names, and how many more there are.

    >>> shorten(["A", "B", "C"], 2), shorten(["A"], 2)
    (('A, B', 1), ('A', 0))
    """
    return ", ".join(names[:most]), max(len(names) - most, 0)


def get_breadth(groups, heard, services):
    """For each group, where it took part and whether that is a gap.

    A front-line group is asked for in every service; any other at least once, and
    only of a provider that is not small.

    :param groups: list of (id, name, kind)
    :param heard: {group id: {service id: number of people}}; None stands for the
        organisation as a whole
    :param services: ids of all services

    >>> rows = get_breadth([(1, "People", "people"), (2, "Finance", "office")],
    ...     {1: {7: 4}}, [7, 8])
    >>> [(row["name"], row["places"], row["without"], row["is_gap"]) for row in rows]
    [('People', 1, [8], True), ('Finance', 0, [7, 8], False)]
    >>> get_breadth([(2, "Finance", "office")], {}, [7, 8, 9])[0]["is_gap"]
    True
    >>> get_breadth([(2, "Finance", "office")], {2: {None: 1}}, [7, 8, 9])[0]["people"]
    1
    """
    rows = []
    for group, name, kind in groups:
        places = heard.get(group, {})
        without = [service for service in services if not places.get(service)]
        people = sum(places.values())
        is_front = kind in FRONT_KINDS
        is_gap = bool(without) if is_front else not people and len(services) >= SMALL
        rows.append(
            {
                "id": group,
                "name": name,
                "is_front": is_front,
                "people": people,
                "places": len(services) - len(without),
                "without": without,
                "is_gap": is_gap,
            }
        )
    return rows
