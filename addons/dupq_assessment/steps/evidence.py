from .step import step


def check(assessment):
    """What the ratings rest on."""
    return step(assessment.env._("Evidence"), "")
