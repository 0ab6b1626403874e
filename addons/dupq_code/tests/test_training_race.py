from odoo.tests import tagged

from .common_race import RaceCommon

FIELDS = ["worker", "title", "completed"]


@tagged("post_install", "-at_install")
class TestTrainingRace(RaceCommon):
    """Two people take the same file."""

    def _make(self, env):
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

    def _remove(self, env):
        env["dupq.training.import"].browse(self.file_ids).unlink()
        self._remove_employee(env, self.employee_id)

    def _look(self, number):
        """A transaction of its own, which has begun to look, and a file in it."""
        cr, env = self._open()
        cr.execute("SELECT count(*) FROM hr_resume_line")
        return cr, env["dupq.training.import"].browse(self.file_ids[number])

    def test_who_has_looked_before_the_other_was_done_looks_again(self):
        (first, mine), (second, theirs) = self._look(0), self._look(1)
        mine.action_take()
        with self._comes_second(first, second):
            theirs.action_take()
        again, theirs = self._look(1)
        theirs.action_take()
        self.assertEqual(theirs.line_ids.status, "there")
        employee = theirs.env["hr.employee"].browse(self.employee_id)
        self.assertEqual(len(employee.resume_line_ids), 1)
        again.rollback()
