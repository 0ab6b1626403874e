from odoo.tests import tagged

from odoo.addons.dupq_code.tests.common_hoot import HootCase


@tagged("post_install", "-at_install")
class TestHoot(HootCase):
    def test_board_page_and_draft_of_a_visit_in_the_browser(self):
        self.run_suite("@dupq_assessment")
