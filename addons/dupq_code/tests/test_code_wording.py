from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_code import DupqCodeCommon


@tagged("post_install", "-at_install")
class TestCodeWording(DupqCodeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("fr_FR", "en_GB"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.good, cls.bad = cls.published.statement_ids
        cls.area = cls.published.area_ids
        cls.wordings = cls.env["dupq.code.wording"]
        cls.official = cls.wordings.create(
            {
                "statement_id": cls.good.id,
                "kind": "official",
                "lang": "en_US",
                "text": "As published.",
            }
        )
        cls.env["dupq.code.wording"].create(
            {
                "area_id": cls.area.id,
                "kind": "official",
                "lang": "en_US",
                "title": "Official home",
                "text": "Official principle.",
            }
        )

    def _as(self, kind, lang="en_US", user=None):
        """The good statement as a user sees it who chose that wording."""
        user = user or self.user_worker
        user.dupq_wording_kind = kind
        return self.good.with_user(user).with_context(lang=lang)

    def test_each_user_reads_the_wording_they_chose(self):
        for kind, text in (
            ("plain", "A good home."),
            ("easy_read", "Your home is good."),
            ("official", "As published."),
        ):
            self.assertEqual(self._as(kind).shown_text, text, kind)

    def test_what_is_missing_falls_back_to_the_plain_wording(self):
        self.user_worker.dupq_wording_kind = "official"
        self.assertEqual(self.bad.with_user(self.user_worker).shown_text, "A bad home.")
        question = self.published.question_ids.with_user(self.user_worker)
        self.user_worker.dupq_wording_kind = "easy_read"
        self.assertEqual(question.shown_text, "Whose home is it?")

    def test_each_user_reads_their_language(self):
        self.good.with_context(lang="fr_FR").text = "Un chez-soi."
        self.assertEqual(self._as("plain", "fr_FR").shown_text, "Un chez-soi.")
        self.assertEqual(self._as("official", "fr_FR").shown_text, "Un chez-soi.")
        self.wordings.create(
            {
                "statement_id": self.good.id,
                "kind": "easy_read",
                "lang": "fr_FR",
                "text": "Un logement pour vous.",
            }
        )
        self.assertEqual(
            self._as("easy_read", "fr_FR").shown_text, "Un logement pour vous."
        )

    def test_british_readers_get_the_english_wording(self):
        self.assertEqual(self._as("official", "en_GB").shown_text, "As published.")
        self.official.copy({"lang": "en_GB", "text": "As published in Britain."})
        british = self._as("official", "en_GB")
        british.invalidate_recordset()
        self.assertEqual(british.shown_text, "As published in Britain.")
        self.assertEqual(self._as("official").shown_text, "As published.")

    def test_an_area_shows_its_official_heading(self):
        self.user_worker.dupq_wording_kind = "official"
        area = self.area.with_user(self.user_worker)
        self.assertEqual(area.shown_name, "Official home")
        self.assertEqual(area.display_name, "A1 Official home")
        self.assertEqual(area.shown_text, "Official principle.")

    def test_a_page_can_ask_for_one_wording(self):
        good = self._as("plain").with_context(dupq_wording_kind="easy_read")
        self.assertEqual(good.shown_text, "Your home is good.")

    def test_everybody_chooses_for_themselves_and_for_nobody_else(self):
        for user in (self.user_worker, self.user_board, self.user_internal):
            own = user.with_user(user)
            own.write({"dupq_wording_kind": "easy_read"})
            self.assertEqual(own.read(["dupq_wording_kind"])[0]["id"], user.id)
        with self.assertRaises(AccessError):
            self.user_board.with_user(self.user_worker).write(
                {"dupq_wording_kind": "plain"}
            )

    def test_the_choice_stands_in_the_preferences(self):
        self.user_worker.tz = "Europe/London"
        user = self.user_worker.with_user(self.user_worker)
        view = "base.view_users_form_simple_modif"
        with Form(user, view=view) as form:
            form.dupq_wording_kind = "official"
        self.assertEqual(self.user_worker.dupq_wording_kind, "official")

    def test_the_buttons_of_the_reading_page_keep_the_choice(self):
        area = self.area.with_user(self.user_worker)
        self.assertIn("A good home.", area.reading)
        area.action_read_easy()
        self.assertEqual(self.user_worker.dupq_wording_kind, "easy_read")
        self.assertIn("Your home is good.", area.reading)
        self.assertNotIn("A good home.", area.reading)
        area.action_read_official()
        self.assertIn("As published.", area.reading)

    def test_one_wording_of_a_kind_and_language_for_an_item(self):
        self.assertViolated(self.official.copy)

    def test_a_wording_is_about_exactly_one_item(self):
        for items in ({}, {"statement_id": self.good.id, "area_id": self.area.id}):
            values = {"kind": "official", "text": "X", **items}
            self.assertViolated(self.wordings.create, values)

    def test_our_own_wording_cannot_be_replaced_from_the_side(self):
        for kind, lang in (("plain", "en_US"), ("easy_read", "en_GB")):
            with self.assertRaises(ValidationError):
                self.wordings.create(
                    {
                        "statement_id": self.good.id,
                        "kind": kind,
                        "lang": lang,
                        "text": "Reworded.",
                    }
                )

    def test_only_administrators_store_wordings(self):
        values = {"statement_id": self.bad.id, "lang": "en_US", "text": "Official."}
        for user in (self.user_quality, self.user_board):
            with self.assertRaises(AccessError):
                self.wordings.with_user(user).create(values)
        self.assertTrue(self.wordings.with_user(self.user_administrator).create(values))

    def test_reading_many_items_costs_as_much_as_reading_one(self):
        self.draft.area_ids.write(
            {
                "statement_ids": [
                    Command.create({"reference": f"A1.G{n}", "text": f"Text {n}."})
                    for n in range(2, 52)
                ]
            }
        )
        self.user_worker.dupq_wording_kind = "official"
        statements = self.draft.statement_ids.with_user(self.user_worker)
        self.assertGreater(len(statements), 50)

        def count(some):
            return self._count_queries(
                lambda: some.browse(some.ids).mapped("shown_text")
            )

        self.assertEqual(count(statements[:1]), count(statements))

    def assertViolated(self, call, *args):
        """The database itself refuses the call."""
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            call(*args)
