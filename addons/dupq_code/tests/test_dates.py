from odoo.tests import TransactionCase, tagged

from ..dates import long_date


@tagged("post_install", "-at_install")
class TestDates(TransactionCase):
    def _say(self, lang, date="2025-11-04"):
        self.env["res.lang"]._activate_lang(lang)
        return long_date(self.env(context={"lang": lang}), date)

    def test_day_comes_first_in_every_kind_of_english(self):
        for lang in ("en_GB", "en_US", "en_AU"):
            with self.subTest(lang):
                self.assertEqual(self._say(lang), "4 November 2025")

    def test_other_languages_write_dates_their_own_way(self):
        self.assertEqual(self._say("de_DE"), "4. November 2025")

    def test_no_date_says_nothing(self):
        self.assertEqual(self._say("en_GB", False), "")
