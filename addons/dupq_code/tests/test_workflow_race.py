import threading
import time

from psycopg2.errors import LockNotAvailable

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_race import RaceCommon

PATIENCE = 20


@tagged("post_install", "-at_install")
class TestWorkflowRace(RaceCommon):
    """Two people press the same button."""

    def setUp(self):
        super().setUp()
        self.outcome = None

    def _make(self, env):
        editions = env["dupq.code"].create(
            [
                {"name": name, "key": name, "version": "1"}
                for name in ("race_one", "race_two")
            ]
        )
        editions._record_past("active", "2020-01-01", "A test")
        self.ids = editions.ids

    def _remove(self, env):
        # By SQL: editions and their log cannot be deleted otherwise.
        for query in (
            "DELETE FROM dupq_workflow_log"
            " WHERE model = 'dupq.code' AND res_id = ANY(%s)",
            "DELETE FROM dupq_code WHERE id = ANY(%s)",
        ):
            env.cr.execute(SQL(query, self.ids))

    def _open_editions(self, ids=None):
        cr, env = self._open()
        return cr, env["dupq.code"].browse(ids or self.ids)

    def _start_second(self, ids):
        """Press the button a second time, and wait until the database waits.

        The environment is made here and not in the thread: Odoo's own test runner
        holds the lock on the registries, which a new environment asks for.
        """
        second, editions = self._open_editions(ids)
        pid = second._cnx.info.backend_pid

        def press():
            try:
                self.outcome = editions._take("supersede")
            except UserError as error:
                self.outcome = str(error)
            second.rollback()

        thread = threading.Thread(target=press)
        thread.start()
        self.addCleanup(thread.join, PATIENCE)
        with self.registry.cursor() as cr:
            for _attempt in range(PATIENCE * 20):
                cr.execute(
                    SQL("SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", pid)
                )
                if cr.fetchone():
                    return thread
                time.sleep(0.05)
        self.fail("The second transaction did not wait.")

    def test_one_wins_and_the_other_is_told(self):
        first, editions = self._open_editions()
        self.assertIs(editions._take("supersede"), True)
        thread = self._start_second(self.ids)
        first.commit()
        thread.join(PATIENCE)
        self.assertIn("Somebody else has just changed this", self.outcome)
        first.execute(
            SQL(
                "SELECT count(*) FROM dupq_workflow_log WHERE model = 'dupq.code' "
                "AND transition = 'supersede' AND res_id = ANY(%s)",
                self.ids,
            )
        )
        self.assertEqual(first.fetchone(), (2,), "Each record has moved once.")

    def test_second_wins_if_the_first_gives_up(self):
        first, editions = self._open_editions()
        editions._take("supersede")
        thread = self._start_second(self.ids)
        first.rollback()
        thread.join(PATIENCE)
        self.assertIs(self.outcome, True)

    def test_late_one_finds_it_done_and_changes_nothing(self):
        first, editions = self._open_editions()
        editions._take("supersede")
        first.commit()
        second, editions = self._open_editions()
        self.assertIs(editions._take("supersede"), True)
        self.assertFalse(second.rowcount > 2)
        second.rollback()

    def test_rows_are_locked_in_the_order_of_their_ids(self):
        """Whoever waits for the first row holds none of the later ones."""
        low, high = sorted(self.ids)
        first, _env = self._open()
        first.execute(SQL("SELECT 1 FROM dupq_code WHERE id = %s FOR UPDATE", low))
        thread = self._start_second([high, low])
        try:
            first.execute(
                SQL("SELECT 1 FROM dupq_code WHERE id = %s FOR UPDATE NOWAIT", high),
                log_exceptions=False,
            )
        except LockNotAvailable:
            self.fail("The later row was locked first.")
        finally:
            first.rollback()
            thread.join(PATIENCE)
        self.assertIs(self.outcome, True)
