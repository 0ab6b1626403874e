from .step import step


def check(assessment, figures):
    """What the ratings rest on, and what was collected already."""
    _ = assessment.env._
    sources = assessment.source_ids
    looked_for = sources.filtered("status")
    return step(
        _("Evidence"),
        _(
            "Collected already: %(known)s of %(all)s looked for.",
            known=len(looked_for),
            all=len(sources),
        )
        if sources
        else "",
        (
            not sources or looked_for,
            _("Look for what has been collected already, before you ask again."),
        ),
    )
