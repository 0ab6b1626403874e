from .step import step


def check(assessment):
    """Whether it is told in plain words and in Easy Read."""
    _ = assessment.env._
    return step(
        _("Report"),
        "",
        (assessment.outcome, _("Write what you found overall.")),
        (assessment.outcome_easy_read, _("Write the same in Easy Read.")),
    )
