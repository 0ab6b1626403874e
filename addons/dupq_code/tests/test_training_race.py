from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged
from odoo.tests.common import BaseCase
from odoo.tools import mute_logger

FIELDS = ["worker", "title", "completed"]


@tagged("post_install", "-at_install")
class TestTrainingRace(BaseCase):
    """Two people take the same file: two real transactions at once.

    The records are committed, as they must be seen by both, and deleted afterwards.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            employee = env["hr.employee"].create(
                {"name": "Race Example", "dupq_worker_reference": "W-RACE"}
            )
            files = env["dupq.training.import"].create([{}, {}])
            for file in files:
                lines = env["dupq.training.import.line"].with_context(
                    default_import_id=file.id
                )
                lines.load(FIELDS, [["W-RACE", "How to race", "05/03/2025"]])
            self.employee_id, self.file_ids = employee.id, files.ids
        self.addCleanup(self._remove)

    def _remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["dupq.training.import"].browse(self.file_ids).unlink()
            employee = env["hr.employee"].browse(self.employee_id)
            contact = employee.work_contact_id
            employee.unlink()
            contact.unlink()

    def _open(self, number):
        """A transaction of its own, which has begun to look, and a file in it."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT count(*) FROM hr_resume_line")
        env = api.Environment(cr, SUPERUSER_ID, {})
        return cr, env["dupq.training.import"].browse(self.file_ids[number])

    def test_who_has_looked_before_the_other_was_done_looks_again(self):
        (first, mine), (second, theirs) = self._open(0), self._open(1)
        mine.action_take()
        first.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            theirs.action_take()  # the server tries again by itself
        second.rollback()
        again, theirs = self._open(1)
        theirs.action_take()
        self.assertEqual(theirs.line_ids.status, "there")
        employee = theirs.env["hr.employee"].browse(self.employee_id)
        self.assertEqual(len(employee.resume_line_ids), 1)
        again.rollback()
