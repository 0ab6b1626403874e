from odoo.tests import tagged

from .common_race import RaceCommon

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
class TestShiftRace(RaceCommon):
    """Two people send the same file."""

    def _make(self, env):
        self.employee_id = env["hr.employee"].create({"name": "Race Example"}).id
        self.service_id = env["dupq.service"].create({"name": "Race House"}).id

    def _remove(self, env):
        env["dupq.shift"].search([("external_ref", "like", "RACE-")]).unlink()
        env["dupq.rota.change"].search([("month", "=", "2025-03-01")]).unlink()
        env["dupq.service"].browse(self.service_id).unlink()
        self._remove_employee(env, self.employee_id)

    def _look(self):
        """A transaction of its own, which has begun to look."""
        cr, env = self._open()
        cr.execute("SELECT count(*) FROM dupq_shift")
        return cr, env["dupq.shift"]

    def test_who_has_looked_before_the_other_was_done_looks_again(self):
        (first, mine), (second, theirs) = self._look(), self._look()
        self.assertFalse(mine.load(FIELDS, ROWS)["messages"])
        with self._comes_second(first, second):
            theirs.load(FIELDS, ROWS)
        again, theirs = self._look()
        result = theirs.load(FIELDS, ROWS)
        self.assertFalse(result["messages"])
        there = theirs.search([("external_ref", "like", "RACE-")])
        self.assertEqual((len(there), there.ids), (2, sorted(result["ids"])[::-1]))
        again.rollback()

    def test_a_file_that_broke_off_keeps_nobody_waiting(self):
        first, mine = self._look()
        mine.load(FIELDS, ROWS)
        first.rollback()
        second, theirs = self._look()
        self.assertFalse(theirs.load(FIELDS, ROWS)["messages"])
        self.assertEqual(theirs.search_count([("external_ref", "like", "RACE-")]), 2)
        second.rollback()
