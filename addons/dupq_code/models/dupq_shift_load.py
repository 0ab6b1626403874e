from odoo import api, models

# What is looked up by a number or a name, and how it is written in a file.
LOOKED_UP = {
    "employee_id": ("hr.employee", ("barcode", "name")),
    "service_id": ("dupq.service", ("reference", "name", "complete_name")),
    "person_id": ("dupq.person", ("reference",)),
}


class DupqShiftLoad(models.AbstractModel):
    """Shifts from a file, through Odoo's own import.

    A part of ``dupq.shift``. A worker is found by badge or by full name, a service by
    its reference or name, a person by their reference: what is not found, or found
    twice, is listed, and nothing is ever created for it. A shift that came before is
    found by its number in the rota: sent again it is changed, or left as it is.
    """

    _name = "dupq.shift.load"
    _description = "Import of shifts"

    @api.model
    def load(self, fields, data):
        """Override to find what a file names, and the shifts that came before."""
        # Nobody is created because a file has an unknown name.
        self = self.with_context(name_create_enabled_fields={})
        fields = list(fields)
        rows = [list(row) for row in data]
        messages = []
        for name in LOOKED_UP:
            if name in fields:
                messages += self._look_up(name, fields, rows)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        if "external_ref" in fields and not {"id", ".id"} & set(fields):
            self._find_earlier(fields, rows)
        return super().load(fields, rows)

    def _look_up(self, name, fields, rows):
        """Put numbers of records where names were; say what could not be found.

        :return: list of messages as of ``load``
        """
        column = fields.index(name)
        words = {(row[column] or "").strip() for row in rows} - {""}
        found = self._find_by_words(name, words)
        messages = []
        for number, row in enumerate(rows):
            word = (row[column] or "").strip()
            ids = found.get(word.lower(), set())
            if word and len(ids) != 1:
                messages.append(self._say_not_found(name, word, number, ids))
            row[column] = str(next(iter(ids))) if len(ids) == 1 else ""
        fields[column] = f"{name}/.id"
        return messages

    def _find_by_words(self, name, words):
        """Ids by what a file calls them: ``{word in small letters: {id}}``."""
        model, keys = LOOKED_UP[name]
        # Badges are read by few; here they only find whom the file already names.
        records = self.env[model]
        if name == "employee_id":
            records = records.sudo()
        companies = [*self.env.companies.ids, False]
        found = {}
        for key in keys:
            domain = [("company_id", "in", companies), (key, "in", sorted(words))]
            for record in records.search_fetch(domain, [key]):
                # A badge or a reference comes before a name that looks the same.
                by_key = found.setdefault(record[key].lower(), {})
                by_key.setdefault(key, set()).add(record.id)
        return {
            word: next(by_key[key] for key in keys if key in by_key)
            for word, by_key in found.items()
        }

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
        return {
            "type": "error",
            "message": message,
            "record": number,
            "rows": {"from": number, "to": number},
            "field": name,
            "field_name": label,
        }

    def _find_earlier(self, fields, rows):
        """Add the numbers of the shifts that came before, by their own numbers.

        Each company has a program of its own, which may number as the others do.
        """
        column = fields.index("external_ref")
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
        fields.append(".id")
        for row, company_id in zip(rows, companies, strict=True):
            row.append(str(ids.get((company_id, row[column]), "")))

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
