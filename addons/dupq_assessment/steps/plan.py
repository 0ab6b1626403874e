from .step import step


def check(assessment):
    """What it looks at, and why."""
    return step(assessment.env._("Plan"), "")
