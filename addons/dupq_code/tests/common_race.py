from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import get_db_name
from odoo.tests.common import BaseCase
from odoo.tools import mute_logger


class RaceCommon(BaseCase):
    """Two real transactions at once, as the server runs them.

    What ``_make`` makes is committed, as both must see it, and ``_remove`` takes it
    away afterwards.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._committed() as env:
            self._make(env)
        self.addCleanup(self._clean)

    def _make(self, env):
        """Make what both are to see, and keep its numbers."""
        raise NotImplementedError

    def _remove(self, env):
        """Take away what was made, and what the test has made of it."""
        raise NotImplementedError

    def _clean(self):
        with self._committed() as env:
            self._remove(env)

    @contextmanager
    def _committed(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _open(self):
        """A transaction of its own, closed when the test is over.

        :return: its cursor and an environment
        """
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return cr, api.Environment(cr, SUPERUSER_ID, {})

    @contextmanager
    def _comes_second(self, first, second, error=SerializationFailure):
        """The first is done; the second, who has looked before that, is refused.

        The server then tries again by itself, with a transaction that sees the first.
        """
        first.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(error):
            yield
        second.rollback()

    def _remove_employee(self, env, employee_id):
        employee = env["hr.employee"].browse(employee_id)
        contact = employee.work_contact_id
        employee.unlink()
        contact.unlink()
