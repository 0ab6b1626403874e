"""What a self-assessment holds for the questions of a reader: see `report_quality`."""

from collections import Counter
from itertools import takewhile

from odoo import SUPERUSER_ID

from ..figures import Figures
from ..left_out import still_said
from ..report_quality import Facts

# Ways in which people speak with their own hands.
OWN_HANDS = ("link", "portal", "survey", "card", "upload")
# So much of a finding in the words of the Code is the Code, and no finding.
MOSTLY = 0.8
# Kinds of groups that run the organisation, and do not live with its support.
MANAGING = {"leaders", "office"}
TEAM_MANAGERS = "dupq_code.dupq_stakeholder_group_team_managers"


def get_facts(assessment, figures=None):
    """The facts of one self-assessment, counted with the reader's own rights.

    :param figures: see ``figures.Figures``
    """
    figures = figures or Figures(assessment)
    came = [one for one in figures.get_taking_part(assessment) if one.actual]
    groups = assessment.env["dupq.stakeholder.group"].browse(
        {one.group_id for one in came}
    )
    printed = assessment.printed_voice_ids._may_be_printed()
    rated = _rated(assessment)
    met = rated.filtered(lambda one: one.status == "meeting")
    documents = assessment.document_ids
    return Facts(
        numbers=_sums(came, "group_id"),
        methods=_sums(came, "method"),
        unheard=bool(came and assessment.few_voices),
        is_managers_only=bool(came) and _are_managers(groups),
        services=len(figures.get_services(assessment)),
        areas=len(rated),
        areas_met=len(met),
        # Nobody asks for the statements as long as something is not met.
        good_all=bool(rated) and met == rated and all(map(recognises_all, rated)),
        bad_recognised=len({one for rating in rated for one in rating.bad_ids}),
        echoes=len(list(takewhile(_is_echo, rated))),
        hands=_count_hands(assessment, figures),
        occasions=_count_occasions(assessment, came, figures),
        days=_count_days(assessment, figures),
        quotes=len(printed),
        quote_groups=len(printed.group_id),
        quotes_critical=len(printed.filtered(_is_critical)),
        actions=len(assessment.action_ids),
        actions_dated=len(assessment.action_ids.filtered("date_due")),
        challenges=_count_challenges(assessment, rated),
        dropped=len(assessment._get_left_out_silently()),
        elsewhere=frozenset(
            what
            for what in ("who", "how", "words", "hard", "plan")
            if documents._shows(what)
        ),
    )


def _sums(came, name):
    numbers = Counter()
    for one in came:
        numbers[getattr(one, name)] += one.actual
    return dict(numbers)


def _are_managers(groups):
    team_managers = groups.env["ir.model.data"]._xmlid_to_res_id(TEAM_MANAGERS)
    others = groups.filtered(lambda group: group.id != team_managers)
    return not set(others.mapped("kind")) - MANAGING


def _rated(assessment):
    """Summaries of areas, and of parts of the organisation, that say something."""
    summaries, focuses = assessment.summary_ids, assessment.focus_rating_ids
    # Together they are still read with those of the other self-assessments.
    ids = {*summaries._prefetch_ids, *focuses._prefetch_ids}
    return (
        (summaries | focuses.filtered(lambda one: not one.perspective_id))
        .filtered(
            lambda one: not one.is_not_applicable and (one.level_id or one.status)
        )
        .with_prefetch(ids)
    )


def recognises_all(rating):
    """Whether each good statement is; a part of the organisation has none."""
    good = rating.area_id.statement_ids.filtered(lambda one: one.polarity == "good")
    return not good - rating.good_ids


def _is_echo(rating):
    """Whether what was found says little but the words of the Code itself."""
    if not rating.finding:
        return False
    statements = "\n".join(rating.area_id.statement_ids.mapped("shown_text"))
    return still_said(rating.finding, statements, share=MOSTLY)


def _is_critical(voice):
    return voice.feeling in ("not_yet", "mixed") or voice.is_working == "not_working"


def _count_challenges(assessment, rated):
    """What the organisation itself says is not good yet, or in its way."""
    own = rated.filtered(
        lambda one: one.status in ("working", "not_yet") or one.bad_ids or one.barrier
    )
    said = assessment._get_barriers_said()
    objections = assessment.dissent_ids.filtered(lambda one: one.state != "open")
    findings = assessment.action_ids.filtered("finding")
    return len(own) + len(said) + len(objections) + len(findings)


def _get_held(assessment):
    """Discussions that took place."""
    return assessment.session_ids.filtered(lambda one: one.state == "held")


def _count_hands(assessment, figures):
    """How many have written, rated or led; those who spoke for themselves are one more.

    What a file or the program brought may be of anybody: one more, and alone nobody
    who is known.
    """
    voices = figures.get_voices(assessment)
    writers = {writer for writer, _day in figures.get_ratings(assessment)}
    writers |= voices.writers
    if held := _get_held(assessment):
        writers.update(held.facilitator_ids.ids, figures.get_note_writers(assessment))
    # What nobody who signed in has written has no writer.
    writers.discard(None)
    own = voices.channels & set(OWN_HANDS)
    return len(writers) + bool(own) if writers - {SUPERUSER_ID} else 0


def _count_occasions(assessment, came, figures):
    """Discussions that took place, and each other way in which people were heard."""
    held = _get_held(assessment)
    ways = {one.method for one in came} - {one.method for one in held}
    channels = figures.get_voices(assessment).channels & set(OWN_HANDS)
    return len(held) + len(ways) + len(channels - ways)


def _count_days(assessment, figures):
    """Days on which something was said, noted or rated, as far as that is known."""
    days = {one.date.date() for one in _get_held(assessment)}
    days |= figures.get_voices(assessment).days
    ratings = figures.get_ratings(assessment)
    return len(days | {day for writer, day in ratings if writer != SUPERUSER_ID})
