import base64
import json

from odoo import Command
from odoo.tests import HttpCase, tagged

from .report_common import ReportCommon


@tagged("post_install", "-at_install")
class TestPublicationReport(ReportCommon, HttpCase):
    """What comes out in public of the words of a report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_report()
        cls.assessment.with_user(cls.user_manager).action_open_report()
        sections = cls.assessment.section_ids.grouped("kind")
        sections["who"].text = "Four people told us what they think."
        sections["how"].text = "We sat in the kitchen."
        sections["found"][0].write(
            {
                "text": "Two people still wait for someone to go swimming with.",
                "idea_ids": [
                    Command.create(
                        {
                            "picture": "hourglass-not-done",
                            "words": "Two people wait for an advocate.",
                            "explanation": "An advocate helps you say what you want.",
                        }
                    )
                ],
            }
        )
        own = sections["who"].create(
            {
                "assessment_id": cls.assessment.id,
                "name": "A day we are proud of",
                "text": "<b>The sea.</b>",
            }
        )
        own.idea_ids = [Command.create({"picture": "sun", "words": "We saw the sea."})]
        cls.hidden = sections["plan"]
        cls.hidden.write({"text": "Not for everyone.", "is_public": False})
        cls.assessment.write(
            {
                "easy_read_group_id": cls.people.id,
                "easy_read_by": "our reading group",
                "document_ids": [
                    Command.create(
                        {
                            "name": "Minutes in May",
                            "style": "minutes",
                            "file": base64.b64encode(b"%PDF-1.7 minutes"),
                        }
                    )
                ],
            }
        )
        cls.assessment.voice_ids.is_printed = False
        cls.assessment.set_reason(
            "words", "They draw, and drawings are in the minutes."
        )
        cls.assessment.left_out_ids.create(
            {
                "assessment_id": cls.assessment.id,
                "section_id": sections["found"][0].id,
                "words": "Ann was shouted at.",
                "reason": "One person could be recognised.",
            }
        )
        cls.assessment._take("complete")
        cls.assessment._take("publish")
        cls.publication = cls.assessment.publication_ids

    def _read(self, path=""):
        self.authenticate(None, None)
        page = self.url_open(f"{self.publication.url}{path}")
        self.assertEqual(page.status_code, 200)
        return page.text

    def test_the_page_speaks_in_the_words_of_the_report(self):
        page = self._read()
        for words in (
            "Four people told us what they think.",
            "We sat in the kitchen.",
            "someone to go swimming with",
            "A day we are proud of",
            "&lt;b&gt;The sea.&lt;/b&gt;",
            "Minutes in May",
            "They draw, and drawings are in the minutes.",
            "No quote may be printed.",
            "One person could be recognised.",
        ):
            self.assertIn(words, page)
        for words in ("Not for everyone.", "Ann was shouted at"):
            self.assertNotIn(words, page)

    def test_easy_read_shows_picture_idea_and_hard_words_explained(self):
        page = self._read("/easy-read")
        for words in (
            "hourglass-not-done.svg",
            "Two people wait for an advocate.",
            "An advocate helps you say what you want.",
            "We saw the sea.",
            "our reading group",
        ):
            self.assertIn(words, page)

    def test_easy_read_says_each_thing_once(self):
        """What people wrote as ideas stands for the lines that were noted before."""
        assessment = self._create_report()
        assessment.summary_ids.easy_read = "Two people wait."
        assessment.outcome_easy_read = "Much is good."
        assessment.action_open_report()
        assessment._take("complete")
        assessment._take("publish")
        page = self.publication.search([("assessment_id", "=", assessment.id)])
        rows = [
            words
            for section in page._get_easy_read_values()["sections"]
            for row in section["rows"]
            for words in row["words"]
        ]
        self.assertEqual(rows.count("Two people wait."), len(self.areas))
        self.assertEqual(rows.count("Much is good."), 1)

    def test_what_is_not_printed_is_in_no_block(self):
        said = json.dumps(self.publication.block_ids.mapped("data"))
        for words in ("Not for everyone.", "Ann was shouted at"):
            self.assertNotIn(words, said)
        self.assertTrue(self.publication.is_genuine)

    def test_the_file_is_kept_with_what_was_published(self):
        page = self._read()
        (address,) = {
            part.partition('"')[0]
            for part in page.split('href="')
            if "/media/" in part.partition('"')[0]
        }
        file = self.url_open(address)
        self.assertEqual(file.content, b"%PDF-1.7 minutes")
        self.assertEqual(file.headers["Content-Type"], "application/pdf")
        self.assertEqual(file.headers["X-Content-Type-Options"], "nosniff")

    def test_a_film_comes_out_only_when_everyone_in_it_agrees(self):
        assessment = self._create_report()
        film = assessment.document_ids.create(
            {
                "assessment_id": assessment.id,
                "name": "Our film",
                "style": "film",
                "url": "https://www.example.com",
                "transcript": "A man laughs.",
            }
        )
        assessment._take("complete")
        self.assertRefused(assessment.action_publish, "everyone in “Our film” agrees")
        film.is_agreed = True
        assessment._take("publish")
        self.assertEqual(assessment.state, "published")

    def test_a_report_of_before_reads_as_it_did(self):
        """Without parts of its own, the page says what was noted of each area."""
        assessment, publication = self._publish(service_id=self.other_service.id)
        self.assertFalse(assessment.section_ids)
        page = publication._get_report_values()
        self.assertEqual(page["areas"][0]["finding"], ["We found this."])


@tagged("post_install", "-at_install")
class TestFilmReport(ReportCommon, HttpCase):
    """There is no right or wrong way to report: a film and a page of minutes."""

    def test_it_is_completed_published_and_read_without_any_rating(self):
        assessment = self._good_unusual()
        assessment.document_ids.is_agreed = True
        assessment.with_user(self.user_manager).action_open_report()
        assessment.with_user(self.user_manager).action_complete()
        assessment.with_user(self.user_quality).action_publish()
        self.authenticate(None, None)
        url = assessment.publication_ids.url
        page = self.url_open(url).text
        for words in (
            "We tell it in another way",
            "https://www.example.com/our-film",
            "A woman shows her room. She says: it is cold.",
            "Minutes of our meeting",
            "Ask about weekends",
        ):
            self.assertIn(words, page)
        self.assertNotIn("area-0", page)
        self.assertNotIn("We rate ourselves", page)
        easy = self.url_open(f"{url}/easy-read").text
        for words in ("Our film", "https://www.example.com/our-film"):
            self.assertIn(words, easy)
        self.assertNotIn("How are we doing?", easy)

    def test_it_is_asked_for_nothing_that_the_film_shows(self):
        steps = {one["key"]: one for one in self._good_unusual()._get_steps()}
        for key in ("rate", "discuss"):
            self.assertFalse(steps[key]["missing"], key)

    def test_without_it_what_was_found_needs_a_rating(self):
        assessment = self._good_unusual()
        assessment.document_ids.unlink()
        self.assertRefused(
            assessment.with_user(self.user_manager).action_complete,
            "add a report in another style",
        )
