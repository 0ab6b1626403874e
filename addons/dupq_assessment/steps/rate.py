from .step import step


def check(assessment, figures):
    """Whether each part is rated, with what was found, and what is hard."""
    _ = assessment.env._
    documents = assessment.document_ids
    unrated = assessment._get_unrated_names()
    silent = assessment.summary_ids.filtered(
        lambda one: not one.is_not_applicable and not one.finding
    )
    barriers = assessment.barrier_ids
    hard = barriers or assessment.barriers or assessment.summary_ids.filtered("barrier")
    unplanned = assessment.proportion_ids.filtered("is_plan_missing")
    carried = assessment.carried_count
    return step(
        _("Rate"),
        _get_said(assessment, unrated),
        # A film or a paper may tell what was found, without any rating.
        (
            not unrated or documents,
            _("To rate: %(areas)s.", areas=", ".join(unrated)),
        ),
        (
            not carried,
            _(
                "Carried forward from last year, to be said again: %(number)s.",
                number=carried,
            ),
        ),
        (not silent or documents, _("Say for each area what you found.")),
        (
            not unplanned,
            _(
                "No plan for the rest: %(areas)s.",
                areas=", ".join(
                    (one.statement_id or one.area_id).reference for one in unplanned
                ),
            ),
        ),
        (
            hard or documents._shows("hard"),
            _("Say what is hard: what stops you from doing what is right."),
        ),
        (
            not barriers.filtered("is_unanswered"),
            _("Say what you do about what stops you."),
        ),
    )


def _get_said(assessment, unrated):
    """How much is rated, and of how much."""
    whole = len(assessment._get_areas()) + len(assessment._get_focuses())
    rated = whole - len(unrated)
    if assessment.approach == "area":
        return assessment.env._(
            "%(rated)s of %(areas)s areas rated.", rated=rated, areas=whole
        )
    return assessment.env._(
        "%(rated)s of %(areas)s areas and parts rated.", rated=rated, areas=whole
    )
