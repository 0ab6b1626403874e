"""The overview of a self-assessment on one page: plain values, ready to print.

The question that it answers: what is still missing before we can say this in public?
"""

from . import gaps
from .steps.involve import get_participation

# How many of the widest gaps are shown.
GAPS_SHOWN = 3
# The widest bar, in the units of the picture.
BAR = 100
LEFT_OUT = "left_out"
# What goes on once the report is out; the other steps are as they were then.
GOES_ON = ("live", "act")


def get_overview(assessment, steps, figures, is_paper=False):
    """Everything that the page shows, from what the steps say and the record holds.

    :param list steps: as ``_get_steps`` gives them
    :param figures: as for the steps, see ``figures.Figures``
    :param bool is_paper: to be printed
    """
    states = dict(assessment._fields["state"]._description_selection(assessment.env))
    return {
        "name": assessment.name or "",
        "state": states.get(assessment.state, ""),
        "lead": assessment.lead_id.name or "",
        "sponsor": assessment.sponsor_id.name or "",
        "steps": steps,
        "next": get_next(steps, assessment.state == "published"),
        "groups": (groups := add_bars(get_participation(assessment, figures))),
        "not_asked": ", ".join(one["group"] for one in groups if not one["is_asked"]),
        "few_voices": assessment.few_voices or "",
        "few_voices_reason": assessment.few_voices_reason or "",
        "comparison": assessment.comparison,
        "remarks": figures.get_remarks(assessment),
        "gaps": get_gap_picture(assessment, is_paper),
        "is_paper": is_paper,
    }


def get_next(steps, is_published=False):
    """The first step in which something is missing, unless it was left out.

    >>> out, full = {"state": "left_out", "missing": ["a"]}, {"missing": []}
    >>> get_next([out, full]) is None
    True
    >>> rate = {"key": "rate", "state": "done", "missing": ["b"]}
    >>> get_next([out, full, rate])["missing"]
    ['b']

    Nothing in a published report can be made up for; the plan and what has changed can.

    >>> get_next([rate], is_published=True) is None
    True
    >>> live = {"key": "live", "state": "open", "missing": ["c"]}
    >>> get_next([rate, live], is_published=True)["missing"]
    ['c']
    """
    waiting = [step for step in steps if step["missing"] and step["state"] != LEFT_OUT]
    if is_published:
        waiting = [step for step in waiting if step["key"] in GOES_ON]
    return next(iter(waiting), None)


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


def get_gap_picture(assessment, is_paper=False):
    """Where groups see it most differently, as a picture; what to say if there is none.

    :param is_paper: it may get into anybody's hands: no group of a few people
    """
    entries = assessment._get_gaps(None if is_paper else GAPS_SHOWN)
    if not is_paper and not any(entry["gap"] for entry in entries):
        entries = assessment._get_gaps()
    shown = gaps.hide_few(entries) if is_paper else entries
    seen = [entry for entry in shown if len(entry["perspectives"]) > 1]
    widest = [entry for entry in seen if entry["gap"]][:GAPS_SHOWN]
    if widest:
        none = ""
    elif any(entry["gap"] for entry in entries):
        none = assessment.env._(
            "Where groups differ, so few have rated that paper does not show it. "
            "It stands on the screen."
        )
    elif seen:
        none = assessment.env._("All groups who have rated see it in the same way.")
    elif is_paper:
        none = assessment.env._(
            "No two groups of five people or more have rated the same thing. Smaller "
            "groups are not told of on paper; you see them on the screen."
        )
    else:
        none = assessment.env._(
            "No two groups have said yet how they see the same thing. Where people "
            "supported and managers differ, it stands here first."
        )
    levels = assessment.scale_id.level_ids.mapped("name")
    return {**gaps.draw(widest, levels), "none": none}
