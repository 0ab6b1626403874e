from .step import step


def check(assessment):
    """Whether anything will be done about it."""
    _ = assessment.env._
    return step(
        _("Plan action"),
        _("Actions planned: %(number)s.", number=len(assessment.action_ids)),
        (assessment.action_ids, _("Plan at least one action.")),
    )
