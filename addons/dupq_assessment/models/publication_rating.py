"""What a report says of ratings: where groups differ, how many, what stops us.

Four kinds of block, plain values all of them, so that nothing else comes out:

``gaps``        {levels: [name], entries: [{kind, reference, name, gap, hidden: [name
                of a group], perspectives: [{group, shape, letter, level, position,
                share, number}]}]}; of each group five people or more, the others only
                by name; number is None where a few people could be told from it.
                ``gaps.draw(data["entries"], data["levels"])`` makes it ready
                for the template ``dupq_assessment.gap_picture`` (``is_public`` true);
                words behind a dot are those of the quote blocks of the same group and
                area, put into each perspective as ``words: [{words, feeling}]``.
``proportion``  {reference, name, receiving, supported, percentage: whole number,
                said, date, method, trend, plan: what is done for the rest, or ""}; one
                block each; figures of fewer than five people are None, and said tells
                so.
``barrier``     {what, kind, kind_words, control, control_words, response, area}; one
                block each, beside the text of the block ``barriers``.
``dissent``     {reference, name, group, words: "" when they name somebody, said,
                wanted, state, state_words, answer, agreed, date_answered}; one block
                each. Nobody's name, no day on which it was said.
"""

from odoo import fields

from .. import gaps
from .publication_between import no_figures
from .report_facts import get_came, get_told


def get_rating_contents(assessment):
    """The blocks of this file, in their order: list of (kind, data, record)."""
    return [
        ("gaps", get_gaps(assessment), None),
        *(("proportion", proportion(one), one) for one in assessment.proportion_ids),
        *(("barrier", barrier(one), one) for one in assessment.barrier_ids),
        *(("dissent", dissent(one), one) for one in assessment.dissent_ids),
    ]


def get_gaps(assessment):
    """Where groups of five people or more see it differently."""
    came = get_came(assessment)
    return {
        "levels": assessment.scale_id.level_ids.mapped("name"),
        "entries": [
            {
                **{key: entry[key] for key in ("kind", "reference", "name", "gap")},
                "key": f"{entry['kind']}-{number}",
                "hidden": entry["hidden"],
                "perspectives": [
                    {
                        key: one[key]
                        for key in (
                            "group",
                            "shape",
                            "letter",
                            "level",
                            "position",
                            "share",
                            "number",
                        )
                    }
                    for one in hide_sums(came, entry["perspectives"])
                ],
            }
            for number, entry in enumerate(gaps.hide_few(assessment._get_gaps()), 1)
        ],
    }


def hide_sums(came, perspectives):
    """The same without numbers from which those of a few people follow.

    Those who took part in one way are counted on the same page, unless they are few.
    """
    for one in perspectives:
        numbers = [
            number
            for (group, _method), number in came.items()
            if group.id == one["group_id"]
        ]
        told, _is_all = get_told(numbers)
        is_telling = told < one["number"] <= sum(numbers)
        yield {**one, "number": None if is_telling else one["number"]}


def proportion(line):
    """How many of how many, on which day, and what becomes of the rest."""
    what = line.statement_id or line.area_id
    # Of a few people the figure would say who it is.
    is_few = 0 < line.supported < gaps.FEW
    was_few = 0 < line.previous_id.supported < gaps.FEW
    data = {
        "reference": what.reference,
        "name": line.statement_id.shown_text or line.area_id.shown_name,
        "receiving": line.receiving,
        "supported": line.supported,
        "percentage": round(100 * line.percentage),
        "said": line.said,
        "date": fields.Date.to_string(line.date_as_of),
        "method": line.method or "",
        "trend": "" if was_few else line.trend or "",
        "plan": line.action_id.name or "",
    }
    if is_few:
        no_figures(line.env, data)
    return data


def barrier(record):
    """What stops us, and what we do about it all the same."""
    kinds = dict(record._fields["kind"]._description_selection(record.env))
    controls = dict(record._fields["control"]._description_selection(record.env))
    return {
        "what": record.name,
        "kind": record.kind,
        "kind_words": kinds[record.kind],
        "control": record.control,
        "control_words": controls[record.control],
        "response": record.response or "",
        "area": record.area_id.reference or "",
    }


def dissent(record):
    """Who saw it differently, as a group, and what was answered."""
    states = dict(record._fields["state"]._description_selection(record.env))
    rating = record.rating_id
    what = rating.focus_id or rating.statement_id or rating.area_id
    return {
        "reference": "" if rating.focus_id else what.reference,
        "name": rating.focus_name
        or rating.statement_id.shown_text
        or rating.area_id.shown_name,
        "group": record.group_id.name,
        "words": record.words if record.is_anonymised else "",
        "said": record.level_said_id.name or "",
        "wanted": record.level_wanted_id.name or "",
        "state": record.state,
        "state_words": states[record.state],
        "answer": record.answer or "",
        "agreed": record.level_agreed_id.name
        if record.state == "agreed_changed"
        else "",
        "date_answered": fields.Date.to_string(record.date_answered) or "",
    }
