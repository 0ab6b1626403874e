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
A_DAY = timedelta(days=1)
# The clock of the database, by which it is noted what was seen, may be ahead of ours.
CLOCKS_DIFFER = timedelta(hours=1)
# Where it is kept in which service somebody was on a day: {kind: {table: who}}.
TABLES_OF_MOVES = {
    "hr.employee": {"hr_version": "employee_id", "dupq_service_member": "employee_id"},
    "dupq.person": {"dupq_person_stay": "person_id"},
}


class DupqEvidenceRuleChanges(models.AbstractModel):
    """Which records a run over changes must look at, and when it must look at all.

    A part of ``dupq.evidence.rule``. What was written since a moment is found by
    ``write_date``, on the records and on all on the way to what is read of them.
    What was deleted leaves no such trace: the landmarks of the last run show it.
    """

    _name = "dupq.evidence.rule.changes"
    _description = "Changes that a rule looks for"

    def _get_own_changes(self, since):
        """Domain of the records that were written since then themselves.

        :param since: datetime in UTC
        """
        if not self.env[self.model]._log_access:
            return Domain.TRUE
        return Domain("write_date", ">=", since)

    def _get_other_changes(self, since):
        """Domain of the records on whose paths something was written since then, or
        that a moving border has crossed."""
        watched = {}
        for rule in self:
            watched.update(rule._get_watched())
        domains = []
        for prefix, model in watched.items():
            if model._log_access:
                domains += self._get_linked_changes(prefix, model, since)
        domains += self._get_moved(since)
        domains += self._get_borders(since)
        return Domain.OR(domains)

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
        self.ensure_one()
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

    def _get_place_kind(self):
        """The kind of record that says where it was, by its name."""
        field = self._get_end(self.service_path) if self.service_path else None
        return field and (self.model if field.name == "id" else field.comodel_name)

    def _get_moved(self, since):
        """Records that lead to somebody whose place, on some day, was changed since."""
        paths = {
            (rule._get_place_kind(), rule.service_path)
            for rule in self
            if is_searchable(self.env[rule.model], rule.service_path or "id")
        }
        domains = []
        for kind, tables in TABLES_OF_MOVES.items():
            of_kind = sorted(path for place, path in paths if place == kind)
            ids = self._get_ids_moved(tables, since) if of_kind else []
            domains += [Domain(path, "in", ids) for path in of_kind if ids]
        return domains

    def _get_ids_moved(self, tables, since):
        """Who was moved, whoever may see it: a set of numbers."""
        self.env.cr.execute(
            SQL(" UNION ").join(
                SQL(
                    "SELECT %(who)s FROM %(table)s"
                    " WHERE write_date >= %(since)s AND %(who)s IS NOT NULL",
                    who=SQL.identifier(who),
                    table=SQL.identifier(table),
                    since=since,
                )
                for table, who in tables.items()
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    # === TIME GOES BY === #

    def _get_days_come(self, since):
        """Domain of the records whose own day has come since then.

        One that is in the ledger has had its day: it need not be looked at for this.
        """
        bounds = set()
        for rule in self:
            if not is_searchable(self.env[rule.model], rule.date_path):
                continue
            # Days begin where the owner of the rule lives.
            owner = rule._as_owner()
            first = fields.Date.context_today(owner, since - CLOCKS_DIFFER)
            last = fields.Date.context_today(owner)
            if first == last:
                continue
            if rule._get_end(rule.date_path).type == "date":
                bounds.add((rule.date_path, first + A_DAY, last))
            else:
                now = fields.Datetime.now()
                bounds.add((rule.date_path, since - A_DAY, now + 2 * A_DAY))
        return Domain.OR(
            Domain(path, ">=", first) & Domain(path, "<=", last)
            for path, first, last in sorted(bounds)
        )

    def _get_borders(self, since):
        """Records whose day a moving border (“today -30d”) has crossed since then."""
        elapsed = fields.Datetime.now() - since
        borders = set()
        for rule in self:
            for path, leaf in leaves_in(rule._get_domain()):
                field = rule._get_end(path)
                if field and field.type in ("date", "datetime"):
                    for moment, leap in _moving(leaf, self.env):
                        borders.add((path, moment - elapsed - leap, moment + leap))
        return [
            Domain(path, ">=", first) & Domain(path, "<=", last)
            for path, first, last in sorted(borders)
        ]


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
