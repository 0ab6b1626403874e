from .step import step


def check(assessment, figures):
    """Whether something will be done about it, and how we will know."""
    _ = assessment.env._
    actions = assessment.action_ids
    vague = actions.filtered(lambda action: not action.measure)
    late = actions.filtered("is_overdue")
    areas = assessment.summary_ids.filtered(lambda one: one.status == "not_yet").area_id
    bare = areas - actions.area_id
    return step(
        _("Plan action"),
        _("Actions planned: %(number)s.", number=len(actions)),
        (actions, _("Plan at least one action.")),
        (
            not bare,
            _(
                "Nothing is planned yet for what is not good: %(areas)s.",
                areas=", ".join(bare.mapped("reference")),
            ),
        ),
        (
            not vague,
            _("Say how we will know that it worked: %(number)s.", number=len(vague)),
        ),
        (not late, _("Overdue: %(number)s.", number=len(late))),
    )
