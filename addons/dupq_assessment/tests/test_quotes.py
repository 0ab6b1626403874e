from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestQuotes(AssessmentCommon):
    """A quote that may not be printed stops publishing only, and is cleared there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())
        cls.quote = cls.env["dupq.voice"].create(
            {
                "assessment_id": cls.assessment.id,
                "words": "My sister rings on Sundays.",
                "group_id": cls.families.id,
                "is_printed": True,
            }
        )

    def _complete(self):
        return self.assessment.with_user(self.user_manager).action_complete()

    def _publish_it(self):
        return self.assessment.with_user(self.user_quality).action_publish()

    def test_it_is_told_of_before_and_at_completing(self):
        said = "“My sister rings on Sundays.” (%s): not asked yet, not looked at"
        said %= self.families.name
        self.assertIn(said, self.assessment.open_quotes)
        told = self._complete()
        self.assertEqual(self.assessment.state, "completed")
        self.assertIn(said, told["params"]["message"])

    def test_nothing_is_told_when_all_may_be_printed(self):
        self.quote.is_printed = False
        self.assertFalse(self.assessment.open_quotes)
        self.assertIs(self._complete(), True)

    def test_long_quotes_ask_for_short_words_in_easy_read(self):
        def missing():
            self.assessment.invalidate_recordset()
            steps = {step["key"]: step for step in self.assessment._get_steps()}
            return "".join(steps["report"]["missing"])

        self.quote.write({"consent": "yes", "is_anonymised": True})
        self.assertNotIn("Long for Easy Read", missing())
        self.quote.words = "We " + "really " * 15 + "want to know."
        self.assertIn("Long for Easy Read: 1 of the quotes", missing())
        self.quote.short_words = "We want to know."
        self.assertNotIn("Long for Easy Read", missing())

    def test_many_are_counted(self):
        self.quote.copy()
        for _number in range(6):
            self.quote.copy()
        self.assertIn("And 3 more.", self.assessment.open_quotes)

    def test_publishing_says_where_it_is_cleared(self):
        self._complete()
        self.assertRefused(self._publish_it, "Clear the quotes")
        opened = self.assessment.with_user(self.user_quality).action_open_quotes()
        found = self.env["dupq.voice"].search(opened["domain"])
        self.assertEqual(found, self.quote)

    def test_taken_out_it_is_published_without(self):
        self._complete()
        self.quote.with_user(self.user_manager).action_take_out()
        self._publish_it()
        self.assertNotIn("My sister", str(self._get_quotes()))

    def test_consent_recorded_it_is_published_with_it(self):
        self._complete()
        self.quote.with_user(self.user_quality).write(
            {"consent": "yes", "date_consent": self.today, "is_anonymised": True}
        )
        self.assertFalse(self.assessment._say_open_quotes())
        self._publish_it()
        self.assertIn("My sister", str(self._get_quotes()))

    def test_nothing_else_of_it_is_changed_then(self):
        self._complete()
        quiet = self.assessment.voice_ids - self.quote
        quiet.is_printed = False
        for voice, values in (
            (self.quote, {"words": "Nicer"}),
            (self.quote, {"consent": "yes", "feeling": "good"}),
            (quiet, {"is_printed": True}),
        ):
            with self.assertRaises(UserError):
                voice.with_user(self.user_quality).write(values)

    def test_once_published_it_stays(self):
        self.quote.is_printed = False
        self._complete()
        self._publish_it()
        with self.assertRaises(UserError):
            self.quote.with_user(self.user_quality).consent = "yes"

    def test_who_only_reads_it_clears_nothing(self):
        self._complete()
        for user in (self.user_worker, self.user_board, self.user_hr):
            with self.assertRaises(AccessError):
                self.quote.with_user(user).action_take_out()

    def _get_quotes(self):
        blocks = self.assessment.publication_ids.block_ids
        return blocks.filtered(lambda one: one.kind == "quote").mapped("data")


@tagged("post_install", "-at_install")
class TestQuotesOnPaper(AssessmentCommon):
    """A sheet for the wall: what the person agreed to, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_under_way()

    def _say(self, words, **values):
        return self.env["dupq.voice"].create(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.people.id,
                "words": words,
                "consent": "yes",
                "is_anonymised": True,
                **values,
            }
        )

    def _print(self, user):
        reports = self.env["ir.actions.report"].with_user(user)
        html, _kind = reports._render_qweb_html(
            "dupq_assessment.quotes", self.assessment.ids
        )
        return html.decode()

    def test_only_what_may_be_printed_is_on_the_sheet(self):
        area = self.areas[1]
        self._say("I <b>choose</b> now.", area_id=area.id, feeling="good")
        self._say("Chosen for the report", is_printed=True, feeling="not_yet")
        self._say("Nobody asked me", consent="not_asked")
        self._say("I said no", consent="no", is_printed=True)
        self._say("I took it back").action_withdraw_consent()
        self._say("Jane told me", is_anonymised=False, is_printed=True)
        self._say(False, feeling="good")
        html = self._print(self.user_worker)
        for words in ("I &lt;b&gt;choose&lt;/b&gt; now.", "Chosen for", area.name):
            self.assertIn(words, html)
        for words in ("Nobody asked", "I said no", "took it back", "Jane"):
            self.assertNotIn(words, html)

    def test_where_nobody_agreed_it_says_so(self):
        self._say("Nobody asked me", consent="not_asked")
        self.assertIn("Nobody has agreed yet", self._print(self.user_manager))

    def test_who_may_not_read_the_self_assessment_prints_nothing(self):
        self._say("For us only")
        for user in (self.user_hr, self.user_portal, self.user_panel):
            with self.assertRaises(AccessError):
                self._print(user)
        self.assertIn("For us only", self._print(self.user_board))
