from odoo.tests import tagged

from .common_hoot import HootCase


@tagged("post_install", "-at_install")
class TestHoot(HootCase):
    def test_coverage_map_in_the_browser(self):
        self.run_suite("@dupq_code")
