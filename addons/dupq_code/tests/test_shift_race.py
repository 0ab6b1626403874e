from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged
from odoo.tests.common import BaseCase
from odoo.tools import mute_logger

FIELDS = ["external_ref", "employee_id", "service_id", "start", "stop"]
ROWS = [
    [f"RACE-{number}", "Race Example", "Race House", *times]
    for number, times in enumerate(
        [
            ("2025-03-03 09:00:00", "2025-03-03 17:00:00"),
            ("2025-03-04 09:00:00", "2025-03-04 17:00:00"),
        ]
    )
]


@tagged("post_install", "-at_install")
class TestShiftRace(BaseCase):
    """Two people send the same file: two real transactions at once.

    The records are committed, as they must be seen by both, and deleted afterwards.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.employee_id = env["hr.employee"].create({"name": "Race Example"}).id
            self.service_id = env["dupq.service"].create({"name": "Race House"}).id
        self.addCleanup(self._remove)

    def _remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["dupq.shift"].search([("external_ref", "like", "RACE-")]).unlink()
            env["dupq.rota.change"].search([("month", "=", "2025-03-01")]).unlink()
            env["dupq.service"].browse(self.service_id).unlink()
            employee = env["hr.employee"].browse(self.employee_id)
            contact = employee.work_contact_id
            employee.unlink()
            contact.unlink()

    def _open(self):
        """A transaction of its own, which has begun to look."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT count(*) FROM dupq_shift")
        return cr, api.Environment(cr, SUPERUSER_ID, {})["dupq.shift"]

    def test_who_has_looked_before_the_other_was_done_looks_again(self):
        (first, mine), (second, theirs) = self._open(), self._open()
        self.assertFalse(mine.load(FIELDS, ROWS)["messages"])
        first.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            theirs.load(FIELDS, ROWS)  # the server tries again by itself
        second.rollback()
        again, theirs = self._open()
        result = theirs.load(FIELDS, ROWS)
        self.assertFalse(result["messages"])
        there = theirs.search([("external_ref", "like", "RACE-")])
        self.assertEqual((len(there), there.ids), (2, sorted(result["ids"])[::-1]))
        again.rollback()

    def test_a_file_that_broke_off_keeps_nobody_waiting(self):
        first, mine = self._open()
        mine.load(FIELDS, ROWS)
        first.rollback()
        second, theirs = self._open()
        self.assertFalse(theirs.load(FIELDS, ROWS)["messages"])
        self.assertEqual(theirs.search_count([("external_ref", "like", "RACE-")]), 2)
        second.rollback()
