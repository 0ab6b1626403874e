"""Numbers that are left out because of other reports: see ``between_reports``.

What other reports tell is read from what is published, all versions of it: that is what
anybody has who takes one from the other.
"""

from collections import defaultdict

from odoo.tools import SQL

from ..between_reports import Report, find_telling
from ..figures import select_rows

# The organisation is more than the sum of its services.
WHOLE = 0


def leave_out(assessment, contents):
    """Take out of the blocks of a report the numbers that tell of a few.

    :return: {where it stands, for people: [names of the other reports]}
    """
    cells = [cell for kind, data, *_rest in contents for cell in get_cells(kind, data)]
    hidden = get_hidden(assessment, cells)
    left_out = {}
    for what, names, data, key in cells:
        if what in hidden:
            left_out[names] = hidden[what]
            data[key] = None
    _leave_out_sums(contents, {group for _kind, _subject, group, _way in hidden})
    for kind, data, *_rest in contents:
        if kind == "proportion" and data["supported"] is None:
            no_figures(assessment.env, data)
    return left_out


def no_figures(env, data):
    """A share of people without the figures that would tell of a few."""
    said = env._("No figures are shown: they would tell of fewer than five people.")
    data |= dict.fromkeys(("receiving", "supported", "percentage"))
    data |= {"said": said, "trend": ""}


def _leave_out_sums(contents, groups):
    """A number beside a rating must not be the sum of what was left out."""
    told = defaultdict(int)
    for kind, data, *_rest in contents:
        for one in data["groups"] if kind == "participation" else ():
            told[one["group"]] += one["number"] or 0
    for kind, data, *_rest in contents:
        for entry in data["entries"] if kind == "gaps" else ():
            for one in entry["perspectives"]:
                if one["group"] in groups and (one["number"] or 0) > told[one["group"]]:
                    one["number"] = None


def get_cells(kind, data):
    """Each number of people in a block: what it counts, words for it, where it stands.

    The same as in the statement below.
    """
    if kind == "participation":
        for one in data["groups"]:
            what = ("came", "", one["group"], one["method"])
            yield what, f"{one['group']}, {one['method']}", one, "number"
    elif kind == "gaps":
        for entry in data["entries"]:
            subject = entry["reference"] or entry["name"]
            for one in entry["perspectives"]:
                what = ("seen", f"{entry['kind']} {subject}", one["group"], "")
                yield what, f"{subject}, {one['group']}", one, "number"
    elif kind == "proportion":
        subject = data["reference"] or data["name"]
        yield ("supported", subject, "", ""), subject, data, "supported"


def get_hidden(assessment, cells):
    """Which of these numbers of a report are to be left out: see ``find_telling``."""
    # What is published is for everyone; so is which places it is about.
    others_sudo = _get_others(assessment.sudo())
    if not others_sudo:
        return {}
    places = _get_places(assessment.sudo() | others_sudo)
    numbers = _get_numbers(others_sudo)
    others = {
        # Of several of the same place, the newest.
        places[one]: Report(one.name, places[one], numbers[one.id])
        for one in others_sudo
    }
    names = _get_names(assessment.env)
    told = {_as_known(what, names): data[key] for what, _words, data, key in cells}
    mine = Report(assessment.name or "", places[assessment.sudo()], told)
    found = find_telling(mine, others.values())
    return {
        what: found[known]
        for what, *_rest in cells
        if (known := _as_known(what, names)) in found
    }


def _get_others(assessment_sudo):
    """Published self-assessments of other places that look at the same time."""
    return assessment_sudo.search(
        [
            ("id", "!=", assessment_sudo._origin.id),
            ("company_id", "=", assessment_sudo.company_id.id),
            ("date_from", "<=", assessment_sudo.date_to),
            ("date_to", ">=", assessment_sudo.date_from),
            ("publication_ids", "!=", False),
        ],
        order="date_to, id",
    )


def _get_places(assessments_sudo):
    """The ids of the services that each looks at, with those below."""
    services_sudo = assessments_sudo.env["dupq.service"].with_context(active_test=False)
    below = defaultdict(set)
    domain = [("company_id", "in", assessments_sudo.company_id.ids)]
    for service, path in select_rows(services_sudo, domain, ("id", "parent_path")):
        below[WHOLE].add(service)
        for above in (path or "").split("/")[:-1]:
            below[int(above)].add(service)
    return {
        one: frozenset(
            below[WHOLE] | {WHOLE}
            if one.scope == "organisation"
            else set().union(
                *(below[id_] for id_ in (one.service_id | one.service_ids).ids)
            )
        )
        for one in assessments_sudo
    }


def _get_numbers(assessments_sudo):
    """What their reports tell: {id: {what is counted: number}}, the newest of each."""
    env = assessments_sudo.env
    names = _get_names(env)
    env["dupq.publication.block"].flush_model()
    env["dupq.publication"].flush_model()
    rows = env.execute_query(
        SQL(
            """
              WITH shown AS (
            SELECT p.assessment_id, p.version, b.kind, b.data
              FROM dupq_publication_block b
              JOIN dupq_publication p ON p.id = b.publication_id
             WHERE p.assessment_id IN %s
               AND b.kind IN ('participation', 'gaps', 'proportion')
               AND b.erased_on IS NULL)
            SELECT assessment_id, version, 'came', '', one->>'group', one->>'method',
                   (one->>'number')::int
              FROM shown, jsonb_array_elements(data->'groups') one
             WHERE kind = 'participation'
         UNION ALL
            SELECT assessment_id, version, 'seen',
                   concat(entry->>'kind', ' ',
                          COALESCE(NULLIF(entry->>'reference', ''), entry->>'name')),
                   one->>'group', '', (one->>'number')::int
              FROM shown, jsonb_array_elements(data->'entries') entry,
                   jsonb_array_elements(entry->'perspectives') one
             WHERE kind = 'gaps'
         UNION ALL
            SELECT assessment_id, version, 'supported',
                   COALESCE(NULLIF(data->>'reference', ''), data->>'name'), '', '',
                   (data->>'supported')::int
              FROM shown
             WHERE kind = 'proportion'
          ORDER BY 1, 2
            """,
            tuple(assessments_sudo.ids),
        )
    )
    numbers = defaultdict(dict)
    for assessment, _version, *what, number in rows:
        known = _as_known(what, names)
        # What an earlier version told is still known to those who read it.
        if number is not None or known not in numbers[assessment]:
            numbers[assessment][known] = number
    return numbers


def _as_known(what, names):
    """The same whatever language a report is in."""
    kind, subject, group, way = what
    return kind, subject, names.get(group, group), names.get(way, way)


def _get_names(env):
    """{what a group of people, or a way to take part, is called: one word for it}"""
    names = {}
    groups = env["dupq.stakeholder.group"].with_context(active_test=False).search([])
    method = env["dupq.assessment.participant"]._fields["method"]
    for lang, _name in env["res.lang"].get_installed():
        spoken = groups.with_context(lang=lang)
        names |= {one.name: str(one.id) for one in spoken}
        ways = method._description_selection(spoken.env)
        names |= {label: way for way, label in ways}
    return names
