"""Pure thinking of the picture that shows where groups of people see it differently."""

# Fewer than this many people of a group are not told of in public.
FEW = 5
# The shapes of groups, by their kind: each group has one of its own, the same on every
# picture, and a picture in grey says the same.
SHAPES = {
    "people": ("circle", "oval"),
    "front": ("triangle", "down"),
    "leaders": ("square", "house"),
    "outside": ("octagon",),
    "office": ("diamond", "hexagon", "plus", "pentagon", "slant"),
}
ALL_SHAPES = tuple(shape for shapes in SHAPES.values() for shape in shapes)
# Dots nearer than this stand one above the other.
NEAR = 0.06


def get_letters(names):
    """A letter for each name, the first that has it; else two of its letters.

    >>> get_letters(["People", "Families", "Support staff", "Senior managers"])
    ['P', 'F', 'S', 'Se']
    >>> get_letters(["Finance", "Families", "Fire"]), get_letters(["", "A"])
    (['F', 'Fa', 'Fi'], ['?', 'A'])
    """
    letters = []
    for name in names:
        word = name.strip() or "?"
        choices = [word[0].upper()]
        choices += [
            word[0].upper() + other.lower() for other in word[1:] if other != " "
        ]
        free = (choice for choice in choices if choice not in letters)
        letters.append(next(free, f"{word[0].upper()}{len(letters)}"))
    return letters


def get_shapes(groups):
    """A shape for each group; two have the same only once all are taken.

    :param groups: pairs of a group and its kind, in an order that does not change

    >>> get_shapes([("People", "people"), ("Staff", "front"), ("Leads", "front")])
    {'People': 'circle', 'Staff': 'triangle', 'Leads': 'down'}
    >>> get_shapes([("Staff", "front"), ("Leads", "front"), ("Relief", "front")])
    {'Staff': 'triangle', 'Leads': 'down', 'Relief': 'slant'}
    >>> twelve = [(str(number), "office") for number in range(12)]
    >>> len(set(get_shapes(twelve).values()))
    12
    """
    shapes = {}
    for group, kind in groups:
        taken = set(shapes.values())
        # A kind that has used up its own takes what is last to be taken by others.
        choices = (*SHAPES.get(kind, ()), *reversed(ALL_SHAPES))
        free = (shape for shape in choices if shape not in taken)
        shapes[group] = next(free, choices[0])
    return shapes


def get_gap(shares):
    """How far apart the lowest and the highest are, from 0 to 1.

    >>> get_gap([0.0, 1.0, 0.5]), get_gap([0.5]), get_gap([])
    (1.0, 0.0, 0.0)
    """
    return max(shares) - min(shares) if shares else 0.0


def put_widest_first(entries):
    """The same entries, the widest gap first; of equals, in their own order.

    >>> [e["n"] for e in put_widest_first([{"n": 1, "gap": 0}, {"n": 2, "gap": 1}])]
    [2, 1]
    """
    return sorted(entries, key=lambda entry: -entry["gap"])


def hide_few(entries, least=FEW):
    """What may be told in public: no group of which fewer than ``least`` spoke.

    Nothing that is left follows from what was left out: the gap is that between
    those who are shown. Their names are told, so that nobody seems forgotten.

    >>> said = [{"group": "P", "number": 4, "share": 0.0},
    ...         {"group": "S", "number": 7, "share": 0.5},
    ...         {"group": "F", "number": 9, "share": 1.0}]
    >>> (entry,) = hide_few([{"perspectives": said, "gap": 1.0}])
    >>> [one["group"] for one in entry["perspectives"]], entry["gap"], entry["hidden"]
    (['S', 'F'], 0.5, ['P'])
    >>> hide_few([{"perspectives": said[:1], "gap": 0.0}])
    []
    >>> (entry,) = hide_few([{"perspectives": [{**said[0], "number": 5}]}])
    >>> entry["hidden"]
    []
    """
    told = []
    for entry in entries:
        shown = [one for one in entry["perspectives"] if one["number"] >= least]
        if not shown:
            continue
        told.append(
            {
                **entry,
                "perspectives": shown,
                "gap": get_gap([one["share"] for one in shown]),
                "hidden": [
                    one["group"] for one in entry["perspectives"] if one not in shown
                ],
            }
        )
    return put_widest_first(told)


def stack(shares):
    """On which row each dot stands, so that no two lie on one another.

    >>> stack([0.0, 0.0, 0.5, 0.52, 0.0])
    [0, 1, 0, 1, 2]
    """
    rows = []
    for number, share in enumerate(shares):
        taken = {
            rows[other] for other in range(number) if abs(shares[other] - share) < NEAR
        }
        rows.append(next(row for row in range(number + 1) if row not in taken))
    return rows


# The drawing: per cent of its width left free on each side, and pixels.
MARGIN = 9
ROW = 26


def place(share):
    """Where a share of the scale stands, in per cent of the width.

    >>> place(0.0), place(0.5), place(1.0)
    (9.0, 50.0, 91.0)
    """
    return round(MARGIN + share * (100.0 - 2 * MARGIN), 2)


def draw(entries, levels):
    """The entries with what a template needs to draw them, see ``gap_picture``.

    :param levels: the names of the scale, from the lowest to the highest
    :return: {ticks: [x], levels, groups: those who speak, with their shape and
        letter, entries: each with height, line, x_from and x_to of its gap, lowest
        and highest in words, and perspectives with x and y}
    """
    last = max(len(levels) - 1, 1)
    return {
        "levels": list(levels),
        "ticks": [place(number / last) for number in range(len(levels))],
        "groups": _get_groups(entries),
        "entries": [_draw_entry(entry) for entry in entries],
    }


def _draw_entry(entry):
    said = entry["perspectives"]
    rows = stack([one["share"] for one in said])
    height = ROW * (max(rows, default=0) + 1) + 10
    shares = [one["share"] for one in said]
    return {
        **entry,
        "height": height,
        "line": height - 8,
        "x_from": place(min(shares, default=0)),
        "x_to": place(max(shares, default=0)),
        "lowest": [one for one in said if one["share"] == min(shares)],
        "highest": [one for one in said if one["share"] == max(shares)],
        "perspectives": [
            {**one, "x": place(one["share"]), "y": height - 8 - ROW / 2 - ROW * row}
            for one, row in zip(said, rows, strict=True)
        ],
    }


def _get_groups(entries):
    """Those who speak, each once, in the order in which they first come.

    >>> said = [{"group": "P", "shape": "circle", "letter": "P", "share": 1}]
    >>> _get_groups([{"perspectives": said}, {"perspectives": said}])
    [{'group': 'P', 'shape': 'circle', 'letter': 'P'}]
    """
    groups = {}
    for entry in entries:
        for one in entry["perspectives"]:
            keys = ("group", "shape", "letter")
            groups.setdefault(one["group"], {key: one[key] for key in keys})
    return list(groups.values())
