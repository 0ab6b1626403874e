from .step import step


def check(assessment, figures):
    """Whether what was promised is still being done, and what it has changed."""
    _ = assessment.env._
    if not assessment.publication_ids:
        return step(_("Keep live"), "")
    impacts = assessment.impact_ids
    asked = impacts.filtered(lambda one: one.date_asked and one.state == "waiting")
    actions = assessment.action_ids
    done = actions.filtered(lambda action: action.state == "done")
    late = actions.filtered("is_overdue")
    return step(
        _("Keep live"),
        _(
            "%(done)s of %(all)s actions done.",
            done=len(done),
            all=len(actions),
        ),
        (not late, _("Overdue: %(number)s.", number=len(late))),
        (not asked, _("Ask those it was for what has changed, and show it.")),
    )
