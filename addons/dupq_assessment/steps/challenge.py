from .step import step


def check(assessment, figures):
    """Whether draft ratings were questioned, and the answers kept."""
    _ = assessment.env._
    objections = assessment.dissent_ids
    changed = objections.filtered(lambda one: one.state == "agreed_changed")
    unread = objections.filtered(lambda one: not one.is_anonymised)
    return step(
        _("Challenge each other"),
        _(
            "Ratings contested: %(number)s; changed because of it: %(changed)s.",
            number=len(objections),
            changed=len(changed),
        ),
        (
            not assessment.open_dissent_count,
            _(
                "Objections that wait for an answer: %(number)s.",
                number=assessment.open_dissent_count,
            ),
        ),
        (
            not unread,
            _(
                "Look whether these objections name nobody: %(number)s.",
                number=len(unread),
            ),
        ),
    )
