from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from .dupq_evidence_rule_changes import TABLES_OF_MOVES


class DupqEvidenceRuleLandmarks(models.AbstractModel):
    """What shows that something has gone, or has moved, without leaving a mark.

    A part of ``dupq.evidence.rule``. A link to a deleted record is emptied by the
    database, which leaves no mark on the record that had it. So the records of each
    table on the way, and the rule's own, are counted, and their numbers are added up
    so that hardly any two sets agree. Where places lie in the tree of departments,
    and which service they belong to, is compared whole: it is small. A rule's
    landmarks:

    places  digest of services and departments
    rows    {table: [highest number, how many, sum]}
    """

    _name = "dupq.evidence.rule.landmarks"
    _description = "Landmarks of a rule"

    def _get_landmarks(self, known=None):
        """Landmarks of these rules; each table is read once for all of them.

        :param known: {rule id: landmarks of the last time}
        :return: {rule id: pair of the landmarks, and of those of today's that can be
            compared with the last time's: what came since is left out}
        """
        self.env.flush_all()
        known = known or {}
        limits = defaultdict(set)
        for rule in self:
            for table in rule._get_tables():
                limits[table] |= {None, _highest(known.get(rule.id), table)}
        rows = {table: _count(self.env, table, limits[table]) for table in limits}
        places, found = {}, {}
        for rule in self:
            key = (bool(rule.service_path), rule.service_id)
            if key not in places:
                places[key] = rule._get_places_digest()
            last = known.get(rule.id)
            now, then = (
                {
                    table: rows[table][_highest(landmarks, table)]
                    for table in sorted(rule._get_tables())
                }
                for landmarks in (None, last)
            )
            found[rule.id] = (
                {"places": places[key], "rows": now},
                {"places": places[key], "rows": then},
            )
        return found

    def _get_tables(self):
        """The tables on the way, and the one of the rule's own records."""
        return self._get_tables_on_the_way() | {self.env[self.model]._table}

    def _get_tables_on_the_way(self):
        self.ensure_one()
        tables = {model._table for _path, model in self._get_watched() if model._auto}
        return tables | TABLES_OF_MOVES.get(self._get_place_kind(), {}).keys()

    def _has_moved(self, last, then):
        """Whether something on the way has gone, or a place is another's now."""
        if not last or last["places"] != then["places"]:
            return True
        rows = last["rows"]
        tables = self._get_tables_on_the_way()
        return any(rows.get(table) != then["rows"][table] for table in tables)

    def _has_lost_records(self, last, then):
        """Whether records of the rule's own kind may have been deleted."""
        table = self.env[self.model]._table
        return last["rows"].get(table) != then["rows"][table]

    def _count_records(self, landmarks):
        """How many records of the rule's own kind there were."""
        return landmarks["rows"][self.env[self.model]._table][1]

    def _get_places_digest(self):
        departments = SQL("TRUE") if self.service_path else SQL("FALSE")
        services = SQL("TRUE")
        if self.service_id:
            services = SQL("s.id = %s", self.service_id.id)
        self.env.cr.execute(
            SQL(
                """
                SELECT md5(string_agg(place, ',' ORDER BY place)) FROM (
                    SELECT concat_ws('|', 's', s.id, s.active, s.company_id,
                           'd', s.department_id, 'w', s.work_location_id) AS place
                      FROM dupq_service s WHERE %s
                 UNION ALL
                    SELECT concat_ws('|', d.id, d.parent_path)
                      FROM hr_department d WHERE %s) places
                """,
                services,
                departments,
            )
        )
        return self.env.cr.fetchone()[0]


def _highest(landmarks, table):
    """The highest number that was there, None when that is not known."""
    rows = landmarks["rows"].get(table) if landmarks else None
    return rows[0] if rows else None


def _count(env, table, limits):
    """{limit: [highest number, how many, sum] of the records up to that number}.

    The whole table is counted once, without a condition, which is quickest; then the
    few that came after a limit, which are taken off.
    """

    def ask(condition):
        env.cr.execute(
            SQL(
                "SELECT (SELECT max(id) FROM %(table)s), count(*), "
                "COALESCE(sum(hashint4(id)), 0)::bigint FROM %(table)s WHERE %(which)s",
                table=SQL.identifier(table),
                which=condition,
            )
        )
        return env.cr.fetchone()

    highest, count, total = ask(SQL("TRUE"))
    counts = {None: [highest or 0, count, total]}
    for limit in limits - {None}:
        _highest, later, of_later = ask(SQL("id > %s", limit))
        counts[limit] = [limit, count - later, total - of_later]
    return counts
