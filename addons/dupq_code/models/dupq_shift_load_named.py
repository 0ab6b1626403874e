from odoo import api, models
from odoo.fields import Date
from odoo.tools import SQL

from ..dates import long_date

# What is looked up, by what a file may call it; the surest comes first.
LOOKED_UP = {
    "employee_id": ("hr.employee", ("barcode", "dupq_worker_reference", "name")),
    "service_id": ("dupq.service", ("reference", "name", "complete_name")),
    "person_id": ("dupq.person", ("reference",)),
}


class DupqShiftLoadNamed(models.AbstractModel):
    """Whom and what a file of shifts names.

    A part of ``dupq.shift.load``. A worker is found by badge, by worker reference or by
    full name, a service by its reference or name, a person by their reference, in small
    letters or capitals: what is not found, or found twice, is listed, and nothing is
    ever created for it. Who has left is found for the shifts up to their last day.
    """

    _name = "dupq.shift.load.named"
    _description = "Names in an import of shifts"

    @api.model
    def _look_up_all(self, fields, rows):
        """Put numbers of records where names were; say what could not be found.

        :return: list of messages as of ``load``
        """
        days = self._get_days(fields, rows)
        messages = []
        for name in LOOKED_UP:
            if name in fields:
                messages += self._look_up(name, fields, rows, days)
        return messages

    @api.model
    def _get_days(self, fields, rows):
        """The day on which each shift begins, as far as it can be read."""
        if "start" not in fields:
            return [None] * len(rows)
        column = fields.index("start")
        return [_read_day(row[column]) for row in rows]

    @api.model
    def _look_up(self, name, fields, rows, days):
        column = fields.index(name)
        words = [(row[column] or "").strip() for row in rows]
        found = self._find_by_words(name, {word.lower() for word in words} - {""})
        gone = self._get_gone(name, found)
        messages = []
        for number, (row, word, day) in enumerate(zip(rows, words, days, strict=True)):
            ids = found.get(word.lower(), set())
            [id_] = ids if len(ids) == 1 else [None]
            row[column] = str(id_ or "")
            if word and not id_:
                messages.append(self._say_not_found(name, word, number, ids))
            elif id_ in gone and day and day > gone[id_]:
                messages.append(self._say_gone(name, word, number, gone[id_]))
        fields[column] = f"{name}/.id"
        return messages

    @api.model
    def _find_by_words(self, name, words):
        """Ids by what a file calls them: ``{word in small letters: {id}}``."""
        model, keys = LOOKED_UP[name]
        records = self.env[model].with_context(active_test=False)
        if name == "employee_id":
            # Badges are read by few; here they only find whom the file already names.
            records = records.sudo()
        companies = [*self.env.companies.ids, False]
        found = {}
        for rank, key in enumerate(keys):
            query = records._search([("company_id", "in", companies)])
            called = SQL(
                "lower(trim(%s))", records._field_to_sql(query.table, key, query)
            )
            query.add_where(SQL("%s = ANY(%s)", called, sorted(words)))
            columns = (
                called,
                SQL.identifier(query.table, "id"),
                SQL.identifier(query.table, "active"),
            )
            for word, id_, is_active in self.env.execute_query(query.select(*columns)):
                # A badge or a reference comes before a name that looks the same, and
                # who is here before who was.
                by_rank = found.setdefault(word, {})
                by_rank.setdefault((rank, not is_active), set()).add(id_)
        return {word: by_rank[min(by_rank)] for word, by_rank in found.items()}

    @api.model
    def _get_gone(self, name, found):
        """The last day of the employees who have left: ``{id: day}``."""
        if name != "employee_id":
            return {}
        ids = {id_ for ids in found.values() for id_ in ids}
        # Only until when they worked here, of whom the file already names.
        employees_sudo = self.env["hr.employee"].sudo().browse(ids)
        gone_sudo = employees_sudo.filtered(lambda employee: not employee.active)
        today = Date.context_today(self)
        return {one.id: one.departure_date or today for one in gone_sudo}

    @api.model
    def _say_not_found(self, name, word, number, ids):
        label = self._fields[name]._description_string(self.env)
        if ids:
            message = self.env._(
                "%(label)s: there are %(count)s called “%(word)s”. Write the number "
                "instead.",
                label=label,
                count=len(ids),
                word=word,
            )
        else:
            message = self.env._(
                "%(label)s: “%(word)s” is not known here. Nobody is created: correct "
                "it, or enter it first.",
                label=label,
                word=word,
            )
        # Of several, Odoo's screen shows the value and its line.
        return self._get_message(name, number, message, message if ids else word)

    @api.model
    def _say_gone(self, name, word, number, last_day):
        message = self.env._(
            "“%(word)s” has left: a shift after %(day)s needs somebody else.",
            word=word,
            day=long_date(self.env, last_day),
        )
        return self._get_message(name, number, message, message)

    @api.model
    def _get_message(self, name, number, message, value):
        return {
            "type": "error",
            "message": message,
            "value": value,
            "record": number,
            "rows": {"from": number, "to": number},
            "field": name,
            "field_name": self._fields[name]._description_string(self.env),
        }


def _read_day(words):
    """
    >>> _read_day("2025-06-03 09:00:00"), _read_day("soon"), _read_day(None)
    (datetime.date(2025, 6, 3), None, None)
    """
    try:
        return Date.to_date(str(words or "")[:10]) or None
    except ValueError:
        return None
