"""What a published report says in its own words: plain values, and how they are shown.

Blocks: a ``section`` for each part of the report with its Easy Read twin, a
``document`` for each other style, a ``reason`` for each question that was left open,
a ``left_out`` for each sentence that is not printed, and who checked the Easy Read.
"""

from odoo import fields

from odoo.addons.dupq_code.dates import long_date

from .dupq_assessment_section import TEXT_FIELDS
from .publication_media import media

USUAL_KINDS = ("overall", "who", "how", "found", "words", "hard", "plan")


def get_report_contents(assessment):
    """The blocks of the report's own words: list of (kind, data, perhaps record)."""
    sections = assessment.section_ids.filtered("is_public")
    contents = [
        ("section", section(one)) for one in sections if one.text or one.idea_ids
    ]
    contents += [("document", document(one), one) for one in assessment.document_ids]
    contents += [
        ("reason", reason(remark))
        for remark in assessment._get_remarks()
        if not remark["is_answered"] and remark["reason"]
    ]
    contents += [
        ("left_out", left_out(one))
        for one in assessment.left_out_ids
        if one.reason and not one.is_back
    ]
    if assessment.easy_read_group_id or assessment.easy_read_by:
        contents.append(("easy_read_check", easy_read_check(assessment)))
    return contents


def section(record):
    """A part of the report; the text of two of them is in blocks of their own."""
    return {
        "kind": record.kind,
        "heading": record.name,
        "reference": record.area_id.reference or "",
        "focus": record.assessment_id._get_focus_name(record.focus_id),
        "text": "" if record.kind in TEXT_FIELDS else record._get_current_text(),
        "is_begun": record.is_begun,
        "easy_read": [
            {
                "picture": idea.picture or "",
                "words": idea.words or "",
                "explanation": idea.explanation or "",
            }
            for idea in record.idea_ids
            if idea.words
        ],
    }


def document(record):
    """The report in another style: what it is, and where it can be found."""
    styles = dict(record._fields["style"]._description_selection(record.env))
    return {
        "name": record.name,
        "style": styles[record.style],
        "url": record.url or "",
        "transcript": record.transcript or "",
        "media": media(record),
    }


def reason(remark):
    """A question that was left open, what was seen, and why it went on."""
    return {
        "question": remark["name"],
        "seen": remark["sentence"],
        "reason": remark["reason"],
    }


def left_out(record):
    """Where something that is not good yet is not printed, and why; not what."""
    return {"part": record.section_id.name or "", "reason": record.reason}


def easy_read_check(assessment):
    """Who has read the Easy Read edition before it came out, and when."""
    return {
        "who": assessment._get_checked_by(),
        "date": fields.Date.to_string(assessment.date_easy_read) or "",
    }


# === HOW IT IS SHOWN === #


def parts_values(env, blocks, with_media):
    """What the public page shows of these blocks.

    :param blocks: the data of the blocks by kind
    :param with_media: gives a block's data the addresses of its files
    """
    sections = blocks.get("section", [])
    check = (blocks.get("easy_read_check") or [{}])[0]
    return {
        "texts": {
            one["kind"]: as_paragraphs(one["text"])
            for one in sections
            if one["kind"] not in ("found", "own")
        },
        "areas": {
            one["reference"] or one["focus"]: as_paragraphs(one["text"])
            for one in sections
            if one["kind"] == "found" and not one.get("is_begun")
        },
        # In these nobody wrote: the page shows what was counted, and people's words.
        "begun": [
            one["reference"] or one["focus"]
            for one in sections
            if one["kind"] == "found" and one.get("is_begun")
        ],
        # A part of the organisation has no block but this one.
        "focuses": [
            {
                "heading": one["heading"],
                "text": as_paragraphs(one["text"]),
                "is_begun": bool(one.get("is_begun")),
            }
            for one in sections
            if one["kind"] == "found" and one["focus"] and one["text"]
        ],
        "own": [
            {"heading": one["heading"], "text": as_paragraphs(one["text"])}
            for one in sections
            if one["kind"] == "own" and one["text"]
        ],
        "documents": [
            {**with_media(one), "transcript": as_paragraphs(one["transcript"])}
            for one in blocks.get("document", [])
        ],
        # What was found is told in a film or a paper, and nowhere here.
        "is_elsewhere": bool(blocks.get("document"))
        and not blocks.get("area")
        and not any(
            one["kind"] == "found" and not one.get("is_begun") for one in sections
        ),
        "reasons": blocks.get("reason", []),
        "left_out": blocks.get("left_out", []),
        "checked": check.get("who", ""),
        "checked_on": long_date(env, check.get("date")),
    }


def with_ideas(env, sections, blocks):
    """The sections of the Easy Read page, with what people wrote for it.

    It stands first, but for rows that ``lead``: they say what a section is about.

    :param sections: list of (kind, reference of the area, section of the page)
    """
    ideas = {
        (one["kind"], one["reference"]): [idea_row(idea) for idea in one["easy_read"]]
        for one in blocks.get("section", [])
        if one["kind"] != "own"
    }
    shown = []
    for kind, reference, page_section in sections:
        rows = ideas.get((kind, reference), [])
        # What was written in Easy Read stands for the lines that were noted before.
        noted = page_section.get("noted", []) if rows else []
        lead = page_section.get("lead", [])
        said = [*lead, *noted]
        rest = [row for row in page_section["rows"] if row not in said]
        shown.append({**page_section, "rows": lead + rows + rest})
    shown += [
        {"heading": one["heading"], "rows": [idea_row(row) for row in one["easy_read"]]}
        for one in blocks.get("section", [])
        if one["kind"] == "own"
    ]
    if checked := (blocks.get("easy_read_check") or [{}])[0].get("who"):
        words = [env._("These people have read it before you:"), checked]
        rows = [{"picture": "check-mark-button", "words": words}]
        shown.append({"heading": env._("Who has read it"), "rows": rows})
    return shown


def idea_row(idea):
    """One idea as a row of the page: its words, and hard words explained below."""
    words = [line.strip() for line in idea["words"].splitlines() if line.strip()]
    explained = [idea["explanation"]] if idea["explanation"] else []
    return {"picture": idea["picture"] or "light-bulb", "words": words + explained}


def as_paragraphs(text):
    """The paragraphs of a text; lines of a list stay lines.

    >>> as_paragraphs("One\\ntwo.\\n\\n Three. ")
    ['One\\ntwo.', 'Three.']
    """
    parts = (part.strip() for part in (text or "").split("\n\n"))
    return [part for part in parts if part]
