from lxml import html

from odoo.tests import tagged
from odoo.tests.common import TransactionCase


@tagged("post_install", "-at_install")
class TestEmptyStates(TransactionCase):
    def test_every_list_of_ours_says_what_will_be_there(self):
        """Whoever opens it first reads what it is for, in a title and a sentence."""
        data = self.env["ir.model.data"].search(
            [("module", "=like", "dupq%"), ("model", "=", "ir.actions.act_window")]
        )
        actions = self.env["ir.actions.act_window"].browse(data.mapped("res_id"))
        lists = actions.filtered(lambda action: action.view_mode != "form")
        self.assertGreater(len(lists), 20)
        silent = []
        for action in lists:
            words = html.fromstring(f"<div>{action.help or ''}</div>")
            title = words.xpath(".//p[starts-with(@class, 'o_view_nocontent')]")
            if not title or len(words.text_content().split()) < 8:
                silent.append(action.xml_id)
        self.assertFalse(silent)
