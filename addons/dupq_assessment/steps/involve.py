from collections import Counter

from .step import step

# How many names are read out; of more, only how many there are.
FEW = 5


def check(assessment, figures):
    """Whether those take part whose lives it is about, and not for show."""
    _ = assessment.env._
    lines = figures.get_taking_part(assessment)
    heard = not assessment.few_voices or assessment.few_voices_reason
    token = _get_groups(assessment, (one for one in lines if one.is_token))
    unheard = assessment._get_unheard_homes(figures)
    return step(
        _("Involve"),
        _(
            "People who took part: %(number)s of %(planned)s wanted.",
            number=assessment.participant_count,
            planned=assessment.planned_count,
        ),
        (lines, _("Plan who takes part: people, families, staff.")),
        (
            not assessment.is_managers_only or assessment.few_voices_reason,
            _("Only managers took part."),
        ),
        (heard, _("Not yet heard: %(groups)s.", groups=assessment.few_voices)),
        (not unheard, _("Nobody heard at: %(services)s.", services=read_out(unheard))),
        (
            not token,
            _(
                "On paper only, as long as you do not say what changed, or what made "
                "it possible: %(groups)s.",
                groups=", ".join(token.mapped("name")),
            ),
        ),
    )


def read_out(records):
    """The names of a few, or how many there are."""
    if len(records) > FEW:
        return records.env._("%(number)s services", number=len(records))
    return ", ".join(records.mapped("display_name"))


def get_participation(assessment, figures):
    """Who was to take part and who did, for every group of people there is."""
    lines = figures.get_taking_part(assessment)
    planned, actual = Counter(), Counter()
    for one in lines:
        planned[one.group_id] += one.planned
        actual[one.group_id] += one.actual
    # A group that was archived since still has a line, if it was planned.
    groups = figures.groups | _get_groups(assessment, lines)
    return [
        {
            "group": group.name,
            "planned": planned[group.id],
            "actual": actual[group.id],
        }
        for group in groups.sorted(lambda one: (one.sequence, one.id))
    ]


def _get_groups(assessment, lines):
    """The groups of these lines, in their order."""
    groups = assessment.env["dupq.stakeholder.group"]
    found = groups.browse({one.group_id for one in lines})
    return found.sorted(lambda one: (one.sequence, one.id))
