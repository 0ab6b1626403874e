from .step import step


def check(assessment):
    """Whether people speak for themselves, also of what is not good yet."""
    _ = assessment.env._
    printed = assessment.voice_ids._may_be_printed()
    waiting = assessment.voice_ids.filtered("is_printed") - printed
    return step(
        _("Discuss"),
        _("Quotes that may be printed: %(number)s.", number=len(printed)),
        (printed, _("Print what people said, with their consent.")),
        (
            not printed or "not_yet" in printed.mapped("feeling"),
            _("Print something that is not good yet, too."),
        ),
        (not waiting, _("Some quotes wait for consent or still hold names.")),
    )
