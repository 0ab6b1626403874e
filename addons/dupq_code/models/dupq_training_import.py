import base64
import csv
import io
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..training_file import read_accredited, read_day
from .dupq_training_import_line import CELLS

# Headings as in the files of the Adult Social Care Workforce Data Set.
HEADINGS = {
    "establishment": "LOCALESTID",
    "worker": "UNIQUEWORKERID",
    "category": "CATEGORY",
    "title": "DESCRIPTION",
    "completed": "DATECOMPLETED",
    "expires": "EXPIRYDATE",
    "accredited": "ACCREDITED",
    "notes": "NOTES",
}


class DupqTrainingImport(models.Model):
    """A file of training records: read, looked at, and taken as a whole.

    Reading it changes nobody's CV. Taking it writes all good lines or, if anything
    goes wrong, none; the same file once more changes nothing.
    """

    _name = "dupq.training.import"
    _description = "File of training records"
    _order = "id desc"

    name = fields.Char(
        required=True, default=lambda self: self.env._("Training records")
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many("dupq.training.import.line", "import_id")
    date_taken = fields.Datetime(string="Taken on", readonly=True, copy=False)
    line_count = fields.Integer(string="Lines", compute="_compute_counts")
    good_count = fields.Integer(string="To be taken", compute="_compute_counts")
    there_count = fields.Integer(string="There already", compute="_compute_counts")
    taken_count = fields.Integer(string="Taken", compute="_compute_counts")
    twice_count = fields.Integer(
        string="Twice in the file",
        compute="_compute_counts",
        help="Two lines say something else of one course. What expires later counts.",
    )
    problem_count = fields.Integer(string="To correct", compute="_compute_counts")
    unknown_workers = fields.Char(string="Unknown workers", compute="_compute_counts")
    problem_file = fields.Binary(compute="_compute_problem_file")

    # === COMPUTE METHODS === #

    @api.depends("line_ids.status")
    def _compute_counts(self):
        lines = self.env["dupq.training.import.line"]
        problems = set(lines._get_problems())
        counts = {}
        for file, status, number in lines._read_group(
            [("import_id", "in", self.ids)], ["import_id", "status"], ["__count"]
        ):
            counts.setdefault(file.id, {})[status] = number
        for file in self:
            found = counts.get(file.id, {})
            file.line_count = sum(found.values())
            file.good_count = found.get("new", 0) + found.get("changed", 0)
            file.there_count = found.get("there", 0)
            file.taken_count = found.get("taken", 0)
            file.twice_count = found.get("twice", 0)
            file.problem_count = sum(found.get(status, 0) for status in problems)
            unknown = lines._read_group(
                [("import_id", "in", file.ids), ("status", "=", "unknown_worker")],
                ["worker"],
                limit=20,
            )
            file.unknown_workers = ", ".join(worker for (worker,) in unknown)

    @api.depends("line_ids.status")
    def _compute_problem_file(self):
        for file in self:
            file.problem_file = base64.b64encode(file._write_problems().encode())

    # === ACTIONS === #

    def action_upload(self):
        """Open Odoo's own import, with the columns of the data set."""
        self.ensure_one()
        self._check_not_taken()
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "params": {
                "active_model": "dupq.training.import.line",
                "model": "dupq.training.import.line",
                "context": {"default_import_id": self.id},
            },
            "context": {"default_import_id": self.id},
        }

    def action_open_lines(self):
        """Show the lines of the file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_training_import_line_action"
        )
        return action | {
            "domain": [("import_id", "=", self.id)],
            "context": {
                "default_import_id": self.id,
                **(
                    {"search_default_problem": 1}
                    if self.env.context.get("only_problems")
                    else {}
                ),
            },
        }

    def action_check(self):
        """Look again, for instance after workers were given their reference."""
        self.ensure_one()
        self.check_access("write")
        self._check(self.line_ids.filtered(lambda line: line.status != "taken"))

    def action_download_problems(self):
        """The bad lines only, to correct and send again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/problem_file"
            "?download=true&filename=to-correct.csv",
            "target": "download",
        }

    def action_take(self):
        """Write all good lines into the CVs: all of them or none."""
        self.ensure_one()
        self.check_access("write")
        self._wait_for_others()
        self._check(self.line_ids.filtered(lambda line: line.status != "taken"))
        self._write_changed()
        self._write_new()
        self.date_taken = fields.Datetime.now()

    # === BUSINESS METHODS === #

    @api.model
    def _get_open(self):
        """The file that lines are read into: the one on screen, else a new one."""
        file = self.browse(self.env.context.get("default_import_id")).exists()
        if file:
            file._check_not_taken()
            return file
        mine = [("create_uid", "=", self.env.uid), ("date_taken", "=", False)]
        return self.search(mine, limit=1) or self.create({})

    def _wait_for_others(self):
        """Let no two files of a company be taken at once, whoever takes them.

        The second finds the records of the first: it has looked before these were
        there, so the database has it begin again, which the server does by itself.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE dupq_training_import SET date_taken = date_taken"
                " WHERE company_id = %s",
                self.company_id.id,
            )
        )
        self.env.invalidate_all()

    def _check_not_taken(self):
        if self.date_taken:
            raise UserError(
                self.env._("This file was taken. Make a new one for the next file.")
            )

    def _check(self, lines):
        """Say of each line what will become of it. A few statements for all lines."""
        self.ensure_one()
        employees = self._get_employees(lines)
        kinds = self._get_kinds()
        known = self._get_known(set(employees.values()))
        today = fields.Date.context_today(self)
        rows = []
        for line, until in self._sort_by_expiry(lines):
            row = self._judge(line, until, employees, kinds, known, today)
            rows.append((line.id, *row))
        self._store(rows)
        lines.invalidate_recordset(
            ["status", "employee_id", "kind_id", "resume_line_id"]
        )
        self.invalidate_recordset()

    @api.model
    def _sort_by_expiry(self, lines):
        """Lines with the day they expire: what expires later comes first.

        So it counts, of two lines for one course.
        """
        days = ((line, read_day(line.expires)) for line in lines)
        return sorted(days, key=lambda pair: pair[1] or date.min, reverse=True)

    def _judge(self, line, until, employees, kinds, known, today):
        """What becomes of one line, by what was fetched for all of them."""
        worker = (line.worker or "").strip().lower()
        title = line.title or line.category
        done = read_day(line.completed)
        employee_id = employees.get(worker)
        problem = next(
            (
                status
                for status, is_so in (
                    ("no_worker", not worker),
                    ("unknown_worker", not employee_id),
                    ("no_title", not title),
                    ("bad_completed", not done),
                    ("not_yet", done and done > today),
                    ("bad_expires", line.expires and not until),
                    ("wrong_order", done and until and until < done),
                )
                if is_so
            ),
            None,
        )
        kind_id = kinds.get((line.category or "").strip().lower())
        if problem:
            return problem, employee_id, kind_id, None
        said = (until, read_accredited(line.accredited))
        key = (employee_id, title.strip().lower(), done)
        record_id, kept, is_unchecked = known.get(key, (None, None, False))
        if kept is not None and is_unchecked is None:
            # A line that expires later was looked at before.
            same = all(new in (None, old) for new, old in zip(said, kept, strict=True))
            return "there" if same else "twice", employee_id, kind_id, record_id
        # What the file leaves out is not taken away.
        said = tuple(new or old for new, old in zip(said, kept or said, strict=True))
        # Whatever comes later in the file finds it as if it were written.
        known[key] = (record_id, said, None)
        if kept is None:
            return "new", employee_id, kind_id, None
        status = "changed" if is_unchecked or kept != said else "there"
        return status, employee_id, kind_id, record_id

    def _get_employees(self, lines):
        """Employees by their reference in the data set: ``{reference: id}``."""
        wanted = {(line.worker or "").strip().lower() for line in lines} - {""}
        self.env["hr.employee"].flush_model(["dupq_worker_reference", "company_id"])
        self.env.cr.execute(
            SQL(
                """SELECT lower(trim(dupq_worker_reference)), id FROM hr_employee
                    WHERE company_id = %s
                      AND lower(trim(dupq_worker_reference)) = ANY(%s)""",
                self.company_id.id,
                list(wanted),
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _get_kinds(self):
        """Kinds by all that a file may call them: ``{words: id}``."""
        result = {}
        for kind in self.env["dupq.training.kind"].search([("id", "!=", False)]):
            codes = [kind.name, *(kind.import_codes or "").split(",")]
            for code in codes:
                result.setdefault(code.strip().lower(), kind.id)
        result.pop("", None)
        return result

    def _get_known(self, employee_ids):
        """The records there are, and what they say.

        ``{(employee, title, day): (id, what it says, whether nobody checked it)}``
        """
        self.env["hr.resume.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT employee_id, lower(trim(COALESCE(name->>%s, name->>'en_US'))),
                          COALESCE(date_end, date_start), id, dupq_expires_on,
                          dupq_accredited, COALESCE(dupq_is_unchecked, FALSE)
                     FROM hr_resume_line WHERE employee_id = ANY(%s)""",
                self.env.lang or "en_US",
                list(employee_ids),
            )
        )
        return {
            (employee, title, day): (id_, (until, accredited), is_unchecked)
            for (
                employee,
                title,
                day,
                id_,
                until,
                accredited,
                is_unchecked,
            ) in self.env.cr.fetchall()
        }

    @api.model
    def _store(self, rows):
        """Write what was found in one statement: these are notes beside the lines."""
        if not rows:
            return
        self.env["dupq.training.import.line"].flush_model()
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.cr.execute(
            SQL(
                """UPDATE dupq_training_import_line l
                      SET status = n.status, employee_id = n.employee_id,
                          kind_id = n.kind_id, resume_line_id = n.record_id
                     FROM unnest(%s::int[], %s::varchar[], %s::int[], %s::int[],
                                 %s::int[])
                       AS n(id, status, employee_id, kind_id, record_id)
                    WHERE l.id = n.id""",
                *columns,
            )
        )

    def _write_new(self):
        lines = self.line_ids.filtered(lambda line: line.status == "new")
        training = self.env.ref("hr_skills.resume_type_training")
        said = self._get_said()
        records = self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": line.employee_id.id,
                    "name": line.title or line.category,
                    "line_type_id": training.id,
                    "date_start": read_day(line.completed),
                    "date_end": read_day(line.completed),
                    **said[line._get_course()],
                    **({"dupq_kind_id": line.kind_id.id} if line.kind_id else {}),
                }
                for line in lines
            ]
        )
        self._note_taken(zip(lines, records, strict=True))

    def _write_changed(self):
        lines = self.line_ids.filtered(lambda line: line.status == "changed")
        said = self._get_said()
        by_values = lines.grouped(lambda line: tuple(said[line._get_course()].items()))
        for values, some in by_values.items():
            values = {name: value for name, value in values if value}
            # What the employee said of themselves, the file says too.
            some.resume_line_id.write({**values, "dupq_is_unchecked": False})
        self._note_taken((line, line.resume_line_id) for line in lines)

    def _get_said(self):
        """What the good lines say of each course, also where several speak of one."""
        said = {}
        good = self.line_ids.filtered(
            lambda line: line.status in ("new", "changed", "twice")
        )
        for line, until in self._sort_by_expiry(good):
            values = said.setdefault(
                line._get_course(), {"dupq_expires_on": False, "dupq_accredited": False}
            )
            values["dupq_expires_on"] = values["dupq_expires_on"] or until or False
            values["dupq_accredited"] = values["dupq_accredited"] or read_accredited(
                line.accredited
            )
        return said

    def _note_taken(self, pairs):
        self._store(
            [
                (
                    line.id,
                    "taken",
                    line.employee_id.id,
                    line.kind_id.id or None,
                    record.id,
                )
                for line, record in pairs
            ]
        )
        self.line_ids.invalidate_recordset(["status", "resume_line_id"])
        self.invalidate_recordset()

    def _write_problems(self):
        """The lines to correct as CSV, with the same headings and what is wrong."""
        lines = self.line_ids
        problems = lines._get_problems()
        words = dict(lines._fields["status"]._description_selection(self.env))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([*HEADINGS.values(), "PROBLEM"])
        for line in lines.filtered(lambda line: line.status in problems):
            writer.writerow([*(line[name] or "" for name in CELLS), words[line.status]])
        return out.getvalue()
