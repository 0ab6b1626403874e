from datetime import datetime, timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import parse_date

from ..rule_paths import hops, is_searchable, leaves_in, stored_paths

# Conditions on a link that ask the linked records themselves.
ASKS_LINKED = ("child_of", "parent_of")
# Of so many linked records that changed, the numbers are named one by one.
MOST_LINKED = 5000


class DupqEvidenceRuleChanges(models.AbstractModel):
    """Which records a run over changes must look at, and when it must look at all.

    A part of ``dupq.evidence.rule``. What was written since a moment is found by
    ``write_date``, on the records and on all on the way to what is read of them.
    What was deleted leaves no such trace: the landmarks of the last run show it.
    """

    _name = "dupq.evidence.rule.changes"
    _description = "Changes that a rule looks for"

    def _get_changed_domain(self, since):
        """Records of which something on any path was written since then.

        :param since: datetime in UTC
        """
        records = self.env[self.model]
        if not records._log_access:
            return Domain.TRUE
        watched = [Domain("write_date", ">=", since)]
        for prefix, model in self._get_watched():
            if model._log_access:
                watched += self._get_linked_changes(prefix, model, since)
        watched += self._get_employee_changes(since)
        watched += self._get_borders(since)
        return Domain.OR(watched)

    def _get_linked_changes(self, prefix, model, since):
        """Records that lead to some that were written since then.

        Those are looked up first: they are few or none, and then the records
        themselves need no join.
        """
        # Which ones were written, whoever may see them: a set of numbers.
        linked_sudo = model.sudo().with_context(active_test=False)
        ids = linked_sudo.search(
            [("write_date", ">=", since)], limit=MOST_LINKED + 1, order="id"
        ).ids
        if len(ids) > MOST_LINKED:
            return [Domain(f"{prefix}.write_date", ">=", since)]
        return [Domain(prefix, "in", ids)] if ids else []

    def _get_watched(self):
        """Pairs (path, model) of every record on the way, the first excepted."""
        records = self.env[self.model]
        result = {}
        for path in self._get_stored_paths():
            found = hops(records, path)
            names = path.split(".")
            for count, (model, field) in enumerate(found[:-1], start=1):
                result[".".join(names[:count])] = model.env[field.comodel_name]
        for path, leaf in leaves_in(self._get_domain()):
            field = self._get_end(path)
            if field and field.relational and _asks_linked(leaf):
                result[path] = self.env[field.comodel_name]
        return [pair for pair in result.items() if is_searchable(records, pair[0])]

    def _get_stored_paths(self):
        """The paths of a run, and those of what computed values on them are from."""
        records = self.env[self.model]
        paths = self._get_paths()
        if "company_id" in records._fields:
            paths.append("company_id")
        found = [p for path in paths for p in stored_paths(records, path)]
        return list(dict.fromkeys(found))

    def _leads_to_employee(self):
        field = self._get_end(self.service_path) if self.service_path else None
        model = field and (self.model if field.name == "id" else field.comodel_name)
        return model == "hr.employee"

    def _get_employee_changes(self, since):
        """Employees whose department, place of work or membership was changed."""
        if not self._leads_to_employee() or not is_searchable(
            self.env[self.model], self.service_path
        ):
            return []
        # Which employees were moved, whoever may see it: a set of numbers.
        self.env.cr.execute(
            SQL(
                """SELECT employee_id FROM hr_version WHERE write_date >= %(since)s
                      AND employee_id IS NOT NULL
                    UNION SELECT employee_id FROM dupq_service_member
                    WHERE write_date >= %(since)s AND employee_id IS NOT NULL""",
                since=since,
            )
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        return [Domain(self.service_path, "in", ids)] if ids else []

    # === MOVING BORDERS === #

    def _get_borders(self, since):
        """Records whose day a moving border (“today -30d”) has crossed since then."""
        records = self.env[self.model]
        elapsed = fields.Datetime.now() - since
        borders = []
        if is_searchable(records, self.date_path):
            today = fields.Date.context_today(self)
            borders.append(
                Domain(self.date_path, ">=", today - elapsed - timedelta(days=2))
            )
        for path, leaf in leaves_in(self._get_domain()):
            field = self._get_end(path)
            if not field or field.type not in ("date", "datetime"):
                continue
            for moment, leap in _moving(leaf, self.env):
                borders.append(
                    Domain(path, ">=", moment - elapsed - leap)
                    & Domain(path, "<=", moment + leap)
                )
        return borders

    # === LANDMARKS === #

    def _get_landmarks(self, last=None):
        """What differs from the last time when something has gone, or has moved.

        A link to a deleted record is emptied by the database, which leaves no mark
        on the record that had it. So the numbers of the records on the way are added
        up, to the highest that was there the last time. Where places lie in the tree
        of departments, and which service they belong to, is compared whole: it is
        small.

        :param last: the landmarks to compare with
        """
        self.env.flush_all()
        tables = {model._table for _path, model in self._get_watched() if model._auto}
        if self._leads_to_employee():
            tables |= {"hr_version", "dupq_service_member"}
        known = (last or {}).get("rows", {})
        rows = {}
        for table in sorted(tables):
            highest, *_sums = known.get(table) or [None]
            self.env.cr.execute(
                SQL(
                    "SELECT COALESCE(%(highest)s, max(id), 0), count(*), "
                    "COALESCE(sum(id)::float8, 0) FROM %(table)s "
                    "WHERE id <= COALESCE(%(highest)s, id)",
                    table=SQL.identifier(table),
                    highest=highest,
                )
            )
            rows[table] = list(self.env.cr.fetchone())
        return {"places": self._get_places_digest(), "rows": rows}

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


def _asks_linked(leaf):
    """Whether a condition on a link depends on the linked records' own values."""
    values = leaf.value if isinstance(leaf.value, list | tuple | set) else [leaf.value]
    return leaf.operator in ASKS_LINKED or any(isinstance(v, str) for v in values)


def _moving(leaf, env):
    """The days that the relative dates of a condition mean now, and their leaps.

    :return: iterator of (date, timedelta by which it may leap beyond the clock)
    """
    values = leaf.value if isinstance(leaf.value, list | tuple | set) else [leaf.value]
    for value in values:
        if isinstance(value, str) and value and not value[0].isdigit():
            moment = parse_date(value, env)
            day = moment.date() if isinstance(moment, datetime) else moment
            yield day, _leap(value)


def _leap(value):
    """How far a border may jump at once, the time zones' day and a half included.

    >>> [_leap(value).days for value in ("today -30d", "now", "-1m", "=1d", "=monday")]
    [2, 2, 6, 34, 10]
    """
    days = 0
    for term in value.split():
        if term[0] in "+-=" and not term[1].isdigit():
            days += 8  # a day of the week
        elif term[0] == "=":
            days += {"d": 32, "m": 367, "y": 367, "w": 367}.get(term[-1], 0)
        elif term[0] in "+-" and term[-1] in "my":
            days += 4  # months have 28 to 31 days
    return timedelta(days=days + 2)
