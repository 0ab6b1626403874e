import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dupq_code.tests.common import DupqCommon

from ..plain_words import JARGON, OUR_TERM, look


@tagged("post_install", "-at_install")
class TestGlossary(DupqCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["dupq.glossary.term"]
        cls.shared = cls.env.ref("dupq_assessment.dupq_glossary_term_service_user")

    def _look(self, text, company=None):
        terms = self.model._get_terms(company or self.env.company)
        return [(one.kind, one.words) for one in look(text, terms)]

    def test_what_is_shipped_finds_jargon_and_letters_of_the_sector(self):
        found = self._look("Service users access the community with PBS on an MDT.")
        words = ["Service users", "access the community", "PBS", "MDT"]
        self.assertEqual([word for _kind, word in found], words)

    def test_plain_words_of_the_list_are_not_in_the_list_themselves(self):
        """What it says to write instead is not remarked on in turn."""
        shipped = self.model.search([("company_id", "=", False)])
        self.assertGreater(len(shipped), 130)
        terms = self.model._get_terms(self.env.company)
        for term in shipped.filtered(lambda one: one.kind == JARGON):
            with self.subTest(term.name):
                self.assertTrue(term.plain)
                remarks = look(term.plain, terms)
                self.assertFalse([one for one in remarks if one.kind == JARGON])

    def test_our_own_word_is_left_alone_in_our_company_only(self):
        other = self.env["res.company"].create({"name": "Another provider"})
        self.model.create({"name": "Service user", "kind": OUR_TERM})
        self.assertEqual(self._look("Our service users choose."), [])
        self.assertTrue(self._look("Our service users choose.", other))

    def test_a_quality_lead_keeps_the_list_of_the_company_not_the_shared_one(self):
        model = self.model.with_user(self.user_quality)
        own = model.create({"name": "huddle", "plain": "short talk"})
        self.assertEqual(own.company_id, self.env.company)
        own.plain = "short talk before the shift"
        with self.assertRaises(AccessError):
            self.shared.with_user(self.user_quality).plain = "customer"
        with self.assertRaises(AccessError):
            model.create({"name": "shared by me", "company_id": False})
        own.unlink()

    def test_a_manager_reads_and_an_administrator_archives_the_shared_ones(self):
        self.assertTrue(self.shared.with_user(self.user_manager).name)
        with self.assertRaises(AccessError):
            self.model.with_user(self.user_manager).create({"name": "huddle"})
        self.shared.with_user(self.user_administrator).active = False
        self.assertEqual(self._look("A service user."), [])
        self.assertRefused(self.shared.unlink, "archived, not deleted")

    @mute_logger("odoo.sql_db")
    def test_a_word_stands_in_a_list_once(self):
        self.model.create({"name": "huddle"})
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.model.create({"name": "Huddle"})
            self.env.flush_all()
