import threading
import time

from psycopg2.errors import LockNotAvailable

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged
from odoo.tests.common import BaseCase
from odoo.tools import SQL

PATIENCE = 20


@tagged("post_install", "-at_install")
class TestWorkflowRace(BaseCase):
    """Two people press the same button: two real transactions at once.

    The records are committed, as they must be seen by both, and taken away by SQL
    afterwards: editions and their log cannot be deleted otherwise.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            editions = api.Environment(cr, SUPERUSER_ID, {})["dupq.code"].create(
                [
                    {"name": name, "key": name, "version": "1"}
                    for name in ("race_one", "race_two")
                ]
            )
            editions._record_past("active", "2020-01-01", "A test")
            self.ids = editions.ids
        self.addCleanup(self._remove)
        self.outcome = None

    def _remove(self):
        with self.registry.cursor() as cr:
            for query in (
                "DELETE FROM dupq_workflow_log"
                " WHERE model = 'dupq.code' AND res_id = ANY(%s)",
                "DELETE FROM dupq_code WHERE id = ANY(%s)",
            ):
                cr.execute(SQL(query, self.ids))

    def _open(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return cr

    def _editions(self, cr, ids):
        return api.Environment(cr, SUPERUSER_ID, {})["dupq.code"].browse(ids)

    def _start_second(self, ids):
        """Press the button a second time, and wait until the database waits.

        The environment is made here and not in the thread: Odoo's own test runner
        holds the lock on the registries, which a new environment asks for.
        """
        second = self._open()
        editions = self._editions(second, ids)
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
        first = self._open()
        self.assertIs(self._editions(first, self.ids)._take("supersede"), True)
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
        first = self._open()
        self._editions(first, self.ids)._take("supersede")
        thread = self._start_second(self.ids)
        first.rollback()
        thread.join(PATIENCE)
        self.assertIs(self.outcome, True)

    def test_late_one_finds_it_done_and_changes_nothing(self):
        with self.registry.cursor() as cr:
            self._editions(cr, self.ids)._take("supersede")
        with self.registry.cursor() as cr:
            self.assertIs(self._editions(cr, self.ids)._take("supersede"), True)
            self.assertFalse(cr.rowcount > 2)

    def test_rows_are_locked_in_the_order_of_their_ids(self):
        """Whoever waits for the first row holds none of the later ones."""
        low, high = sorted(self.ids)
        first = self._open()
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
