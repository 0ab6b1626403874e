import base64
import io
import re
import zipfile

from PIL import Image

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import file_open

from odoo.addons.dupq_code.films import box

from ..easy_read import small_letters
from ..models.dupq_assessment_section_idea import PICTURES
from ..models.report_facts import get_facts
from .report_common import ReportCommon

FOLDER = "dupq_code/static/lib/fluent-emoji"
PDF = base64.b64encode(b"%PDF-1.7\n1 0 obj")


@tagged("post_install", "-at_install")
class TestReportSections(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_report()
        cls.as_manager = cls.assessment.with_user(cls.user_manager)
        cls.as_manager.action_open_report()

    def _section(self, kind, user=None):
        sections = self.assessment.section_ids.with_user(user or self.user_manager)
        return sections.filtered(lambda one: one.kind == kind)[:1]

    def _document(self, **values):
        return self.assessment.document_ids.with_user(self.user_manager).create(
            {"assessment_id": self.assessment.id, "name": "Ours", **values}
        )

    # === PARTS === #

    def test_the_usual_parts_begin_with_facts_and_no_conclusions(self):
        kinds = self.assessment.section_ids.mapped("kind")
        found = ["found"] * len(self.areas)
        expected = ["overall", "who", "how", *found, "words", "hard", "plan"]
        self.assertEqual(kinds, expected)
        # A sum would tell how many the few are.
        self.assertRegex(
            self._section("who").text, r"^More than \d+ people took part\."
        )
        self.assertNotIn("19", self._section("who").text)
        self.assertIn("fewer than 5", self._section("who").text)
        self.assertIn("Conversation one to one: 6 people", self._section("how").text)
        self.assertIn("swimming", self._section("found").text)
        self.assertIn("Ask about weekends", self._section("plan").text)
        self.assertEqual(self._section("overall").text, self.assessment.outcome)

    def test_what_a_few_people_think_is_no_fact_of_the_report(self):
        section = self._section("found")
        level = self.assessment.scale_id.level_ids[0]
        rating = self.env["dupq.assessment.rating"].create(
            {
                "assessment_id": self.assessment.id,
                "area_id": section.area_id.id,
                "perspective_id": self.people.id,
                "level_id": level.id,
                "number": 4,
            }
        )
        said = f"{self.people.name} say: {level.name}."
        self.assertNotIn(said, get_facts(section))
        rating.number = 5
        self.env.invalidate_all()
        self.assertIn(said, get_facts(section))

    def test_a_part_in_which_nobody_wrote_follows_the_record_until_somebody_does(self):
        found = self._section("found")
        rating = self.assessment.summary_ids.filtered(
            lambda one: one.area_id == found.area_id
        )
        self.assertTrue(found.is_begun)
        rating.with_user(self.user_quality).finding = "Three people wait by now."
        self.as_manager.action_open_report()
        self.assertIn("Three people wait by now.", found.text)
        self.assertTrue(found.is_begun)
        found.text += "\nThat is too many."
        rating.with_user(self.user_quality).finding = "Four people wait."
        self.as_manager.action_open_report()
        self.assertFalse(found.is_begun)
        self.assertNotIn("Four people wait.", found.text)

    def test_its_facts_count_what_is_there_and_quote_nobody(self):
        found = self._section("found")
        self._quote(self.assessment, self.people, "Sundays are long.", "not_yet")
        self.assessment.voice_ids.area_id = found.area_id
        self.assessment.action_ids.area_id = found.area_id
        facts = "\n".join(get_facts(found))
        self.assertIn("Our rating: Middle.", facts)
        self.assertIn("Quotes about this: 3. Of what is not good yet: 2.", facts)
        self.assertIn("Actions about this: 1, the first by", facts)
        # Words stand in the report as quotes only: there they can be taken back.
        self.assertNotIn("Sundays are long.", facts)

    def test_the_public_is_told_in_which_parts_nobody_wrote(self):
        first, second = self.assessment.section_ids.filtered(
            lambda one: one.kind == "found"
        )
        self.assessment.voice_ids.area_id = first.area_id
        second.text = "We have looked at this for a year."
        self.assessment._take("complete")
        self.assessment._take("publish")
        page = self.assessment.publication_ids._get_report_values()
        begun, written = page["areas"]
        self.assertEqual((begun["is_begun"], written["is_begun"]), (True, False))
        self.assertEqual(
            {one["words"] for one in begun["quotes"]},
            {"On Sundays nobody comes.", "She is happy here."},
        )
        self.assertEqual(written["finding"], ["We have looked at this for a year."])
        self.assertNotIn("Our rating", str(begun["finding"]))

    def test_opening_again_adds_nothing_and_overwrites_nothing(self):
        section = self._section("how")
        section.text = "We met at home."
        before = self.assessment.section_ids
        self.as_manager.action_open_report()
        self.assertEqual(self.assessment.section_ids, before)
        self.assertEqual(section.text, "We met at home.")

    def test_a_part_with_a_field_of_its_own_is_written_in_one_place(self):
        self._section("overall").text = "Better than last year."
        self._section("hard").text = "The bus."
        self.assertEqual(self.assessment.outcome, "Better than last year.")
        self.assessment.barriers = "The train."
        self.assertEqual(self._section("hard").text, "The train.")

    def test_a_part_of_our_own_is_added_and_removed_the_usual_ones_stay(self):
        own = self.as_manager.section_ids.create(
            {"assessment_id": self.assessment.id, "name": "A day out", "text": "Sea!"}
        )
        self.assertEqual(own.text, "Sea!")
        own.unlink()
        self.assertRefused(self._section("who").unlink, "it stays")

    def test_it_is_written_when_completed_and_not_when_published(self):
        section, idea = self._section("how"), self._add_idea()
        remark = self.as_manager.remark_ids.create(
            {"assessment_id": self.assessment.id, "key": "how", "reason": "So."}
        )
        document = self._document(url="https://www.example.com")
        self.assessment._take("complete")
        section.text = "We met at home, twice."
        self.assessment._take("publish")
        for call, values in (
            (section.write, {"text": "Rosy."}),
            (idea.write, {"words": "Rosy."}),
            (remark.write, {"reason": "Rosy."}),
            (document.write, {"name": "Rosy."}),
        ):
            with self.subTest(call.__self__._name):
                self.assertRefused(call, "is published", values)
                self.assertRefused(call.__self__.unlink, "is published")

    def test_reasons_stay_with_the_report_also_where_its_part_has_gone(self):
        own = self.as_manager.section_ids.create(
            {"assessment_id": self.assessment.id, "name": "A day out", "text": "Sea!"}
        )
        noted = self.assessment.left_out_ids.create(
            {
                "assessment_id": self.assessment.id,
                "section_id": own.id,
                "words": "Nobody came along.",
            }
        )
        own.unlink()
        noted.with_user(self.user_manager).reason = "It is in the plan."
        self.assessment._take("complete")
        self.assessment._take("publish")
        self.assertRefused(noted.write, "is published", {"reason": "Rosy."})

    # === WRITING TOGETHER === #

    def test_two_who_write_the_same_part_lose_nothing(self):
        mine, theirs = self._section("how"), self._section("how", self.user_quality)
        began = mine.text
        self.assertTrue(mine.save_text("We met at home.", began)["is_saved"])
        answer = theirs.save_text("We met in the hall.", began)
        self.assertFalse(answer["is_saved"])
        self.assertEqual(answer["text"], "We met at home.")
        self.assertEqual(mine.text, "We met at home.")
        both = "We met at home. We met in the hall."
        self.assertTrue(theirs.save_text(both, answer["text"])["is_saved"])
        self.assertEqual(mine.text, both)

    def test_saving_the_same_again_after_a_lost_answer_is_no_conflict(self):
        section = self._section("how")
        began = section.text
        for _time in range(2):
            self.assertTrue(section.save_text("We met at home.", began)["is_saved"])

    def test_the_margin_says_what_could_be_plainer(self):
        section = self._section("own") or self._section("who")
        found = section.check_text(
            "The MDT met. Service users were asked by the staff about it."
        )
        self.assertEqual(
            [one["kind"] for one in found["remarks"]], ["acronym", "jargon", "passive"]
        )
        self.assertEqual(found["remarks"][0]["start"], 4)
        self.assertIn("multidisciplinary", found["remarks"][0]["sentence"])
        self.assertEqual(found["measure"]["words"], 12)

    def test_letters_explained_in_an_earlier_part_need_no_second_explanation(self):
        self._section("overall").text = "The inspectors (CQC) came."
        self.assertFalse(self._section("how").check_text("CQC came.")["remarks"])
        parts = self.as_manager.get_report_editor()["parts"]
        self.assertFalse(parts[0]["remarks"])

    # === EASY READ === #

    def _add_idea(self, **values):
        return self._section("how").idea_ids.create(
            {
                "section_id": self._section("how").id,
                "words": "We asked people.",
                "picture": "ear",
                **values,
            }
        )

    def test_an_idea_is_told_which_rules_it_does_not_keep(self):
        self.assertFalse(self._add_idea().problems)
        idea = self._add_idea(words="We asked an advocate.", picture=False)
        self.assertIn("Choose a picture", idea.problems)
        self.assertIn("Explain “advocate”", idea.problems)
        idea.write({"picture": "ear", "explanation": "An advocate speaks up for you."})
        self.assertFalse(idea.problems)
        idea.words = "We " + "really " * 20 + "asked."
        self.assertIn("22 words", idea.problems)

    def test_every_picture_to_choose_from_is_there(self):
        for name, _label in PICTURES:
            with self.subTest(name), file_open(f"{FOLDER}/{name}.svg") as file:
                self.assertIn("<svg", file.read(200))

    def test_what_was_in_easy_read_before_begins_the_twin(self):
        other = self._create_assessment(service_id=self.other_service.id)
        other._take("start")
        other.outcome_easy_read = "Most is good.\nWeekends are not."
        other.action_open_report()
        section = other.section_ids[0]
        self.assertEqual(
            section.idea_ids.mapped("words"), ["Most is good.", "Weekends are not."]
        )

    def test_the_edition_says_who_has_checked_it_and_how_long_it_is(self):
        for _number in range(8):
            self._add_idea()
        self.as_manager.write(
            {"easy_read_group_id": self.people.id, "easy_read_by": "our reading group"}
        )
        shown = self.as_manager.get_report_editor()["easy_read"]
        self.assertEqual((shown["ideas"], shown["pages"]), (8, 2))
        self.assertIn("our reading group", shown["checked_by"])

    def test_the_letters_of_the_printed_edition_are_large_enough(self):
        path = "dupq_assessment/static/src/print/edition.css"
        with file_open(path) as file:
            styles = file.read()
        of_easy_read = re.findall(r"\.easy[^{]*{[^}]*}", styles)
        self.assertIn("font-size", "".join(of_easy_read))
        self.assertFalse(small_letters("".join(of_easy_read)))

    # === LEFT OUT === #

    def test_what_is_not_good_yet_does_not_go_in_silence(self):
        section = self._section("found")
        for area_section in self.assessment.section_ids.filtered(
            lambda one: one.kind == "found"
        ):
            area_section.with_user(self.user_manager).text = "Everything is lovely."
        noted = self.assessment.left_out_ids
        self.assertIn("swimming", " ".join(noted.mapped("words")))
        self.assertEqual(noted.user_id, self.user_manager)
        self.assertOpen(self.assessment, ["left_out"])
        section.text = "Lovely, but two people still wait for someone to swim with."
        self.assertOpen(self.assessment, [])

    def test_a_reason_is_enough_and_the_note_itself_stays(self):
        for section in self.as_manager.section_ids.filtered(
            lambda one: one.kind == "found"
        ):
            section.is_public = False
        noted = self.as_manager.left_out_ids
        self.assertOpen(self.assessment, ["left_out"])
        self.assertRefused(noted.write, "stays as it was", {"words": "Nothing."})
        with self.assertRaises(AccessError):
            noted.unlink()
        self.assertRefused(noted.sudo().unlink, "stays noted")
        noted.write({"reason": "One person could be recognised."})
        self.assertOpen(self.assessment, [])

    def test_other_words_for_the_same_are_not_left_out(self):
        self._section(
            "found"
        ).text = "There is nobody yet to go swimming with two people, who are waiting."
        self.assertFalse(self.assessment.left_out_ids)

    # === OTHER STYLES === #

    def test_a_file_or_a_link_stands_for_what_was_found(self):
        self.assessment.outcome = False
        self.assertIn("found overall", self.assessment._get_missing_to_publish()[0])
        self._document(file=PDF, file_name="minutes.pdf")
        self.assertFalse(self.assessment._get_missing_to_publish())

    def test_a_file_is_known_by_its_content_and_not_by_its_name(self):
        document = self._document(file=PDF, file_name="film.mp4")
        self.assertEqual(document.mimetype, "application/pdf")
        self.assertEqual(document.file_name, "film.pdf")
        program = base64.b64encode(b"MZ\x90\x00" + bytes(200))
        page = base64.b64encode(b"<html><script>alert(1)</script></html>")
        for content in (program, page, self._office_file(macros=True)):
            with self.subTest(content[:20]):
                self.assertRefused(
                    self._document, "cannot take", file=content, file_name="a.mp4"
                )
        written = self._document(file=self._office_file(), file_name="ours")
        self.assertEqual(written.file_name, "ours.docx")

    def _office_file(self, macros=False):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as parts:
            parts.writestr("word/document.xml", "<w/>")
            if macros:
                parts.writestr("word/vbaProject.bin", "x")
        return base64.b64encode(out.getvalue())

    def test_a_film_needs_its_words_and_anything_a_file_or_a_link(self):
        film = base64.b64encode(b"....ftypisom" + bytes(50))
        with self.assertRaises(ValidationError):
            self._document(file=film, style="report")
        with self.assertRaises(ValidationError):
            self._document(url="https://www.example.com", style="film")
        with self.assertRaises(ValidationError):
            self._document()
        with self.assertRaises(ValidationError):
            self._document(url="javascript:alert(1)")
        self._document(file=film, transcript="A man laughs.")

    def test_a_film_and_a_picture_are_kept_without_place_and_device(self):
        place = box(b"moov", box(b"udta", b"+53.80-1.55/ Leeds"))
        film = self._document(
            file=base64.b64encode(box(b"ftyp", b"isom0000") + place),
            transcript="A man laughs.",
        )
        out = io.BytesIO()
        Image.new("RGB", (40, 20), "red").save(out, "JPEG", comment=b"Leeds")
        picture = self._document(file=base64.b64encode(out.getvalue()))
        for document in (film, picture):
            self.assertNotIn(b"Leeds", base64.b64decode(document.file))
        self.assertRefused(
            self._document, "cannot open", file=base64.b64encode(b"GIF89a broken")
        )

    def test_no_client_says_what_type_a_file_has(self):
        document = self._document(file=PDF)
        document.write({"mimetype": "text/html"})
        self.assertEqual(document.mimetype, "application/pdf")

    def test_a_document_is_added_in_its_form(self):
        with Form(
            self.env["dupq.assessment.document"]
            .with_user(self.user_manager)
            .with_context(default_assessment_id=self.assessment.id)
        ) as form:
            form.name = "Our page"
            form.url = "https://www.example.com/quality"
            form.shows_who = True
        self.assertTrue(self.assessment.document_ids._shows("who"))

    # === ROLES === #

    def test_each_role_reaches_the_parts_the_table_says(self):
        self._add_idea()
        self._document(url="https://www.example.com")
        self.as_manager.set_reason("how", "So.")
        other = self._create_report(service_id=self.other_service.id)
        other.action_open_report()
        everywhere = {"quality": "rud", "admin": "rud", "board": "r"}
        here = {**everywhere, "worker": "r", "manager": "rud"}
        own = self.assessment.section_ids.create(
            {"assessment_id": self.assessment.id, "name": "Ours"}
        )
        foreign = other.section_ids.create({"assessment_id": other.id, "name": "Ours"})
        self.assertRecordTable(
            {
                own: here,
                foreign: everywhere,
                self._section("how").idea_ids: here,
                self.assessment.document_ids: here,
                self.assessment.remark_ids: here,
            }
        )

    def test_who_only_reads_looks_and_does_not_write(self):
        as_worker = self.assessment.with_user(self.user_worker)
        as_worker.action_open_report()
        shown = as_worker.get_report_editor()
        self.assertFalse(shown["is_open"])
        self.assertTrue(shown["parts"])
        with self.assertRaises(AccessError):
            as_worker.section_ids[0].save_text("Mine.", "")
        with self.assertRaises(AccessError):
            as_worker.set_reason("how", "So.")
        stranger = self.assessment.with_user(self.user_internal)
        with self.assertRaises(AccessError):
            stranger.get_report_editor()

    def test_another_company_sees_nothing_of_it(self):
        company = self.env["res.company"].create({"name": "Another provider"})
        user = self._create_user(
            "elsewhere",
            "quality_lead",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        found = self.env["dupq.assessment.section"].with_user(user).search([])
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            self.assessment.section_ids[0].with_user(user).read(["name"])
