from .step import step


def check(assessment):
    """Whether somebody at the top stands for it."""
    _ = assessment.env._
    return step(
        _("Publish"),
        "",
        (
            assessment.declaration and assessment.declared_by,
            _("The chair or the chief executive has not declared it yet."),
        ),
    )
