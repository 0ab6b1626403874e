from odoo.addons.dupq_code.dates import long_date

from .step import step


def check(assessment, figures):
    """What it looks at, and over which time."""
    env = assessment.env
    place = assessment._get_place_name()
    said = ""
    if place and assessment.date_from and assessment.date_to:
        said = env._(
            "It looks at %(place)s, from %(start)s to %(end)s.",
            place=place,
            start=long_date(env, assessment.date_from),
            end=long_date(env, assessment.date_to),
        )
    return step(env._("Plan"), said)
