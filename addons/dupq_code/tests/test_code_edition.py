from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common_code import DupqCodeCommon


@tagged("post_install", "-at_install")
class TestCodeEdition(DupqCodeCommon):
    def _next(self, code, **values):
        """A new draft edition of the code, with some values changed."""
        code = code.with_user(self.user_administrator)
        edition = code.browse(code.action_new_edition()["res_id"])
        edition.write(values)
        return edition

    def test_an_edition_without_content_cannot_be_published(self):
        empty = self.env["dupq.code"].create(
            {"name": "Empty", "key": "empty", "version": "1"}
        )
        self.assertRefused(empty.action_publish, "Add the areas")
        self.env["dupq.code.area"].create(
            {"code_id": empty.id, "name": "A", "reference": "A1"}
        )
        self.assertRefused(empty.action_publish, "at least one statement")
        self.assertEqual(empty.state, "draft")

    def test_only_administrators_publish(self):
        for user in (self.user_quality, self.user_manager, self.user_board):
            with self.assertRaises(UserError):
                self.draft.with_user(user).action_publish()
        self.draft.with_user(self.user_administrator).action_publish()
        self.assertEqual(self.draft.state, "active")

    def test_the_state_is_no_field_to_write(self):
        self.assertRefused(self.draft.write, "state", {"state": "active"})

    def test_a_new_edition_has_the_same_content_and_is_open(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        statement = self.published.statement_ids[0]
        statement.with_context(lang="fr_FR").text = "Un chez-soi."
        own = self.env["dupq.code.question"].create(
            {"area_id": self.published.area_ids.id, "text": "Ours?"}
        )
        edition = self._next(self.published)
        self.assertEqual(edition.state, "draft")
        self.assertEqual(edition.key, self.published.key)
        self.assertEqual(
            edition.statement_ids.mapped("reference"),
            self.published.statement_ids.mapped("reference"),
        )
        copied = edition.statement_ids[0]
        self.assertEqual(copied.with_context(lang="fr_FR").text, "Un chez-soi.")
        self.assertEqual(len(edition.question_ids), 2)
        self.assertEqual(edition.question_ids.company_id, own.company_id)
        copied.text = "A better home."
        self.assertEqual(statement.text, "A good home.")

    def test_only_administrators_make_a_new_edition(self):
        with self.assertRaises(AccessError):
            self.published.with_user(self.user_quality).action_new_edition()

    @freeze_time("2026-06-15")
    def test_a_newer_edition_takes_over_the_day_it_begins(self):
        edition = self._next(self.published, date_valid_from="2026-06-01")
        edition.action_publish()
        self.assertRecordValues(
            self.published,
            [
                {
                    "state": "superseded",
                    "date_valid_to": date(2026, 5, 31),
                    "superseded_by_id": edition.id,
                }
            ],
        )

    @freeze_time("2026-06-15")
    def test_until_a_newer_edition_begins_the_old_one_stays_in_force(self):
        edition = self._next(self.published, date_valid_from="2026-09-01")
        edition.action_publish()
        self.assertEqual(self.published.state, "active")
        self.assertEqual(self.published.date_valid_to, date(2026, 8, 31))
        self.assertEqual(edition.state, "active")

    @freeze_time("2026-06-15")
    def test_new_records_go_by_the_edition_in_force_today(self):
        usual = self.env["dupq.code"]._get_usual
        self.assertEqual(usual(), self.duq)
        edition = self._next(self.duq, date_valid_from="2026-09-01")
        edition.action_publish()
        self.assertEqual(usual(), self.duq)
        with freeze_time("2026-09-01"):
            self.assertEqual(usual(), edition)

    def test_two_editions_cannot_be_in_force_on_one_day(self):
        edition = self._next(self.published, date_valid_from="2019-01-01")
        self.assertRefused(edition.action_publish, "in force on the same days")
        edition.date_valid_to = "2019-12-31"
        edition.action_publish()
        self.assertRefused(
            edition.write,
            "on the same day",
            {"date_valid_to": "2020-01-01"},
            error=ValidationError,
        )

    @freeze_time("2026-06-15")
    def test_an_edition_can_end_without_a_successor(self):
        self.published.with_user(self.user_administrator).action_supersede()
        self.assertEqual(self.published.state, "superseded")
        self.assertEqual(self.published.date_valid_to, date(2026, 6, 15))

    def test_figures_open_what_they_count(self):
        for figure, button in (
            ("good_count", "action_view_good"),
            ("bad_count", "action_view_bad"),
            ("question_count", "action_view_questions"),
            ("example_count", "action_view_examples"),
        ):
            action = getattr(self.duq, button)()
            found = self.env[action["res_model"]].search_count(action["domain"])
            self.assertEqual(found, self.duq[figure], button)
            self.assertTrue(found, button)

    def test_an_erratum_stands_beside_what_stays_as_it_is(self):
        statement = self.published.statement_ids[0]
        erratum = (
            self.env["dupq.code.erratum"]
            .with_user(self.user_administrator)
            .create(
                {
                    "statement_id": statement.id,
                    "new_text": "A very good home.",
                    "reason": "A word was missing.",
                }
            )
        )
        self.assertEqual(erratum.old_text, "A good home.")
        self.assertEqual(statement.text, "A good home.")
        reading = statement.area_id.with_user(self.user_worker).reading
        self.assertIn("A good home.", reading)
        self.assertIn("A very good home.", reading)
        self.assertRefused(erratum.sudo().write, "stays", {"new_text": "X"})
        self.assertRefused(erratum.sudo().unlink, "stays")

    def test_a_draft_needs_no_erratum(self):
        self.assertRefused(
            self.env["dupq.code.erratum"].create,
            "still a draft",
            {
                "statement_id": self.draft.statement_ids[0].id,
                "new_text": "X",
                "reason": "Y",
            },
        )

    def test_reading_shows_good_bad_questions_and_stories(self):
        reading = self.published.with_user(self.user_worker).reading
        for text in (
            "A good home.",
            "A bad home.",
            "Whose home is it?",
            "She moved in.",
        ):
            self.assertIn(text, reading)
