from odoo import api, models
from odoo.tools import SQL

from .dupq_shift_load_named import LOOKED_UP

# What a file has to say of each new shift: one of each.
NEEDED = (
    ("start",),
    ("stop",),
    ("employee_id", "agency_ref"),
    ("service_id", "person_id"),
)


class DupqShiftLoad(models.AbstractModel):
    """Shifts from a file, through Odoo's own import.

    A part of ``dupq.shift``. A shift that came before is found by its number in the
    rota: sent again it is changed, or left as it is. A file is taken as a whole or not
    at all, however long it is, and one file after the other.
    """

    _name = "dupq.shift.load"
    _description = "Import of shifts"
    _inherit = ["dupq.shift.load.named"]

    @api.model
    def load(self, fields, data):
        """Override to find what a file names, and the shifts that came before."""
        # Nobody is created because a file has an unknown name; and Odoo's screen does
        # not cut the file into parts, of which some would stay when the next one fails.
        self = self.with_context(name_create_enabled_fields={}, _import_limit=None)
        fields = list(fields)
        rows = [list(row) for row in data]
        self._wait_for_others()
        messages = self._look_up_all(fields, rows)
        if not messages and not {"id", ".id"} & set(fields):
            self._find_earlier(fields, rows)
            if not all(row[-1] for row in rows):
                messages = self._say_missing_columns(fields)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        return super().load(fields, rows)

    @api.model
    def get_import_templates(self):
        """Override to offer a file with the headings that are understood."""
        return [
            {
                "label": self.env._("Example of a rota"),
                "template": "/dupq_code/static/csv/shifts.csv",
            }
        ]

    @api.model
    def _wait_for_others(self):
        """Let no two files be taken at once, whoever sends them.

        The second finds the shifts of the first: it may have looked before these were
        there, so the database has it begin again, which the server does by itself.
        """
        # Which row does not matter, as long as there is one and nobody else needs it.
        self.env.cr.execute(
            SQL("UPDATE ir_model SET state = state WHERE model = 'dupq.shift'")
        )

    @api.model
    def _say_missing_columns(self, fields):
        there = {name.split("/")[0] for name in fields if name}
        missing = [names for names in NEEDED if not there & set(names)]
        if not missing:
            return []
        labels = self.fields_get([name for names in missing for name in names])
        either = f" {self.env._('or')} "
        words = (
            either.join(f"“{labels[name]['string']}”" for name in names)
            for names in missing
        )
        message = self.env._(
            "The file has no column for %(names)s.", names=", ".join(words)
        )
        return [{"type": "error", "message": message, "record": False}]

    @api.model
    def _find_earlier(self, fields, rows):
        """Add the numbers of the shifts that came before, by their own numbers.

        Each company has a program of its own, which may number as the others do.
        """
        fields.append(".id")
        if "external_ref" not in fields:
            for row in rows:
                row.append("")
            return
        column = fields.index("external_ref")
        for row in rows:
            row[column] = (row[column] or "").strip()
        companies = self._get_companies(fields, rows)
        refs = sorted({row[column] for row in rows if row[column]})
        earlier = self.search_fetch(
            [
                ("external_ref", "in", refs),
                ("company_id", "in", self.env.companies.ids),
            ],
            ["external_ref", "company_id"],
        )
        ids = {(shift.company_id.id, shift.external_ref): shift.id for shift in earlier}
        for row, company_id in zip(rows, companies, strict=True):
            row.append(str(ids.get((company_id, row[column]), "")))

    @api.model
    def _get_companies(self, fields, rows):
        """The id of the company of each row: that of its service, as far as it says."""
        companies = [self.env.company.id] * len(rows)
        # What says it best comes last.
        for name in ("employee_id", "person_id", "service_id"):
            if f"{name}/.id" not in fields:
                continue
            column = fields.index(f"{name}/.id")
            numbers = {row[column] for row in rows if str(row[column]).isdigit()}
            # Only of which company they are, whom the file names.
            records_sudo = self.env[LOOKED_UP[name][0]].sudo()
            records_sudo = records_sudo.with_context(active_test=False)
            found = records_sudo.search_fetch(
                [("id", "in", [int(number) for number in numbers])], ["company_id"]
            )
            known = {str(record.id): record.company_id.id for record in found}
            for place, row in enumerate(rows):
                companies[place] = known.get(row[column]) or companies[place]
        return companies

    def _load_records_write(self, values):
        """Override to leave a shift alone of which the file says nothing new."""

        def cached(some):
            return {
                name: self._fields[name].convert_to_cache(value, self)
                for name, value in some.items()
                if name in self._fields
            }

        new = cached(values)
        if new == cached(self._convert_to_write({name: self[name] for name in new})):
            return None
        return super()._load_records_write(values)
