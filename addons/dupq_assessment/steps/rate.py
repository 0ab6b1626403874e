from .step import step


def check(assessment):
    """Whether each area is rated, with what was found and what is hard."""
    _ = assessment.env._
    areas = assessment.code_id.area_ids
    unrated = assessment._get_unrated_areas()
    silent = assessment.summary_ids.filtered(
        lambda one: not one.is_not_applicable and not one.finding
    )
    hard = assessment.barriers or assessment.summary_ids.filtered("barrier")
    return step(
        _("Rate"),
        _(
            "%(rated)s of %(areas)s areas rated.",
            rated=len(areas - unrated),
            areas=len(areas),
        ),
        (
            not unrated,
            _("To rate: %(areas)s.", areas=", ".join(unrated.mapped("reference"))),
        ),
        (not silent, _("Say for each area what you found.")),
        (hard, _("Say what is hard: what stops you from doing what is right.")),
    )
