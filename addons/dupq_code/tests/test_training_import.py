import csv
import io
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_training import TrainingCommon

HEADINGS = [
    "LOCALESTID",
    "UNIQUEWORKERID",
    "CATEGORY",
    "DESCRIPTION",
    "DATECOMPLETED",
    "EXPIRYDATE",
    "ACCREDITED",
    "NOTES",
]
FIELDS = [
    "establishment",
    "worker",
    "category",
    "title",
    "completed",
    "expires",
    "accredited",
    "notes",
]
GOOD = ["E1", "W-1", "27", "Safeguarding adults", "05/03/2025", "04/03/2026", "1", ""]
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "",
    "datetime_format": "",
}


@tagged("post_install", "-at_install")
class TestTrainingImport(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.robin.dupq_worker_reference = "W-1"
        cls.kim = cls._create_employee("Kim Example", dupq_worker_reference="W-2")
        cls.safeguarding.import_codes = "27, SG"
        cls.files = cls.env["dupq.training.import"].with_user(cls.user_hr)

    def _write_csv(self, rows, headings=None):
        out = io.StringIO()
        csv.writer(out).writerows([headings or HEADINGS, *rows])
        return out.getvalue()

    def _read(self, content, file=None, dryrun=False, user=None, **options):
        """Have Odoo's own import read a file, with the columns it proposes."""
        file = file or self.files.create({})
        if isinstance(content, str):
            content = content.encode()
        kind = "text/csv"
        if content[:2] == b"PK":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        wizard = (
            self.env["base_import.import"]
            .with_user(user or self.user_hr)
            .with_context(default_import_id=file.id)
            .create(
                {
                    "res_model": "dupq.training.import.line",
                    "file": content,
                    "file_name": "training.csv",
                    "file_type": kind,
                }
            )
        )
        options = {**OPTIONS, **options}
        preview = wizard.parse_preview(dict(options))
        if "error" in preview:
            return file, preview
        columns = preview["headers"]
        matches = preview["matches"]
        fields = [
            matches[number][0] if number in matches else False
            for number in range(len(columns))
        ]
        result = wizard.execute_import(
            fields, [name.lower() for name in columns], dict(options), dryrun=dryrun
        )
        self.env.invalidate_all()
        return file, result

    def _records(self, employee=None):
        return self.env["hr.resume.line"].search(
            [("employee_id", "in", (employee or (self.robin | self.kim)).ids)],
            order="id",
        )

    def _statuses(self, file):
        return file.line_ids.mapped("status")

    # === A GOOD FILE === #

    def test_a_file_is_read_looked_at_and_taken(self):
        file, result = self._read(self._write_csv([GOOD]))
        self.assertFalse(result["messages"])
        self.assertFalse(self._records(), "Reading writes nothing.")
        self.assertEqual((file.good_count, file.problem_count), (1, 0))
        file.action_take()
        record = self._records()
        self.assertEqual(
            (record.employee_id, record.name, record.dupq_kind_id, record.date_end),
            (self.robin, "Safeguarding adults", self.safeguarding, date(2025, 3, 5)),
        )
        self.assertEqual(
            (record.dupq_valid_until, record.dupq_accredited, record.is_course),
            (date(2026, 3, 4), "yes", True),
        )
        self.assertEqual(file.line_ids.resume_line_id, record)
        self.assertTrue(file.date_taken)

    def test_a_dry_run_leaves_nothing(self):
        file, result = self._read(self._write_csv([GOOD]), dryrun=True)
        self.assertTrue(result["ids"])
        self.assertFalse(file.line_ids)

    def test_the_same_file_once_more_changes_nothing(self):
        content = self._write_csv([GOOD, [*GOOD[:1], "W-2", *GOOD[2:]]])
        file, _result = self._read(content)
        file.action_take()
        before = self._records().read(["name", "date_end", "dupq_expires_on"])
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_resume_line SET write_date = '2021-01-01'")
        again, _result = self._read(content)
        self.assertEqual(self._statuses(again), ["there", "there"])
        again.action_take()
        after = self._records()
        self.assertEqual(after.read(["name", "date_end", "dupq_expires_on"]), before)
        self.assertEqual({day.year for day in after.mapped("write_date")}, {2021})

    def test_a_line_twice_in_one_file_is_taken_once(self):
        file, _result = self._read(self._write_csv([GOOD, GOOD]))
        file.action_take()
        self.assertEqual(len(self._records()), 1)

    def test_of_a_course_twice_in_one_file_what_expires_later_counts(self):
        """Whichever comes first, and whether there was a record before."""
        early, late = [*GOOD[:6], "", ""], [*GOOD[:5], "31/12/2027", "0", ""]
        for rows in ([early, late], [late, early]):
            file, result = self._read(self._write_csv(rows))
            statuses = {line.expires: line.status for line in file.line_ids}
            self.assertEqual(statuses, {"04/03/2026": "twice", "31/12/2027": "new"})
            [message] = result["messages"]
            self.assertIn("expires later counts", message["message"])
            self.assertEqual((file.twice_count, file.problem_count), (1, 0))
            file.action_take()
            self.assertEqual(self._records().dupq_expires_on, date(2027, 12, 31))
            self.assertEqual(file.line_ids.sorted("status")[1].status, "twice")
            self._records().dupq_expires_on = date(2026, 1, 1)
            again, _result = self._read(self._write_csv(rows))
            self.assertEqual(set(self._statuses(again)), {"twice", "changed"})
            again.action_take()
            self.assertEqual(self._records().dupq_expires_on, date(2027, 12, 31))
            self._records().unlink()

    def test_two_lines_of_one_course_say_what_the_other_leaves_out(self):
        rows = [GOOD, [*GOOD[:5], "31/12/2027", "", ""]]
        file, _result = self._read(self._write_csv(rows))
        file.action_take()
        record = self._records()
        self.assertEqual(
            (record.dupq_expires_on, record.dupq_accredited),
            (date(2027, 12, 31), "yes"),
        )

    def test_what_an_employee_said_is_checked_by_a_file_that_says_the_same(self):
        self.robin.user_id = self.user_worker
        lines = self.env["hr.resume.line"].with_user(self.user_worker)
        said = lines.create(
            {
                "employee_id": self.robin.id,
                "name": GOOD[3],
                "line_type_id": self.line_type.id,
                "date_start": date(2025, 3, 5),
                "date_end": date(2025, 3, 5),
            }
        )
        self.assertTrue(said.dupq_is_unchecked)
        file, _result = self._read(self._write_csv([GOOD[:5]], HEADINGS[:5]))
        self.assertEqual(self._statuses(file), ["changed"])
        file.action_take()
        self.assertEqual(self._records(), said.sudo(False).with_env(self.env))
        self.assertFalse(said.dupq_is_unchecked)

    def test_a_later_file_corrects_what_a_record_says(self):
        file, _result = self._read(self._write_csv([GOOD]))
        file.action_take()
        later, _result = self._read(
            self._write_csv([[*GOOD[:5], "31/12/2026", *GOOD[6:]]])
        )
        self.assertEqual(self._statuses(later), ["changed"])
        later.action_take()
        self.assertEqual(len(self._records()), 1)
        self.assertEqual(self._records().dupq_expires_on, date(2026, 12, 31))

    def test_a_file_that_says_less_takes_nothing_away(self):
        file, _result = self._read(self._write_csv([GOOD]))
        file.action_take()
        fewer, _result = self._read(self._write_csv([GOOD[:5]], HEADINGS[:5]))
        self.assertEqual(self._statuses(fewer), ["there"])
        renewed, _result = self._read(
            self._write_csv([[*GOOD[:5], "31/12/2026"]], HEADINGS[:6])
        )
        for later in (fewer, renewed):
            later.action_take()
        self.assertEqual(self._records().dupq_expires_on, date(2026, 12, 31))
        self.assertEqual(self._records().dupq_accredited, "yes")

    # === SPREADSHEETS, ENCODINGS, COLUMNS === #

    def test_a_spreadsheet_with_dates_is_read_as_it_looks(self):
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(HEADINGS)
        sheet.append([*GOOD[:4], date(2025, 3, 5), 46085, 1, None])
        out = io.BytesIO()
        book.save(out)
        file, result = self._read(out.getvalue())
        self.assertFalse(result["messages"])
        self.assertEqual(self._statuses(file), ["new"])
        file.action_take()
        self.assertEqual(self._records().date_end, date(2025, 3, 5))
        self.assertEqual(self._records().dupq_expires_on, date(2026, 3, 4))

    def test_another_encoding_is_read_and_a_wrong_one_is_said(self):
        row = [*GOOD[:3], "Zoë's café: safeguarding", *GOOD[4:]]
        text = self._write_csv([row] * 3)
        for encoding in ("cp1252", "utf-16"):
            file, _result = self._read(text.encode(encoding), encoding=encoding)
            self.assertEqual(file.line_ids[0].title, row[3], encoding)
        file, result = self._read(text.encode("cp1252"), encoding="utf-8")
        words = result.get("error") or result["messages"][0]["message"]
        self.assertIn("decoding", str(words))
        self.assertFalse(file.line_ids)

    def test_missing_columns_are_named(self):
        headings, row = [HEADINGS[1], HEADINGS[3]], [GOOD[1], GOOD[3]]
        file, result = self._read(self._write_csv([row], headings))
        self.assertFalse(result["ids"])
        [message] = result["messages"]
        self.assertIn("Completed", message["message"])
        self.assertFalse(file.line_ids)

    # === BAD LINES === #

    def test_each_bad_line_says_what_is_wrong_and_keeps_out_no_other(self):
        table = {
            "no_worker": {1: ""},
            "unknown_worker": {1: "W-99"},
            "no_title": {2: "", 3: ""},
            "bad_completed": {4: "31/02/2025"},
            "not_yet": {4: "01/01/2099"},
            "bad_expires": {5: "soon"},
            "wrong_order": {5: "01/01/2020"},
        }
        rows = [GOOD]
        for changes in table.values():
            rows.append([changes.get(i, cell) for i, cell in enumerate(GOOD)])
        file, result = self._read(self._write_csv(rows))
        self.assertEqual(self._statuses(file), ["new", *table])
        self.assertEqual({m["type"] for m in result["messages"]}, {"warning"})
        self.assertEqual(len(result["messages"]), len(table))
        self.assertEqual(file.problem_count, len(table))
        self.assertEqual(file.unknown_workers, "W-99")
        employees = self.env["hr.employee"].search_count([])
        file.action_take()
        self.assertEqual(len(self._records()), 1)
        self.assertEqual(self.env["hr.employee"].search_count([]), employees)

    def test_only_bad_lines_are_downloaded_corrected_and_sent_again(self):
        bad = [*GOOD[:1], "W-99", *GOOD[2:]]
        file, _result = self._read(self._write_csv([GOOD, bad]))
        file.action_take()
        self.assertIn("problem_file", file.action_download_problems()["url"])
        text = file._write_problems()
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(rows[0], [*HEADINGS, "PROBLEM"])
        self.assertEqual(rows[1], [*bad, "Unknown worker"])
        self.assertEqual(len(rows), 2)
        again, _result = self._read(text.replace("W-99", "W-2"))
        self.assertEqual(self._statuses(again), ["new"])
        again.action_take()
        self.assertEqual(len(self._records(self.kim)), 1)

    def test_a_worker_who_gets_a_reference_later_is_found_by_looking_again(self):
        bad = [*GOOD[:1], "W-99", *GOOD[2:]]
        file, _result = self._read(self._write_csv([bad]))
        self.kim.dupq_worker_reference = "w-99 "
        file.action_check()
        self.assertEqual(self._statuses(file), ["new"])

    def test_many_good_lines_and_one_bad(self):
        rows = [[*GOOD[:3], f"Course {n}", *GOOD[4:]] for n in range(499)]
        rows.insert(250, [*GOOD[:4], "never", *GOOD[5:]])
        file, _result = self._read(self._write_csv(rows))
        file.action_take()
        self.assertEqual((file.taken_count, file.problem_count), (499, 1))
        self.assertEqual(len(self._records()), 499)

    # === NOTHING HALF DONE === #

    def test_a_crash_in_the_middle_leaves_nothing_and_is_tried_again(self):
        rows = [[*GOOD[:3], f"Course {n}", *GOOD[4:]] for n in range(30)]
        file, _result = self._read(self._write_csv(rows))
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE hr_resume_line ADD CONSTRAINT dupq_crash "
            "CHECK (name->>'en_US' != 'Course 20')"
        )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            file.action_take()
        self.env.cr.execute("ALTER TABLE hr_resume_line DROP CONSTRAINT dupq_crash")
        self.env.invalidate_all()
        self.assertFalse(self._records())
        self.assertEqual(set(self._statuses(file)), {"new"})
        self.assertFalse(file.date_taken)
        file.action_take()
        self.assertEqual(len(self._records()), 30)

    def test_two_people_with_the_same_file_take_it_once(self):
        other = self.user_hr.copy({"login": "hr2"})
        files = []
        for user in (self.user_hr, other):
            file = self.files.with_user(user).create({})
            files.append(self._read(self._write_csv([GOOD]), file, user=user)[0])
        self.assertEqual([self._statuses(f) for f in files], [["new"], ["new"]])
        for file in files:
            file.action_take()
        self.assertEqual(len(self._records()), 1)
        self.assertEqual([self._statuses(f) for f in files], [["taken"], ["there"]])

    def test_a_file_in_several_parts_is_one_file(self):
        rows = [[*GOOD[:3], f"Course {n}", *GOOD[4:]] for n in range(5)]
        lines = self.env["dupq.training.import.line"].with_user(self.user_hr)
        file = self.files.create({})
        lines = lines.with_context(default_import_id=file.id, _import_limit=2)
        result = lines.load(FIELDS, rows)
        self.assertEqual((len(result["ids"]), result["nextrow"]), (2, 2))
        while result["nextrow"]:
            rows = rows[result["nextrow"] :]
            result = lines.load(FIELDS, rows)
        self.assertEqual(file.line_count, 5)

    def test_a_file_that_was_taken_takes_no_more_lines(self):
        file, _result = self._read(self._write_csv([GOOD]))
        file.action_take()
        self.assertRefused(file.action_upload, "was taken")
        with self.assertRaises(UserError):
            self._read(self._write_csv([GOOD]), file)

    def test_many_lines_take_no_more_queries(self):
        def count(number, start):
            rows = [
                [*GOOD[:3], f"Course {start + n}", *GOOD[4:]] for n in range(number)
            ]
            lines = self.env["dupq.training.import.line"].with_user(self.user_hr)
            file = self.files.create({})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines.with_context(default_import_id=file.id).load(FIELDS, rows)
            file.action_take()
            self.env.flush_all()
            self.assertEqual(file.taken_count, number)
            return self.env.cr.sql_log_count - before

        few = min(count(2, 10 * n) for n in range(3))
        self.assertLessEqual(count(60, 100), few + 3)

    # === WHO MAY === #

    def test_only_hr_imports(self):
        for user in (self.user_manager, self.user_quality, self.user_board):
            self.assertRefused(
                self.files.with_user(user).create, "", {}, error=AccessError
            )
            lines = self.env["dupq.training.import.line"].with_user(user)
            self.assertRefused(lines.load, "", FIELDS, [GOOD], error=AccessError)

    def test_a_reference_stands_for_one_worker_of_a_company(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.kim.dupq_worker_reference = "W-1"
            self.env.flush_all()
