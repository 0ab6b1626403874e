"""What the record knows for a part of the report: lines of numbers and lists.

Each function takes the self-assessment and gives lines of text that a writer may
begin with. They count and quote; they never conclude.
"""

from odoo.addons.dupq_code.dates import long_date

from ..gaps import FEW
from .publication_between import leave_out


def get_facts(section):
    """The lines for a part of the report."""
    by_kind = {
        "who": who,
        "how": how,
        "words": words,
        "hard": hard,
        "plan": plan,
    }
    if section.kind == "found":
        return found(section)
    facts = by_kind.get(section.kind)
    return facts(section.assessment_id) if facts else []


def who(assessment):
    """How many people of each group took part, and who did not."""
    _ = assessment.env._
    cells = get_told_cells(assessment)
    if not cells:
        return []
    lines = [sentence] if (sentence := came_words(assessment.env, cells)) else []
    groups = dict.fromkeys(group for group, _method, _number in cells)
    lines += [
        _(
            "%(group)s: %(number)s",
            group=group.name,
            number=number_words(
                assessment.env, [number for one, _way, number in cells if one == group]
            ),
        )
        for group in groups
    ]
    if assessment.few_voices:
        lines.append(_("Not heard: %(groups)s.", groups=assessment.few_voices))
    return lines


def get_came(assessment):
    """How many of each group took part in each way: {(group, method): number}."""
    ways = get_ways(assessment.participant_ids)
    return {key: sum(lines.mapped("actual")) for key, lines in ways.items()}


def get_told_cells(assessment):
    """The same as it may stand in public: list of (group, method, number or None)."""
    came = get_came(assessment)
    method = assessment.env["dupq.assessment.participant"]._fields["method"]
    ways = dict(method._description_selection(assessment.env))
    told = [
        {
            "group": group.name,
            "method": ways[way],
            "number": number if number >= FEW else None,
        }
        for (group, way), number in came.items()
    ]
    leave_out(assessment, [("participation", {"groups": told})])
    return [
        (group, way, one["number"])
        for (group, way), one in zip(came, told, strict=True)
    ]


def came_words(env, cells):
    """How many took part in all, of those who may be counted in public."""
    _ = env._
    numbers = [number for _group, _method, number in cells]
    told = sum(filter(None, numbers))
    if not told:
        return ""
    if None in numbers:
        return _("More than %(number)s people took part.", number=told)
    return _("%(number)s people took part.", number=told)


def get_ways(lines):
    """Those who took part as the report tells of them: {(group, way): lines}.

    Of many services, together.
    """
    return lines.filtered("actual").grouped(lambda one: (one.group_id, one.method))


def get_told(numbers):
    """The sum of those numbers that the public reads, and whether these are all.

    The report tells those of a group who took part in one way by themselves, and of a
    few people no number: no sum may tell it either, when the others are taken away.

    >>> get_told([6, 9]), get_told([6, 3, 0]), get_told([4, 4]), get_told([0])
    ((15, True), (6, False), (0, False), (0, True))
    """
    told = sum(number for number in numbers if number >= FEW)
    return told, told == sum(numbers)


def number_words(env, numbers):
    """The sum of these as it may stand in public, where None is not told."""
    told = sum(filter(None, numbers))
    if None not in numbers:
        return str(told)
    if told:
        return env._("more than %(number)s", number=told)
    # The same words for few people and for a number from which few would follow:
    # otherwise the one tells the other.
    return env._("no number, as it would tell of fewer than %(few)s", few=FEW)


def how(assessment):
    """The ways in which people took part, each with its number."""
    _ = assessment.env._
    names = dict(
        assessment.participant_ids._fields["method"]._description_selection(
            assessment.env
        )
    )
    came = assessment.participant_ids.filtered("actual")
    cells = get_told_cells(assessment)
    lines = [
        _(
            "%(method)s: %(number)s people",
            method=names[method],
            number=number_words(
                assessment.env,
                [number for _group, one, number in cells if one == method],
            ),
        )
        for method in dict.fromkeys(way for _group, way, _number in cells)
    ]
    lines += [
        _("What made it possible: %(support)s.", support=one.support_given.rstrip("."))
        for one in came
        if one.support_given
    ]
    return lines


