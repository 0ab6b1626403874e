"""What a public page shows of ratings: the gaps drawn, and plain lists for the rest."""

from odoo.addons.dupq_code.dates import long_date

from .. import gaps
from .publication_words import paragraphs

# So many words of a group stand behind its dot.
WORDS = 3


def seen_values(env, blocks):
    """The gaps, proportions, barriers and objections of a report, ready to print."""
    return {
        "gaps": gap_values(blocks),
        "proportions": [
            {**one, "date": long_date(env, one["date"])}
            for one in blocks.get("proportion", [])
        ],
        "barriers": [
            {**one, "response": paragraphs(one["response"])}
            for one in blocks.get("barrier", [])
        ],
        "dissents": [
            {**one, "answer": paragraphs(one["answer"])}
            for one in blocks.get("dissent", [])
        ],
    }


def gap_values(blocks):
    """The picture of where groups see it differently; nothing if no group could."""
    (data,) = blocks.get("gaps") or [{}]
    # Of one group alone nobody can say that it sees things differently.
    entries = [one for one in data.get("entries", []) if len(one["perspectives"]) > 1]
    if not entries:
        return None
    said = {}
    for one in blocks.get("quote", []):
        said.setdefault((one["group"], one["area"]), []).append(one)
    for entry in entries:
        for one in entry["perspectives"]:
            words = said.get((one["group"], entry["reference"]), [])
            one["words"] = [
                {"words": each["words"], "feeling": each["feeling"]}
                for each in words[:WORDS]
            ]
            one["more"] = max(len(words) - WORDS, 0)
    return gaps.draw(entries, data["levels"])
