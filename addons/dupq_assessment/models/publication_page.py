"""What a public page shows of a snapshot: plain values, ready to print.

Made from the blocks of a publication and, for the live strip, from counts of
actions. No record is handed on, so a page cannot show more than this.
"""

from functools import partial

from odoo.addons.dupq_code.dates import long_date

from .publication_report import parts_values
from .publication_seen import seen_values
from .publication_words import paragraphs

# So many quotes stand with an area in which nobody wrote; all of them come later.
QUOTES = 3


def group_blocks(publication):
    """The data of the blocks by kind, in their order: {kind: [data]}.

    Each knows its place in the report, for what hangs on it: files, and how far we are.
    """
    blocks = {}
    for block in publication.block_ids:
        # A block whose content was erased keeps its place but says nothing.
        if block.data:
            data = {**block.data, "sequence": block.sequence}
            blocks.setdefault(block.kind, []).append(data)
    return blocks


def report_values(publication, progress, versions):
    """Everything the plain page shows.

    :param dict progress: see ``dupq.publication._get_progress``
    :param list versions: see ``dupq.publication._get_versions``
    """
    env = publication.env
    blocks = group_blocks(publication)
    title = first(blocks, "title")
    quotes = [with_media(publication, one) for one in blocks.get("quote", [])]
    parts = parts_values(env, blocks, partial(with_media, publication))
    here = f"{publication.url}/{publication.version}"
    return {
        "parts": parts,
        "place": title.get("service") or title.get("organisation", ""),
        "organisation": title.get("organisation", ""),
        "code": title.get("code", ""),
        "edition": title.get("edition", ""),
        "scale": title.get("scale", ""),
        "levels": title.get("levels", []),
        "date": long_date(env, title.get("date")),
        "period_from": long_date(env, title.get("period_from")),
        "period_to": long_date(env, title.get("period_to")),
        "lang": publication.lang.replace("_", "-"),
        "outcome": paragraphs(first(blocks, "outcome").get("text")),
        "declaration": declaration_values(env, first(blocks, "declaration")),
        "participation": first(blocks, "participation"),
        "areas": [
            {
                **area_values(one, parts["areas"]),
                **about_area(env, one["reference"], parts["begun"], quotes, blocks),
            }
            for one in blocks.get("area", [])
        ],
        "quotes_good": [one for one in quotes if one["feeling"] == "good"],
        "quotes_hard": [one for one in quotes if one["feeling"] == "not_yet"],
        "quotes_other": [
            one for one in quotes if one["feeling"] not in ("good", "not_yet")
        ],
        "barriers": paragraphs(first(blocks, "barriers").get("text")),
        "seen": seen_values(env, blocks),
        "actions": [
            {
                **dated(env, one, "date_due"),
                "now": progress["by_block"].get(one["sequence"]),
            }
            for one in blocks.get("action", [])
        ],
        "taken_back": publication._get_taken_back(),
        "challenge": paragraphs(first(blocks, "challenge").get("text")),
        "progress": progress,
        "versions": versions,
        "seal": publication.seal,
        "url": publication.url,
        "editions": {
            "report": f"{here}/pdf",
            "easy_read": f"{here}/easy-read/pdf",
            "data": f"{here}/report.json",
            "check": f"{here}/check",
        },
    }


def with_media(publication, quote):
    """A quote with the addresses of its pictures, sounds and films."""
    sequence = quote["sequence"]
    here = f"{publication.url}/{publication.version}/media/{sequence}"
    return {
        **quote,
        "media": [
            {**one, "sequence": sequence, "number": number, "url": f"{here}/{number}"}
            for number, one in enumerate(quote.get("media", []), 1)
        ],
    }


def declaration_values(env, declaration):
    """What is declared, and one line that says by whom and when."""
    ways = {
        "signed": env._("signed with their own login"),
        "paper": env._("signed on paper"),
    }
    signed = (
        declaration.get("by"),
        declaration.get("role"),
        long_date(env, declaration.get("date")),
        ways.get(declaration.get("way")),
    )
    return {
        "text": paragraphs(declaration.get("text")),
        "signed": ", ".join(part for part in signed if part),
    }


def area_values(area, texts=None):
    """An area with its long texts as paragraphs and its tag's colour by status.

    :param dict texts: what the report says of an area in place of what was noted
    """
    tags = {"meeting": "dq-tag-good", "working": "dq-tag-warn", "not_yet": "dq-tag-bad"}
    return {
        **area,
        "finding": (texts or {}).get(area["reference"]) or paragraphs(area["finding"]),
        "barrier": paragraphs(area["barrier"]),
        "tag": tags.get(area["status"], ""),
    }


def about_area(env, reference, begun, quotes, blocks):
    """Of an area in which nobody wrote: what people said, and what is promised."""
    if reference not in begun:
        return {"is_begun": False, "quotes": [], "promises": []}
    return {
        "is_begun": True,
        "quotes": [one for one in quotes if one["area"] == reference][:QUOTES],
        "promises": [
            dated(env, one, "date_due")
            for one in blocks.get("action", [])
            if one["area"] == reference
        ],
    }


def first(blocks, kind):
    """The only block of its kind, or nothing."""
    return (blocks.get(kind) or [{}])[0]


def dated(env, data, key):
    """The data with the named date written as people write it."""
    return {**data, key: long_date(env, data.get(key))}
