"""What a published self-assessment says: plain values, taken once.

Each function takes the self-assessment and gives the data of a block. Nothing
that is not named here can come out in public: no record, no person who has not
agreed, no evidence, only how many items there were.
"""

from odoo import fields

from ..gaps import FEW
from .publication_between import leave_out
from .publication_media import media
from .publication_rating import get_rating_contents
from .publication_report import get_report_contents
from .report_facts import get_ways

# Pictures of the Easy Read edition, from dupq_code/static/lib/fluent-emoji.
GROUP_PICTURES = {
    "people": "waving-hand",
    "front": "handshake",
    "leaders": "compass",
    "office": "briefcase",
    "outside": "world-map",
}
AREA_PICTURES = {
    "A1": "bullseye",
    "A2": "house-with-garden",
    "A3": "smiling-face-with-smiling-eyes",
    "A4": "ear",
    "A5": "compass",
}


def get_contents(assessment, date):
    """The blocks of a report in their order: list of (kind, data).

    A third part names the record it came from, so that it can be taken back.
    """
    contents = [
        ("title", title(assessment, date)),
        ("outcome", outcome(assessment)),
        ("declaration", declaration(assessment)),
        ("participation", participation(assessment)),
    ]
    contents += get_rating_contents(assessment)
    contents += [
        ("area", area(rating)) for rating in assessment.summary_ids if is_told(rating)
    ]
    contents += [
        ("quote", quote(one), one)
        for one in assessment.printed_voice_ids._may_be_printed()
    ]
    contents.append(("barriers", {"text": assessment.barriers or ""}))
    contents += [("action", action(one), one) for one in assessment.action_ids]
    contents.append(("challenge", {"text": assessment.challenge or ""}))
    contents += get_report_contents(assessment)
    leave_out(assessment, contents)
    return contents


def get_left_out(assessment):
    """The numbers that other reports make telling: {words: [names of reports]}."""
    contents = [("participation", participation(assessment))]
    contents += get_rating_contents(assessment)
    return leave_out(assessment, contents)


def title(assessment, date):
    """What was assessed, by whom, when and by which edition of the Code."""
    return {
        "organisation": assessment.company_id.name,
        "service": (
            assessment._get_place_name() if assessment.scope != "organisation" else ""
        ),
        "period_from": fields.Date.to_string(assessment.date_from),
        "period_to": fields.Date.to_string(assessment.date_to),
        "date": fields.Date.to_string(date),
        "code": assessment.code_id.name,
        "edition": assessment.code_id.version,
        "scale": assessment.scale_id.name,
        "levels": assessment.scale_id.level_ids.mapped("name"),
    }


def outcome(assessment):
    """What was found overall, in plain words and in Easy Read."""
    return {
        "text": assessment.outcome or "",
        "easy_read": lines(assessment.outcome_easy_read),
    }


def declaration(assessment):
    """What the chair or chief executive declares, by name, if anything."""
    roles = dict(
        assessment._fields["declared_role"]._description_selection(assessment.env)
    )
    return {
        "text": assessment.declaration or "",
        "by": assessment.declared_by or "",
        "role": roles.get(assessment.declared_role, ""),
        "date": fields.Date.to_string(assessment.date_declared) or "",
        "way": declared_way(assessment),
    }


def declared_way(assessment):
    """Whether it was signed here, or is recorded from a paper."""
    if assessment.declared_user_id:
        return "signed"
    return "paper" if assessment.declaration_paper_ids else ""


def participation(assessment):
    """Which groups took part, how, and how many people of each."""
    methods = dict(
        assessment.participant_ids._fields["method"]._description_selection(
            assessment.env
        )
    )
    few = assessment.few_voices
    return {
        "groups": [
            {
                "group": group.name,
                "picture": GROUP_PICTURES.get(group.kind, "busts-in-silhouette"),
                "method": methods[method],
                # So few that one of them could be known by it: no number.
                "number": number
                if (number := sum(them.mapped("actual"))) >= FEW
                else None,
                "support": said_once(them, "support_given"),
                "changed": said_once(them, "what_changed"),
            }
            for (group, method), them in get_ways(assessment.participant_ids).items()
        ],
        "missing": few or "",
        "managers_only": assessment.is_managers_only,
        "reason": (assessment.few_voices_reason or "") if few else "",
        "not_asked": assessment.breadth_reason or "",
        "designed_with": ", ".join(assessment.design_group_ids.mapped("name")),
        "design": assessment.design_note or "",
    }


def said_once(records, name, most=5):
    """What is written in a field of these, each once, as one line; of many, some."""
    said = dict.fromkeys(
        filter(None, map(str.strip, records.mapped(lambda one: one[name] or "")))
    )
    return "; ".join(list(said)[:most])


def area(rating):
    """How an area is rated, by everyone and by each group, and what was found."""
    statuses = dict(rating._fields["status"]._description_selection(rating.env))
    took_part = rating.assessment_id._count_by_group()
    # Of a few people a rating would say who it is, see also publication_rating.
    seen_by = rating.assessment_id.perspective_rating_ids.filtered(
        lambda one: (
            one.area_id == rating.area_id
            and one.level_id
            and (one.number or took_part.get(one.perspective_id, 0)) >= FEW
        )
    )
    return {
        "reference": rating.area_id.reference,
        "name": rating.area_id.name,
        "easy_read": rating.area_id.easy_read or "",
        "picture": AREA_PICTURES.get(rating.area_id.reference, "star"),
        "rating": level(rating.level_id),
        "status": rating.status or "",
        "status_words": statuses.get(rating.status, ""),
        "not_applicable": (
            rating.not_applicable_reason if rating.is_not_applicable else ""
        ),
        "finding": rating.finding or "",
        "finding_easy_read": lines(rating.easy_read),
        "barrier": rating.barrier or "",
        "good": rating.good_ids.mapped("shown_text"),
        "bad": rating.bad_ids.mapped("shown_text"),
        "evidence_good": rating.evidence_good_count,
        "evidence_not_yet": rating.evidence_not_yet_count,
        "seen_by": [
            {"group": one.perspective_id.name, "rating": level(one.level_id)}
            for one in seen_by
        ],
    }


def is_told(rating):
    """Whether anything is said of an area here, and not only in a film or a paper."""
    names = ("level_id", "status", "finding", "easy_read", "barrier")
    told = rating.good_ids or rating.bad_ids or rating.is_not_applicable
    return bool(told or any(rating[name] for name in names))


def level(record):
    """A rating in words, with its picture and its place on the scale."""
    if not record:
        return None
    return {
        "words": record.name,
        "picture": record.picture or "",
        "position": record.position,
        "of": len(record.scale_id.level_ids),
    }


def quote(record):
    """The words of someone who agreed that we print them."""
    return {
        "words": record.words,
        "short_words": record.short_words or "",
        "group": record.group_id.name,
        "feeling": record.feeling or "",
        "area": record.area_id.reference or "",
        "media": media(record),
        "is_transcript": record.is_transcript,
    }


def action(record):
    """What we will do and by when."""
    return {
        "what": record.name,
        "finding": record.finding or "",
        "date_due": fields.Date.to_string(record.date_due),
        "measure": record.measure or "",
        "area": record.area_id.reference or "",
    }


def lines(text):
    """The lines of a text that say something: one idea each.

    >>> lines("We listen.\\n\\n  We change things. ")
    ['We listen.', 'We change things.']
    """
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
