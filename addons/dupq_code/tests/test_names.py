import doctest

from odoo.tests import BaseCase

from .. import names


class TestNames(BaseCase):
    def test_examples_in_the_documentation_are_true(self):
        result = doctest.testmod(names)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)
