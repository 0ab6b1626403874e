"""The overview of a self-assessment on one page: plain values, ready to print.

The question that it answers: what is still missing before we can say this in public?
"""

from .steps.involve import get_participation

# How many of the widest gaps are shown.
GAPS_SHOWN = 3
# The widest bar, in the units of the picture.
BAR = 100
LEFT_OUT = "left_out"


def get_overview(assessment, steps):
    """Everything that the page shows, from what the steps say and the record holds.

    :param list steps: as ``_get_steps`` gives them
    """
    states = dict(assessment._fields["state"]._description_selection(assessment.env))
    return {
        "name": assessment.name or "",
        "state": states.get(assessment.state, ""),
        "lead": assessment.lead_id.name or "",
        "sponsor": assessment.sponsor_id.name or "",
        "steps": steps,
        "next": get_next(steps),
        "groups": (groups := add_bars(get_participation(assessment))),
        "not_asked": ", ".join(one["group"] for one in groups if not one["is_asked"]),
        "few_voices": assessment.few_voices or "",
        "few_voices_reason": assessment.few_voices_reason or "",
        "comparison": assessment.comparison,
        "remarks": assessment._get_remarks(),
        "gaps": [
            prepare_gap(gap)
            for gap in assessment._get_gaps()[:GAPS_SHOWN]
            if gap["gap"]
        ],
    }


def get_next(steps):
    """The first step in which something is missing, unless it was left out.

    >>> out, full = {"state": "left_out", "missing": ["a"]}, {"missing": []}
    >>> get_next([out, full]) is None
    True
    >>> get_next([out, full, {"state": "done", "missing": ["b"]}])["missing"]
    ['b']
    """
    waiting = (step for step in steps if step["missing"] and step["state"] != LEFT_OUT)
    return next(waiting, None)


def add_bars(groups):
    """The same groups with the lengths of two bars: who was wanted, who took part.

    >>> nobody = {"planned": 0, "actual": 0}
    >>> first, second = add_bars([{"planned": 4, "actual": 2}, nobody])
    >>> first["wanted_bar"], first["bar"], first["is_short"], second["is_asked"]
    (100, 50, True, False)
    """
    most = max((max(one["planned"], one["actual"]) for one in groups), default=0) or 1
    return [
        {
            **one,
            "wanted_bar": round(BAR * one["planned"] / most),
            "bar": round(BAR * one["actual"] / most),
            "is_short": one["actual"] < one["planned"],
            "is_asked": bool(one["planned"] or one["actual"]),
        }
        for one in groups
    ]


def prepare_gap(gap):
    """A gap as a line with a dot for each group, and the same in words.

    >>> people = {"group": "People", "level": "Poor", "share": 0.0, "letter": "P"}
    >>> staff = {"group": "Staff", "level": "Good", "share": 1.0, "letter": "S"}
    >>> gap = {"reference": "A1", "name": "Lives", "perspectives": [people, staff]}
    >>> prepare_gap(gap)["words"], prepare_gap(gap)["dots"][1]
    ('People: Poor. Staff: Good.', {'x': 95.0, 'letter': 'S'})
    """
    seen = gap["perspectives"]
    return {
        "name": " ".join(filter(None, (gap["reference"], gap["name"]))),
        "words": " ".join(f"{one['group']}: {one['level']}." for one in seen),
        "dots": [
            {"x": round(5 + 90 * one["share"], 1), "letter": one["letter"]}
            for one in seen
        ],
    }
