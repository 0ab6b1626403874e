from datetime import date, datetime

from odoo import api, fields, models

from ..training_file import read_day

# What a file has to say of each record; the category or the title is enough.
NEEDED = ("worker", "completed")
CELLS = (
    "establishment",
    "worker",
    "category",
    "title",
    "completed",
    "expires",
    "accredited",
    "notes",
)
MOST_MESSAGES = 100


class DupqTrainingImportLine(models.Model):
    """One line of a file of training records, as it stands in the file.

    Odoo's own import fills it, from CSV or a spreadsheet. Nothing is refused here:
    what cannot be read is said beside the line.
    """

    _name = "dupq.training.import.line"
    _description = "Line of a file of training records"
    _order = "import_id, id"
    _rec_name = "worker"

    import_id = fields.Many2one(
        "dupq.training.import", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True)

    # As in the file
    establishment = fields.Char()
    worker = fields.Char()
    category = fields.Char()
    title = fields.Char()
    completed = fields.Char()
    expires = fields.Char()
    accredited = fields.Char()
    notes = fields.Char()

    # What it means
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="set null")
    kind_id = fields.Many2one("dupq.training.kind", readonly=True, ondelete="set null")
    status = fields.Selection(
        [
            ("new", "To be taken"),
            ("changed", "Changes a record"),
            ("there", "There already"),
            ("taken", "Taken"),
            ("twice", "Twice in the file: what expires later counts"),
            ("no_worker", "No worker"),
            ("unknown_worker", "Unknown worker"),
            ("no_title", "No title and no category"),
            ("bad_completed", "The day it was completed cannot be read"),
            ("not_yet", "Completed on a day to come"),
            ("bad_expires", "The day it expires cannot be read"),
            ("wrong_order", "Expires before it was completed"),
        ],
        readonly=True,
        index=True,
    )
    resume_line_id = fields.Many2one(
        "hr.resume.line", string="Record", readonly=True, ondelete="set null"
    )

    @api.model
    def load(self, fields, data):
        """Override to take in the cells of a file all at once.

        Line by line Odoo would look up, check and log each; here nothing is looked
        up before all of it is there. Lines that cannot be used are warnings, so that
        one of them does not keep out the others.
        """
        self.check_access("create")
        columns = {name: place for place, name in enumerate(fields) if name in CELLS}
        missing = [name for name in NEEDED if name not in columns]
        if not {"category", "title"} & columns.keys():
            missing.append("title")
        if missing:
            return self._refuse_columns(missing)
        limit = self.env.context.get("_import_limit") or len(data)
        file = self.env["dupq.training.import"]._get_open()
        lines = self.create(
            [
                {
                    "import_id": file.id,
                    **{name: _cell(row[place]) for name, place in columns.items()},
                }
                for row in data[:limit]
            ]
        )
        file._check(lines)
        return {
            "ids": lines.ids,
            "messages": lines._get_warnings(),
            "nextrow": limit if limit < len(data) else 0,
            "name": [],
        }

    def _refuse_columns(self, missing):
        labels = self.fields_get(missing, ["string"])
        message = self.env._(
            "The file has no column for: %(names)s.",
            names=", ".join(labels[name]["string"] for name in missing),
        )
        messages = [{"type": "error", "message": message, "record": False}]
        return {"ids": False, "messages": messages, "nextrow": 0, "name": []}

    def _get_warnings(self):
        """What Odoo's import screen shows of the lines that cannot be used."""
        words = dict(self._fields["status"]._description_selection(self.env))
        told = {*self._get_problems(), "twice"}
        return [
            {
                "type": "warning",
                "message": self.env._(
                    "%(problem)s (%(worker)s)",
                    problem=words[line.status],
                    worker=line.worker or "",
                ),
                "record": number,
                "rows": {"from": number, "to": number},
            }
            for number, line in enumerate(self)
            if line.status in told
        ][:MOST_MESSAGES]

    def _get_course(self):
        """Which course of whom a good line speaks of."""
        title = (self.title or self.category).strip().lower()
        return self.employee_id.id, title, read_day(self.completed)

    @api.model
    def _get_problems(self):
        """The statuses of lines that somebody has to correct."""
        fine = {"new", "changed", "there", "taken", "twice"}
        return [
            key for key, _label in self._fields["status"].selection if key not in fine
        ]


def _cell(value):
    """A cell as text: spreadsheets give dates."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return (value or "").strip() or False
