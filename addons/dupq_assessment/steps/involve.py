from .step import step

# How many names are read out; of more, only how many there are.
FEW = 5


def check(assessment, figures):
    """Whether those take part whose lives it is about, and not for show."""
    _ = assessment.env._
    lines = assessment.participant_ids
    heard = not assessment.few_voices or assessment.few_voices_reason
    token = lines.filtered("is_token")
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
                groups=", ".join(token.group_id.mapped("name")),
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
    lines = assessment.participant_ids.grouped("group_id")
    # A group that was archived since still has a line, if it was planned.
    groups = figures.groups.concat(*lines).sorted(lambda one: (one.sequence, one.id))
    none = assessment.participant_ids.browse()
    return [
        {
            "group": group.name,
            "planned": sum(lines.get(group, none).mapped("planned")),
            "actual": sum(lines.get(group, none).mapped("actual")),
        }
        for group in dict.fromkeys(groups)
    ]
