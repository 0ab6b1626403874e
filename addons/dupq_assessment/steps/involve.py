from .step import step


def check(assessment):
    """Whether those take part whose lives it is about."""
    _ = assessment.env._
    heard = not assessment.few_voices or assessment.few_voices_reason
    return step(
        _("Involve"),
        _("People who took part: %(number)s.", number=assessment.participant_count),
        (
            assessment.participant_ids,
            _("Plan who takes part: people, families, staff."),
        ),
        (heard, _("Not yet heard: %(groups)s.", groups=assessment.few_voices)),
    )


def get_participation(assessment):
    """Who was to take part and who did, a dictionary for each group of people."""
    groups = assessment.participant_ids.grouped("group_id")
    return [
        {
            "group": group.name,
            "planned": sum(lines.mapped("planned")),
            "actual": sum(lines.mapped("actual")),
        }
        for group, lines in groups.items()
    ]
