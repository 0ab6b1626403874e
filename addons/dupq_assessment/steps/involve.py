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
    """Who was to take part and who did, for every group of people there is."""
    lines = assessment.participant_ids.grouped("group_id")
    # A group that was archived since still has a line, if it was planned.
    every = assessment.env["dupq.stakeholder.group"].search([])
    groups = every.concat(*lines).sorted(lambda one: (one.sequence, one.id))
    none = assessment.participant_ids.browse()
    return [
        {
            "group": group.name,
            "planned": sum(lines.get(group, none).mapped("planned")),
            "actual": sum(lines.get(group, none).mapped("actual")),
        }
        for group in dict.fromkeys(groups)
    ]