def found(section):
    """What was written down about an area, how it is rated, what was counted."""
    lines = []
    for rating in section._get_ratings():
        lines += rated_words(rating)
    lines += by_group_words(section)
    return lines + counted_words(section)


def rated_words(rating):
    """What people wrote of it all together, their rating, and what rests on it."""
    _ = rating.env._
    statuses = dict(rating._fields["status"]._description_selection(rating.env))
    lines = [rating.finding] if rating.finding else []
    if rating.level_id:
        lines.append(_("Our rating: %(level)s.", level=rating.level_id.name))
    if rating.status:
        lines.append(_("Where we stand: %(status)s.", status=statuses[rating.status]))
    if rating.good_ids or rating.bad_ids:
        lines.append(
            _(
                "Of the Code we recognise ourselves in: %(good)s good statements, "
                "%(bad)s bad ones.",
                good=len(rating.good_ids),
                bad=len(rating.bad_ids),
            )
        )
    if rating.evidence_good_count or rating.evidence_not_yet_count:
        lines.append(
            _(
                "Things we have seen that say it is good: %(good)s. That say it is not "
                "good yet: %(not_yet)s.",
                good=rating.evidence_good_count,
                not_yet=rating.evidence_not_yet_count,
            )
        )
    return lines


def by_group_words(section):
    """How each group sees it, and for how many it is so."""
    _ = section.env._
    assessment = section.assessment_id
    took_part = assessment._count_by_group()
    lines = [
        _(
            "%(group)s say: %(level)s.",
            group=one.perspective_id.name,
            level=one.level_id.name,
        )
        for one in section._get_ratings(by_group=True)
        # Of a few people a rating would say who it is.
        if one.level_id and (one.number or took_part.get(one.perspective_id, 0)) >= FEW
    ]
    return lines + [
        _("How many receive what is good: %(share)s.", share=one.said)
        for one in assessment.proportion_ids
        if section.area_id and one.area_id == section.area_id and one.supported >= FEW
    ]


def counted_words(section):
    """How many spoke about it, and what is promised; never what they said.

    Their words stand in the report as quotes: there they can be taken back.
    """
    _ = section.env._
    area, assessment = section.area_id, section.assessment_id
    if not area:
        return []
    lines = []
    printed = assessment.printed_voice_ids._may_be_printed()
    if about := printed.filtered(lambda one: one.area_id == area):
        hard_number = len(about.filtered(lambda one: one.feeling != "good"))
        lines.append(
            _(
                "Quotes about this: %(number)s. Of what is not good yet: %(hard)s.",
                number=len(about),
                hard=hard_number,
            )
        )
    if actions := assessment.action_ids.filtered(lambda one: one.area_id == area):
        lines.append(
            _(
                "Actions about this: %(number)s, the first by %(date)s.",
                number=len(actions),
                date=long_date(section.env, min(actions.mapped("date_due"))),
            )
        )
    return lines


def words(assessment):
    """How many people agreed that their words are printed, and what they say."""
    _ = assessment.env._
    printed = assessment.printed_voice_ids._may_be_printed()
    if not printed:
        return []
    hard_number = len(printed.filtered(lambda one: one.feeling != "good"))
    groups = ", ".join(printed.group_id.mapped("name"))
    return [
        _("%(number)s quotes, of: %(groups)s.", number=len(printed), groups=groups),
        _("Of what is not good yet: %(number)s.", number=hard_number),
    ]


def hard(assessment):
    """What was written down as standing in the way."""
    return assessment._get_barriers_said()


def plan(assessment):
    """What will be done, each with its day."""
    _ = assessment.env._
    return [
        _(
            "By %(date)s: %(action)s.",
            date=long_date(assessment.env, one.date_due),
            action=one.name.rstrip("."),
        )
        for one in assessment.action_ids.sorted("date_due")
    ]
