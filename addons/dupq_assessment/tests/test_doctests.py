from odoo.tests import BaseCase

from odoo.addons import dupq_assessment
from odoo.addons.dupq_code.tests.doctests import run_doctests


class TestDoctests(BaseCase):
    def test_every_example_in_a_docstring_holds(self):
        attempted, failed = run_doctests(dupq_assessment)
        self.assertFalse(failed)
        self.assertGreater(attempted, 40)
