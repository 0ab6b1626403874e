import io
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.tests import HttpCase
from odoo.tools import SQL, file_path, mute_logger
from odoo.tools.pdf import PdfReader

from odoo.addons.dupq_code.tests.common_erasure import TEXT_TYPES

from .assessment_common import AssessmentCommon


class EditionsCommon(HttpCase, AssessmentCommon):
    """Every edition in which a published report, ``publication``, is read."""

    @classmethod
    def _get_paths(cls):
        """Where it is read by those who open a page, or by a program."""
        return {
            "page": cls.publication.url,
            "version": f"{cls.publication.url}/1",
            "easy read": f"{cls.publication.url}/easy-read",
            "data": f"{cls.publication.url}/report.json",
        }

    def _read_everything(self):
        """All editions as text: {name: text}."""
        self._make_editions()
        texts = {name: self._read(path) for name, path in self._get_paths().items()}
        for kind in ("report", "easy_read"):
            texts[f"PDF {kind}"] = self._read_pdf(kind)
        return texts

    def _read(self, path):
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200, path)
        return response.text

    def _make_editions(self):
        for edition in self.publication.edition_ids:
            while not edition.is_ready:
                edition._make_next()
                self.assertFalse(edition.trouble)

    def _read_pdf(self, kind):
        path = f"{self.publication.url}/{kind.replace('_read', '-read/')}".replace(
            "report", ""
        )
        response = self.url_open(f"{path.rstrip('/')}/pdf")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        pages = PdfReader(io.BytesIO(response.content)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)

    def _check(self, text):
        script = file_path("dupq_assessment/static/verify/check_report.py")
        path = f"{self.env.cr.dbname}.json"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / path
            file.write_text(text)
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-I", script, str(file)],
                capture_output=True,
                text=True,
                check=False,
            )
        return done.returncode, done.stdout + done.stderr

    @mute_logger("odoo.sql_db")
    def _tables_with(self, words):
        """Every table of the database in which the words stand."""
        self.env.flush_all()
        columns = self.env.execute_query(
            SQL(
                """SELECT c.table_name, c.column_name
                     FROM information_schema.columns c
                     JOIN information_schema.tables t USING (table_schema, table_name)
                    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                      AND c.data_type IN %s""",
                tuple(kind for kind in TEXT_TYPES if kind != "bytea"),
            )
        )
        like = f"%{words}%"
        return {
            table
            for table, column in columns
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE %s::text LIKE %s LIMIT 1",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    like,
                )
            )
        }
