"""What is done and what is missing in a self-assessment: plain values.

Each function takes the self-assessment and gives one step: a dictionary with its
``name``, what can be ``said`` about it (a sentence, perhaps empty) and what is
``missing`` in it (a list of sentences, empty once the step is done).
"""


def step(name, said, *checks):
    """A step; each check is a pair: what is there, and the sentence if it is not.

    >>> step("Plan", "None", (True, "Name it."), ([], "Add an action."))
    {'name': 'Plan', 'said': 'None', 'missing': ['Add an action.']}
    """
    missing = [sentence for is_met, sentence in checks if not is_met]
    return {"name": name, "said": said, "missing": missing}


def get_steps(assessment):
    """All steps in the order in which people usually take them."""
    return [
        who(assessment),
        found(assessment),
        words(assessment),
        plan(assessment),
        public(assessment),
    ]


def who(assessment):
    """Whether those take part whose lives it is about."""
    _ = assessment.env._
    heard = not assessment.few_voices or assessment.few_voices_reason
    return step(
        _("Who takes part"),
        _("People who took part: %(number)s.", number=assessment.participant_count),
        (
            assessment.participant_ids,
            _("Plan who takes part: people, families, staff."),
        ),
        (heard, _("Not yet heard: %(groups)s.", groups=assessment.few_voices)),
    )


def found(assessment):
    """Whether each area is rated, with what was found and what is hard."""
    _ = assessment.env._
    areas = assessment.code_id.area_ids
    unrated = assessment._get_unrated_areas()
    silent = assessment.summary_ids.filtered(
        lambda one: not one.is_not_applicable and not one.finding
    )
    hard = assessment.barriers or assessment.summary_ids.filtered("barrier")
    return step(
        _("What we found"),
        _(
            "%(rated)s of %(areas)s areas rated.",
            rated=len(areas - unrated),
            areas=len(areas),
        ),
        (
            not unrated,
            _("To rate: %(areas)s.", areas=", ".join(unrated.mapped("reference"))),
        ),
        (not silent, _("Say for each area what you found.")),
        (hard, _("Say what is hard: what stops you from doing what is right.")),
    )


def words(assessment):
    """Whether people speak for themselves, also of what is not good yet."""
    _ = assessment.env._
    printed = assessment.quote_ids._may_be_printed()
    waiting = assessment.quote_ids.filtered("is_printed") - printed
    return step(
        _("In people's words"),
        _("Quotes that may be printed: %(number)s.", number=len(printed)),
        (printed, _("Print what people said, with their consent.")),
        (
            not printed or "not_yet" in printed.mapped("feeling"),
            _("Print something that is not good yet, too."),
        ),
        (not waiting, _("Some quotes wait for consent or still hold names.")),
    )


def plan(assessment):
    """Whether anything will be done about it."""
    _ = assessment.env._
    return step(
        _("What we will do"),
        _("Actions planned: %(number)s.", number=len(assessment.action_ids)),
        (assessment.action_ids, _("Plan at least one action.")),
    )


def public(assessment):
    """Whether the report can be read by everyone and somebody stands for it."""
    _ = assessment.env._
    return step(
        _("What we say in public"),
        "",
        (assessment.outcome, _("Write what you found overall.")),
        (assessment.outcome_easy_read, _("Write the same in Easy Read.")),
        (
            assessment.declaration and assessment.declared_by,
            _("The chair or the chief executive has not declared it yet."),
        ),
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
