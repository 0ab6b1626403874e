import io

import openpyxl

from odoo.tests import tagged
from odoo.tools import file_open

from .common_rota import RotaCommon

HEADER = ("Shift ID", "Staff number", "Client reference", "Start", "End", "Kind")


@tagged("post_install", "-at_install")
class TestShiftImport(RotaCommon):
    """A rota from a file, through Odoo's own import, as a planner sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada.barcode = "1001"
        cls.bo.barcode = "1002"
        cls.user_planner.tz = "Europe/London"

    def _row(self, number, badge="1001", day=3, kind="Usual", **more):
        start, stop = f"2025-06-{day:02} 09:00:00", f"2025-06-{day:02} 17:00:00"
        row = [f"S{number}", badge, self.person.reference, start, stop, kind]
        return row

    def _csv(self, rows):
        return "\n".join(",".join(row) for row in (HEADER, *rows)).encode()

    def _xlsx(self, rows):
        book = openpyxl.Workbook()
        for row in (HEADER, *rows):
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def _import(self, content, kind="text/csv", user=None, dryrun=False, **more):
        """What Odoo's import answers, with the columns it suggests itself."""
        wizard = (
            self.env["base_import.import"]
            .with_user(user or self.user_planner)
            .with_context(tz="Europe/London")
            .create(
                {
                    "res_model": "dupq.shift",
                    "file": content,
                    "file_name": "rota",
                    "file_type": kind,
                }
            )
        )
        preview = wizard.parse_preview(
            {"has_headers": True, "quoting": '"', "separator": ",", "encoding": ""}
        )
        self.assertNotIn("error", preview)
        matches = preview["matches"]
        fields = [
            "/".join(matches.get(index, matches.get(str(index), [])))
            for index in range(len(HEADER))
        ]
        options = {**preview["options"], "has_headers": True, **more}
        return wizard.execute_import(fields, list(HEADER), options, dryrun=dryrun)

    def _shifts(self):
        return self.env["dupq.shift"].search([("external_ref", "!=", False)])

    def _words(self, result):
        return " ".join(message["message"] for message in result["messages"])

    def test_a_day_that_cannot_be_read_is_said_in_plain_words(self):
        content = self._csv([self._row(1), self._row(2, "1002", 4)]).decode()
        first, second = content.splitlines()[1:3]
        day = second.split(",")[HEADER.index("Start")]
        bad = content.replace(second, second.replace(day, "yesterday", 1))
        self.assertNotIn(day, first)
        words = self._words(self._import(bad.encode()))
        self.assertEqual(
            words,
            "Row 2: “yesterday” in the column “Start” is no day or hour as written in "
            "this file. Correct it, or choose on this screen how days are written.",
        )

    def test_a_file_is_understood_by_the_saved_mapping(self):
        result = self._import(self._csv([self._row(1), self._row(2, "1002", 4)]))
        self.assertFalse(result["messages"])
        first = self._shifts().filtered(lambda s: s.external_ref == "S1")
        self.assertEqual(first.employee_id, self.ada)
        self.assertEqual(first.service_id, self.service)
        self.assertEqual(first.start, self._utc("2025-06-03 09:00"), "Summer time.")

    def test_the_same_file_twice_changes_nothing(self):
        content = self._csv([self._row(1), self._row(2, "1002", 4)])
        self._import(content)
        self.env.flush_all()
        self.env["dupq.rota.change"].search([]).unlink()
        before = self._shifts().read()
        self._import(content)
        self.env.flush_all()
        self.assertEqual(self._shifts().read(), before)
        self.assertFalse(self.env["dupq.rota.change"].search([]))

    def test_a_corrected_line_changes_its_shift(self):
        self._import(self._csv([self._row(1), self._row(2)]))
        self._import(self._csv([self._row(1, "1002")]))
        shifts = self._shifts()
        self.assertEqual(len(shifts), 2)
        found = {shift.external_ref: shift.employee_id for shift in shifts}
        self.assertEqual(found, {"S1": self.bo, "S2": self.ada})

    def test_unknown_workers_are_listed_and_never_created(self):
        people = self.env["hr.employee"].search_count([])
        rows = [self._row(1), self._row(2, "Somebody New"), self._row(3, "9999")]
        result = self._import(self._csv(rows))
        self.assertFalse(result["ids"])
        self.assertFalse(self._shifts(), "Nothing is half done.")
        words = self._words(result)
        self.assertIn("“Somebody New” is not known", words)
        self.assertIn("“9999” is not known", words)
        self.assertEqual(
            [message["rows"]["from"] for message in result["messages"]], [1, 2]
        )
        self.assertEqual(self.env["hr.employee"].search_count([]), people)

    def test_one_bad_line_among_many_good_ones(self):
        rows = [self._row(number, day=number % 28 + 1) for number in range(300)]
        rows[150][4] = "2025-06-01 08:00:00"
        with self.assertLogs("odoo.sql_db", "ERROR"):
            result = self._import(self._csv(rows))
        self.assertFalse(result["ids"])
        self.assertFalse(self._shifts())
        self.assertIn("ends after it begins", self._words(result))

    def test_two_of_one_name_are_told_apart_by_number(self):
        self._create_employee("Ada Example")
        result = self._import(self._csv([self._row(1, "Ada Example")]))
        self.assertIn("there are 2 called", self._words(result))
        self.assertFalse(self._shifts())

    def test_a_trial_leaves_nothing(self):
        result = self._import(self._csv([self._row(1)]), dryrun=True)
        self.assertFalse(result["messages"])
        self.assertFalse(self._shifts())

    def test_excel_with_its_own_dates(self):
        row = self._row(1)
        row[3], row[4] = self._local(row[3]), self._local(row[4])
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        result = self._import(self._xlsx([row]), kind)
        self.assertFalse(result["messages"])
        self.assertEqual(self._shifts().start, self._utc("2025-06-03 09:00"))

    def _local(self, words):
        return self.env["dupq.shift"]._fields["start"].to_datetime(words)

    def test_a_file_in_another_encoding_is_read(self):
        self.ada.name = "Zoë Example"
        content = self._csv([self._row(1, "Zoë Example")]).decode().encode("utf-16")
        self._import(content)
        self.assertEqual(self._shifts().employee_id, self.ada)

    def test_a_column_that_is_needed_and_missing_is_named(self):
        wizard = (
            self.env["base_import.import"]
            .with_user(self.user_planner)
            .create(
                {
                    "res_model": "dupq.shift",
                    "file": b"Shift ID,Staff number\nS1,1001",
                    "file_name": "rota",
                    "file_type": "text/csv",
                }
            )
        )
        options = {"has_headers": True, "quoting": '"', "separator": ","}
        result = wizard.execute_import(
            ["external_ref", "employee_id"], ["Shift ID", "Staff number"], options
        )
        self.assertFalse(result["ids"])
        self.assertEqual(
            self._words(result),
            "The file has no column for “Start”, “End”, “Service” or “Person "
            "supported”.",
        )

    def test_a_file_that_only_corrects_needs_no_other_columns(self):
        self._import(self._csv([self._row(1)]))
        result = (
            self.env["dupq.shift"]
            .with_user(self.user_planner)
            .load(["external_ref", "employee_id"], [[" S1 ", "1002"]])
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self._shifts().employee_id, self.bo)

    def test_capitals_and_spaces_make_no_difference(self):
        result = self._import(
            self._csv([self._row(1, " ADA example"), self._row(2, "bo EXAMPLE ")])
        )
        self.assertFalse(result["messages"])
        found = {one.external_ref: one.employee_id for one in self._shifts()}
        self.assertEqual(found, {"S1": self.ada, "S2": self.bo})

    def test_the_worker_reference_of_the_data_set_finds_the_worker(self):
        self.ada.dupq_worker_reference = "W-77"
        self._import(self._csv([self._row(1, "w-77")]))
        self.assertEqual(self._shifts().employee_id, self.ada)

    def test_who_has_left_is_found_for_the_shifts_up_to_then(self):
        self.ada.departure_date = "2025-06-10"
        self.ada.active = False
        self._import(self._csv([self._row(1, day=10), self._row(2, "Ada Example")]))
        self.assertEqual(self._shifts().employee_id, self.ada)
        result = self._import(self._csv([self._row(3, day=11)]))
        self.assertEqual(
            self._words(result),
            "“1001” has left: a shift after 10 June 2025 needs somebody else.",
        )
        self.assertEqual(len(self._shifts()), 2)

    def test_who_is_here_comes_before_who_was_here_of_that_name(self):
        gone = self._create_employee("Ada Example", active=False)
        self._import(self._csv([self._row(1, "Ada Example")]))
        self.assertEqual(self._shifts().employee_id, self.ada)
        self.assertFalse(gone.active)

    def test_a_long_file_is_taken_as_a_whole_or_not_at_all(self):
        """Odoo's screen asks for so many lines at a time; some would be kept."""
        rows = [self._row(number, day=number % 28 + 1) for number in range(60)]
        rows[55][1] = "Nobody"
        result = self._import(self._csv(rows), limit=25)
        self.assertFalse(self._shifts())
        self.assertEqual(result["messages"][0]["rows"]["from"], 55)
        rows[55][1] = "1002"
        result = self._import(self._csv(rows), limit=25)
        self.assertFalse(result["messages"])
        self.assertEqual((len(self._shifts()), result["nextrow"]), (60, 0))

    def test_what_breaks_off_in_the_last_lines_leaves_nothing(self):
        rows = [self._row(number, day=number % 28 + 1) for number in range(60)]
        rows[59][5] = "Moved for the organisation's convenience"
        result = self._import(self._csv(rows), limit=25)
        self.assertIn("Say why the worker was moved", self._words(result))
        self.assertFalse(self._shifts())
        rows[59] = self._row(59)
        self.assertFalse(self._import(self._csv(rows), limit=25)["messages"])
        self.assertEqual(len(self._shifts()), 60)

    def test_a_day_that_is_none_is_named(self):
        row = self._row(1)
        row[3] = "the day after"
        words = self._words(self._import(self._csv([self._row(2), row])))
        self.assertIn("the day after", words)
        self.assertFalse(self._shifts())

    def test_who_is_supported_nowhere_on_that_day_is_named(self):
        self.person.stay_ids.date_from = "2025-06-05"
        result = self._import(self._csv([self._row(1, day=4), self._row(2, day=5)]))
        self.assertIn(
            f"the shift of 4 June 2025 is: “{self.person.reference}”",
            self._words(result),
        )
        self.assertFalse(self._shifts())

    def test_the_example_offered_is_understood(self):
        """Every heading leads to a field, every kind is one there is."""
        shifts = self.env["dupq.shift"].with_user(self.user_planner)
        [template] = shifts.get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            content = file.read()
        for number in ("4711", "4712", "4713"):
            self._create_employee(f"Worker {number}", barcode=number)
        self.person.reference = "P-0001"
        self.service.name = "12 Orchard Road"
        wizard = self.env["base_import.import"].with_user(self.user_planner)
        wizard = wizard.create(
            {
                "res_model": "dupq.shift",
                "file": content,
                "file_name": "shifts.csv",
                "file_type": "text/csv",
            }
        )
        preview = wizard.parse_preview(
            {"has_headers": True, "quoting": '"', "separator": ",", "encoding": ""}
        )
        headers = preview["headers"]
        fields = ["/".join(preview["matches"][place]) for place in range(len(headers))]
        result = wizard.execute_import(fields, headers, preview["options"])
        self.assertFalse(result["messages"])
        self.assertEqual(
            self._shifts().sorted("external_ref").mapped("kind"),
            ["usual", "cover_sickness", "agency", "moved"],
        )

    def test_nobody_imports_into_a_service_they_do_not_plan(self):
        person = self._create_person(self.other_service)
        person.stay_ids.date_from = "2024-01-01"
        row = self._row(1)
        row[2] = person.reference
        result = self._import(self._csv([row]))
        self.assertFalse(result["ids"])
        self.assertFalse(self._shifts())

    def test_the_same_number_in_two_companies_is_two_shifts(self):
        """Two companies, each with a rota program that counts from 1."""
        first = self._shift(
            self.ada,
            "2025-06-03 09:00",
            "2025-06-03 17:00",
            person=self.person,
            external_ref="S1",
        )
        other = self.env["res.company"].create({"name": "Other Support"})
        self.user_planner.company_ids += other
        service = self._create_service(name="Elm Close", company_id=other.id)
        self._create_member(service, self.user_planner, date_from="2024-01-01")
        self._create_employee("Cy Example", company_id=other.id, barcode="2001")
        shifts = (
            self.env["dupq.shift"]
            .with_user(self.user_planner)
            .with_context(allowed_company_ids=[self.env.company.id, other.id])
        )
        names = ["external_ref", "employee_id", "service_id", "start", "stop"]
        row = ["S1", "2001", "Elm Close", "2025-07-01 09:00:00", "2025-07-01 12:00:00"]
        for _time in range(2):
            self.assertFalse(shifts.load(names, [row])["messages"])
            self.env.flush_all()
        self.assertEqual(first.employee_id, self.ada)
        self.assertEqual(first.company_id, self.env.company)
        self.assertEqual(len(self._shifts()), 2)
