"""What a self-assessment holds for the questions of a reader: see `report_quality`."""

from odoo import SUPERUSER_ID

from ..left_out import still_said
from ..report_quality import Facts

# Ways in which people speak with their own hands.
OWN_HANDS = ("link", "portal", "survey", "card", "upload")
# So much of a finding in the words of the Code is the Code, and no finding.
MOSTLY = 0.8
# Kinds of groups that run the organisation, and do not live with its support.
MANAGING = {"leaders", "office"}
TEAM_MANAGERS = "dupq_code.dupq_stakeholder_group_team_managers"


def get_facts(assessment):
    """The facts of one self-assessment, counted with the reader's own rights."""
    came = assessment.participant_ids.filtered("actual")
    printed = assessment._get_voices_to_print()._may_be_printed()
    traces = assessment._get_voice_traces()
    rated = _rated(assessment)
    documents = assessment.document_ids
    return Facts(
        numbers=_sums(came, "group_id"),
        methods=_sums(came, "method"),
        unheard=bool(came and assessment.few_voices),
        is_managers_only=bool(came) and _are_managers(came.group_id),
        services=len(assessment._get_services()),
        areas=len(rated),
        areas_met=len(rated.filtered(lambda one: one.status == "meeting")),
        good_all=bool(rated) and all(recognises_all(rating) for rating in rated),
        bad_recognised=len(rated.bad_ids),
        echoes=len(rated.filtered(_is_echo)),
        hands=_count_hands(assessment, traces),
        occasions=_count_occasions(assessment, came, traces),
        days=_count_days(assessment, traces),
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


def _sums(participants, name):
    return {
        key if isinstance(key, str) else key.id: sum(rows.mapped("actual"))
        for key, rows in participants.grouped(name).items()
    }


def _are_managers(groups):
    team_managers = groups.env.ref(TEAM_MANAGERS, raise_if_not_found=False)
    others = groups - (team_managers or groups.browse())
    return not set(others.mapped("kind")) - MANAGING


def _rated(assessment):
    """Summaries of areas, and of parts of the organisation, that say something."""
    focuses = assessment.focus_rating_ids.filtered(lambda one: not one.perspective_id)
    return (assessment.summary_ids | focuses).filtered(
        lambda one: not one.is_not_applicable and (one.level_id or one.status)
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


def _count_hands(assessment, traces):
    """How many have written, rated or led; those who spoke for themselves are one more.

    What a file or the program brought may be of anybody: one more, and alone nobody
    who is known.
    """
    rated = assessment.area_rating_ids.filtered("level_id")
    voice_writers, channels, _days = traces
    writers = rated.write_uid | voice_writers
    for session in _get_held(assessment):
        writers |= session.facilitator_ids | session.note_ids.author_id
    own = channels & set(OWN_HANDS)
    is_known = any(writer.id != SUPERUSER_ID for writer in writers)
    return len(writers) + bool(own) if is_known else 0


def _count_occasions(assessment, came, traces):
    """Discussions that took place, and each other way in which people were heard."""
    held = _get_held(assessment)
    ways = set(came.mapped("method")) - {one.method for one in held}
    _writers, channels, _days = traces
    channels = channels & set(OWN_HANDS)
    return len(held) + len(ways) + len(channels - ways)


def _count_days(assessment, traces):
    """Days on which something was said, noted or rated, as far as that is known."""
    days = {one.date.date() for one in _get_held(assessment)}
    _writers, _channels, voice_days = traces
    days |= voice_days
    ratings = assessment.area_rating_ids.filtered(
        lambda one: one.level_id and one.write_uid.id != SUPERUSER_ID
    )
    return len(days | {rating.write_date.date() for rating in ratings})
