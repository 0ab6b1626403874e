import io
from unittest.mock import patch

from lxml import html

from odoo import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .assessment_common import AssessmentCommon

SERVICES, QUOTES = 600, 130


@tagged("post_install", "-at_install")
class TestPublicationEdition(AssessmentCommon):
    """The PDF of a large organisation: made in parts, left, and found again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        services = cls.env["dupq.service"].create(
            [{"name": f"House {number}"} for number in range(SERVICES)]
        )
        assessment = cls._create_assessment(scope="organisation", service_id=False)
        cls._fill(assessment)
        assessment.participant_ids.unlink()
        assessment.participant_ids = [
            Command.create(
                {
                    "group_id": (cls.people, cls.staff, cls.families)[number % 3].id,
                    "service_id": service.id,
                    "method": "meeting",
                    "actual": 3,
                }
            )
            for number, service in enumerate(services)
        ]
        assessment.voice_ids = [
            Command.create(
                {
                    "words": f"Words of number {number}.",
                    "group_id": cls.people.id,
                    "feeling": "good",
                    "consent": "yes",
                    "is_anonymised": True,
                    "is_printed": True,
                }
            )
            for number in range(QUOTES)
        ]
        assessment._take("complete")
        assessment.with_user(cls.user_quality)._take("publish")
        cls.assessment = assessment
        cls.publication = assessment.publication_ids
        cls.edition = cls.publication._get_edition("report")

    def _make(self, edition=None):
        edition = edition or self.edition
        while edition.is_under_way:
            edition._make_next()
        return edition

    def test_many_services_are_told_of_by_group_and_not_house_by_house(self):
        groups = self.publication._get_report_values()["participation"]["groups"]
        self.assertEqual(len(groups), 3)
        self.assertEqual(sum(one["number"] for one in groups), 3 * SERVICES)

    def test_it_is_made_in_parts_seen_and_found_on_the_self_assessment(self):
        edition = self.edition
        self.assertEqual((edition.progress, edition.is_under_way), (0, True))
        edition._make_next()
        self.assertEqual(edition.progress_said, "Made: 1 of 3 parts.")
        self.assertEqual(edition.progress, 25)
        self._make()
        self.assertEqual((edition.progress, edition.is_under_way), (100, False))
        self.assertIn("pages", edition.progress_said)
        manager = self.assessment.with_user(self.user_quality)
        self.assertIn(edition, manager.edition_ids)
        (file,) = self.env["ir.attachment"].search(
            [("res_model", "=", "dupq.assessment"), ("res_id", "=", manager.id)]
        )
        self.assertEqual(file, edition.copy_id)
        self.assertEqual(
            len(PdfReader(io.BytesIO(file.with_user(self.user_quality).raw)).pages),
            edition.page_count,
        )

    def test_who_published_is_told_when_it_is_ready(self):
        self._make()
        note = self.assessment.message_ids[0]
        self.assertIn("The PDF is ready.", note.body)
        self.assertEqual(note.attachment_ids, self.edition.copy_id)
        self.assertIn(self.user_quality.partner_id, note.notified_partner_ids)

    def test_a_part_that_fails_is_said_and_only_it_is_made_again(self):
        made, edition = [], self.edition
        cls = self.env.registry["dupq.publication.edition"]
        make_pdf = cls._make_pdf

        def count(model, content):
            if len(made) == 1:
                made.append("failed")
                raise ValueError("The printer program ended")
            made.append("made")
            return make_pdf(model, content)

        with (
            patch.object(cls, "_make_pdf", count),
            self.assertLogs("odoo.addons.dupq_assessment", "ERROR"),
        ):
            self._make()
            self.assertEqual(
                edition.trouble,
                "Part 2 of 3 could not be made: The printer program ended",
            )
            self.assertEqual(edition.parts_made, 1)
            self.assertIn("Part 2 of 3", self.assessment.message_ids[0].body)
            edition.with_user(self.user_quality).action_go_on()
            self._make()
        self.assertEqual(made, ["made", "failed", "made", "made"])
        self.assertTrue(edition.is_ready)
        self.assertFalse(edition.trouble)

    def test_its_file_goes_with_words_that_are_taken_back(self):
        self._make()
        file = self.edition.copy_id
        self.env["dupq.publication"].sudo()._take_back(self.assessment.voice_ids[0])
        self.assertFalse(file.exists())
        self.assertTrue(self.edition.is_under_way)
        self._make()
        self.assertTrue(self.edition.copy_id)

    def test_making_a_part_costs_the_same_whatever_is_in_the_report(self):
        _assessment, short = self._publish()

        def count(edition):
            edition = edition.with_context(lang="en_US")
            return self._count_queries(edition._get_parts)

        self.assertLessEqual(count(self.edition), count(short._get_edition("report")))


@tagged("post_install", "-at_install")
class TestPublicationGaps(AssessmentCommon):
    """Where groups see it differently stands in every edition, as a picture."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        low, _middle, high = cls.scale.level_ids
        assessment = cls._fill(cls._create_assessment())
        for group, level, number in (
            (cls.people, low, 12),
            (cls.staff, high, 9),
            (cls.managers, high, 6),
            (cls.families, low, 4),
        ):
            cls.env["dupq.assessment.rating"].create(
                {
                    "assessment_id": assessment.id,
                    "area_id": cls.areas[0].id,
                    "perspective_id": group.id,
                    "level_id": level.id,
                    "number": number,
                }
            )
        cls.assessment = assessment

    def _publish_it(self):
        self.assessment._take("complete")
        self.assessment._take("publish")
        return self.assessment.publication_ids

    def test_each_group_has_a_shape_of_its_own(self):
        shapes = self.assessment._get_group_shapes()
        self.assertEqual(len(set(shapes.values())), len(shapes))
        self.assertEqual(shapes[self.staff], "triangle")
        self.assertEqual(shapes[self.managers], "down")

    def test_the_overview_begins_with_the_widest_gap(self):
        page = html.fromstring(self.assessment.overview)
        words = " ".join(page.text_content().split())
        self.assertLess(words.index("most differently"), words.index("The ten steps"))
        gap = page.xpath("//li[@data-gap]")[0]
        self.assertIn("Families", gap.text_content())

    def test_the_overview_on_paper_tells_of_no_group_of_a_few(self):
        values = self.assessment._get_overview_values()
        (entry,) = values["gaps"]["entries"]
        self.assertEqual(entry["hidden"], [self.families.name])
        groups = [one["group"] for one in entry["perspectives"]]
        self.assertNotIn(self.families.name, groups)

    def test_the_overview_on_paper_does_not_deny_what_it_may_not_show(self):
        self.assessment.perspective_rating_ids.number = 1
        values = self.assessment._get_overview_values()
        self.assertFalse(values["gaps"]["entries"])
        self.assertIn("paper does not show it", values["gaps"]["none"])

    def test_without_a_gap_the_overview_says_why(self):
        self.assessment.perspective_rating_ids.unlink()
        self.assertIn("No two groups have said", self.assessment.overview)

    def test_easy_read_says_it_in_short_sentences_with_pictures(self):
        values = self._publish_it()._get_easy_read_values()
        (section,) = [
            one
            for one in values["sections"]
            if one["heading"] == "Where we see it differently"
        ]
        said = [words for row in section["rows"] for words in row["words"]]
        self.assertIn("We do not all see it in the same way.", said)
        self.assertIn("People we support say: Low.", said)
        self.assertIn("Team managers say: High.", said)
        self.assertNotIn("Families", " ".join(said))
        self.assertTrue(all(row["picture"] for row in section["rows"]))
        self.assertLessEqual(max(len(words.split()) for words in said), 15)

    def test_the_pdf_has_the_picture_and_the_same_in_words(self):
        edition = self._publish_it()._get_edition("report")
        page = html.fromstring(str(edition._render_part(edition._get_parts()[0])))
        (gap,) = page.xpath("//li[@data-gap]")
        self.assertEqual(len(gap.xpath(".//svg[@width='100%']//text")), 3)
        words = " ".join(gap.text_content().split())
        self.assertIn("People we support: Low (12 people)", words)
        self.assertIn("Fewer than five people each", words)
        self.assertNotIn("Families: ", words)
        self.assertFalse(page.xpath("//details"), "on paper nothing opens")
