from .step import step


def check(assessment):
    """Whether draft ratings were questioned, and the answers kept."""
    return step(assessment.env._("Challenge each other"), "")
