from odoo.tests import tagged

from odoo.addons.dupq_code.tests.common_hoot import HootCase


@tagged("post_install", "-at_install")
class TestHoot(HootCase):
    def test_round_of_a_scoring_desk_in_the_browser(self):
        self.run_suite("@dupq_commissioning")
