from odoo import Command
from odoo.tests import tagged

from odoo.addons.dupq_code.uploads import Upload

from ..saying import Saying
from .saying_common import SayingCommon

NOBODY = "base.public_user"


@tagged("post_install", "-at_install")
class TestSaying(SayingCommon):
    def test_first_question_is_two_steps_away(self):
        start = self._look("")
        first = start["values"]["first_url"].removeprefix("/x/")
        self.assertEqual(self._look(first)["values"]["question"], self.first.text)

    def test_people_supported_begin_in_easy_read(self):
        self.assertFalse(self._look("")["frame"]["easy_read"])
        self.line.group_id = self.people
        page = self._look("")
        self.assertTrue(page["frame"]["easy_read"])
        self.assertEqual(page["frame"]["switch"]["url"], "/x/0")

    def test_easy_read_asks_in_its_own_words_and_three_answers(self):
        values = self._look(f"e/{self.first.id}")["values"]
        self.assertEqual(values["question"], "Do you decide?")
        labels = [one["value"] for one in values["answers"]]
        self.assertEqual(labels, ["good", "mixed", "not_yet"])
        plain = self._look(f"0/{self.first.id}")["values"]["answers"]
        names = [one["label"] for one in plain]
        self.assertEqual(names, self.scale.level_ids.mapped("name"))

    def test_what_is_changed_is_asked_at_once(self):
        path = f"0/{self.first.id}"
        self.assertEqual(self._look(path)["values"]["question"], self.first.text)
        own = self.third.copy({"text": "Ours", "company_id": self.env.company.id})
        self.assertEqual(self._look("")["values"]["number"], 4)
        own.text = "Ours, in other words"
        shown = self._look(f"0/{own.id}")["values"]
        self.assertEqual(shown["question"], "Ours, in other words")
        self.env["dupq.code.wording"].create(
            {
                "question_id": own.id,
                "kind": "easy_read",
                "lang": self.env.lang or "en_US",
                "text": "Is it ours?",
            }
        )
        easy = self._look(f"e/{own.id}")["values"]["question"]
        self.assertEqual(easy, "Is it ours?")
        own.unlink()
        self.assertIsNone(self._look(f"0/{own.id}"))

    def test_our_own_questions_are_asked_and_those_of_others_are_not(self):
        other = self.env["res.company"].create({"name": "Another"})
        foreign = self.third.copy({"text": "Not yours"})
        foreign.company_id = other
        questions = self._look("0/all")["values"]["areas"]
        texts = [one["text"] for area in questions for one in area["questions"]]
        self.assertEqual(len(texts), 3)
        self.assertNotIn("Not yours", texts)

    def test_a_line_about_some_areas_asks_only_their_questions(self):
        self.line.area_ids = [Command.set(self.areas[1].ids)]
        self.assertEqual(self._look("")["values"]["number"], 1)
        self.assertIsNone(self._look(f"0/{self.first.id}"))

    def test_a_page_gets_plain_values_only(self):
        for path in ("", "0/all", f"0/{self.first.id}", "0/mine", "0/stop", "e/thanks"):
            self.assertPlain(self._look(path), path)

    def assertPlain(self, value, path):
        if isinstance(value, dict):
            value = [*value, *value.values()]
        if isinstance(value, list | tuple):
            for part in value:
                self.assertPlain(part, path)
            return
        self.assertIsInstance(value, str | int | float | bool | type(None), path)

    def test_unknown_pages_are_unknown(self):
        for path in ("nothing", "0/999999", "0/x", "e/"):
            self.assertIsNone(self._look(path), path)

    def test_an_answer_is_kept_and_the_next_question_shown_at_once(self):
        level = self.scale.level_ids[2]
        page = self._send(
            f"0/{self.second.id}",
            answer=str(level.id),
            words="They ring me.",
            consent="yes",
        )
        self.assertEqual(page["status"], 200)
        self.assertEqual(page["values"]["question"], self.second.text)
        self.assertEqual(page["values"]["consent"], "yes")
        voice = self._get_voices()
        self.assertRecordValues(
            voice,
            [
                {
                    "words": "They ring me.",
                    "level_id": level.id,
                    "feeling": "good",
                    "group_id": self.families.id,
                    "area_id": self.areas[0].id,
                    "question_id": self.first.id,
                    "service_id": self.service.id,
                    "channel": "link",
                    "consent": "yes",
                    "date_consent": self.today,
                    "is_anonymous": False,
                    "is_printed": False,
                    "participant_id": self.line.id,
                    "invitation_id": self.invitation.id,
                }
            ],
        )
        self.assertEqual(voice.create_uid, self.env.ref(NOBODY))

    def test_three_answers_find_their_level(self):
        for answer, number in (("good", 2), ("mixed", 1), ("not_yet", 0)):
            self._send("e/thanks", answer=answer)
            voice = self._get_voices()
            self.assertEqual(voice.level_id, self.scale.level_ids[number])
            self.assertEqual(voice.feeling, answer)

    def test_nothing_said_is_nothing_kept(self):
        page = self._send(f"0/{self.second.id}", words="", consent="yes")
        self.assertEqual(page["values"]["question"], self.second.text)
        self.assertFalse(self._get_voices())

    def test_consent_is_never_made_up(self):
        self._send("0/thanks", words="Good food")
        self._send("0/thanks", question=self.second, words="More", consent="maybe")
        self.assertEqual(
            self._get_voices().mapped("consent"), ["not_asked", "not_asked"]
        )

    def test_an_error_keeps_what_was_typed(self):
        page = self._send(
            f"0/{self.second.id}",
            errors={"file": "Too big."},
            words="A long story",
            answer=str(self.scale.level_ids[0].id),
            consent="no",
            nameless="1",
        )
        self.assertNotIn("status", page)
        values = page["values"]
        self.assertEqual(values["question"], self.first.text)
        self.assertEqual(values["words"], "A long story")
        self.assertEqual(values["consent"], "no")
        self.assertTrue(values["nameless"])
        self.assertTrue(values["answers"][0]["checked"])
        self.assertEqual(values["errors"], [{"field": "file", "message": "Too big."}])
        self.assertFalse(self._get_voices())

    def test_sent_twice_is_kept_once(self):
        for _time in range(2):
            page = self._send("0/thanks", words="Once", key="abc", nameless="1")
            self.assertEqual(page["template"], "dupq_assessment.saying_thanks")
        self.assertEqual(len(self._get_voices()), 1)

    def test_going_back_shows_and_changes_what_was_said(self):
        self._send("0/thanks", words="First", answer="good", consent="no")
        values = self._look(f"0/{self.first.id}")["values"]
        self.assertEqual((values["words"], values["consent"]), ("First", "no"))
        self._send("0/thanks", words="Second", answer="good", consent="yes")
        self.assertEqual(self._get_voices().mapped("words"), ["Second"])

    def test_new_words_are_looked_at_for_names_again(self):
        self._send("0/thanks", words="They ring me.", answer="good", consent="yes")
        voice = self._get_voices()
        cleared = {"is_printed": True, "is_anonymised": True, "short_words": "Yes."}
        voice.with_user(self.user_manager).write(cleared)
        self._send("0/thanks", words="They ring me.", answer="mixed", consent="yes")
        self.assertEqual(voice._may_be_printed(), voice, "the words are the same")
        self._send("0/thanks", words="Mr Example rings me.", consent="yes")
        self.assertFalse(voice._may_be_printed())
        self.assertFalse(voice.short_words, "of what they said before")
        self.assertIn("Mr Example rings me", self.assessment.open_quotes)

    def test_a_new_picture_is_looked_at_for_names_again(self):
        self._send("0/thanks", words="See?", consent="yes")
        voice = self._get_voices()
        voice.write({"is_printed": True, "is_anonymised": True})
        file = Upload("sound", b"OggS" + bytes(9), "audio/ogg", "ogg")
        self._send("0/thanks", words="See?", consent="yes", files=[file])
        self.assertFalse(voice._may_be_printed())

    def test_what_somebody_empties_is_gone(self):
        self._send("0/thanks", words="I should not have said that.", answer="good")
        self._send(f"0/{self.second.id}", words="")
        self.assertFalse(self._get_voices())

    def test_emptied_words_leave_what_was_published_of_them(self):
        self._send("0/thanks", words="I should not have said that.", consent="yes")
        voice = self._get_voices()
        voice.write({"is_printed": True, "is_anonymised": True})
        self._fill(self.assessment)
        for name in ("complete", "publish"):
            self.assessment._take(name)
        self.assessment._take("correct", reason="Something is missing.")
        self._send("0/thanks", words="")
        self.assertFalse(voice.exists())
        quotes = self.assessment.publication_ids.block_ids.filtered(
            lambda block: block.kind == "quote"
        )
        self.assertEqual(len(quotes.filtered("erased_on")), 1)
        self.assertNotIn("should not", str(quotes.mapped("data")))

    def test_who_says_no_while_it_is_corrected_leaves_what_was_published(self):
        self._send("0/thanks", words="I should not have said that.", consent="yes")
        self._get_voices().write({"is_printed": True, "is_anonymised": True})
        self._fill(self.assessment)
        for name in ("complete", "publish"):
            self.assessment._take(name)
        self.assessment._take("correct", reason="Something is missing.")
        self._send("0/thanks", words="I should not have said that.", consent="no")
        blocks = self.assessment.publication_ids.block_ids
        self.assertEqual(len(blocks.filtered("erased_on")), 1)

    def test_emptied_words_leave_a_picture_that_was_sent(self):
        file = Upload("sound", b"OggS" + bytes(9), "audio/ogg", "ogg")
        self._send("0/thanks", words="Listen.", files=[file])
        self._send("0/thanks", words="")
        voice = self._get_voices()
        self.assertTrue(voice.attachment_ids)
        self.assertFalse(voice.words)

    def test_what_was_said_without_a_name_is_not_shown_again(self):
        self._send("0/thanks", words="Secret", nameless="1")
        self.assertNotIn("Secret", str(self._look(f"0/{self.first.id}")))
        self.assertNotIn("Secret", str(self._look("0/mine")))

    def test_a_group_link_knows_nobody_and_offers_the_next_person(self):
        guest = self._prepare_guest(is_group=True)
        self._send("0/thanks", guest, words="One of many")
        voice = self._get_voices()
        self.assertTrue(voice.is_anonymous)
        self.assertFalse(voice.participant_id or voice.invitation_id)
        self.assertEqual(
            self._look("ey/thanks", guest)["values"]["next_person_url"], "/x"
        )
        again = self._look(f"0/{self.first.id}", guest)
        self.assertNotIn("One of many", str(again))
        self.assertFalse(again["values"]["mine_url"])

    def test_completed_nobody_says_more_and_can_still_take_back(self):
        self._send("0/thanks", words="Print me", consent="yes")
        self._fill(self.assessment)._take("complete")
        self.assertFalse(self._look("")["values"]["is_open"])
        self.assertIsNone(self._look(f"0/{self.first.id}"))
        late = self._send("0/thanks", words="Late")
        self.assertEqual(late["template"], "dupq_assessment.saying_start")
        self.assertEqual(late["values"]["lost"], "Late")
        self.assertEqual(self._send("0/thanks", answer="good"), "0")
        voice = self._get_voices().filtered(lambda one: one.words == "Print me")
        path = self._send("0/mine", voice=str(voice.id))
        self.assertEqual(path, "0/mine")
        self.assertEqual(voice.consent, "withdrawn")
        self.assertEqual(voice.write_uid, self.env.ref(NOBODY))

    def test_one_thing_is_taken_back_and_not_all(self):
        self._send("0/thanks", words="Print me", consent="yes")
        self._send("0/thanks", question=self.second, words="Me too", consent="yes")
        first, second = self._get_voices()
        self._send("0/mine", voice=str(first.id))
        self.assertEqual((first.consent, second.consent), ("withdrawn", "yes"))
        again = self._look(f"0/{self.first.id}")["values"]
        self.assertEqual((again["words"], again["consent"]), ("Print me", ""))

    def test_what_was_said_last_year_is_not_changed_this_year(self):
        guest = self._prepare_guest(
            invitation_id=None, partner_id=self.user_portal.partner_id.id
        )
        last_year = self._create_assessment()
        old = self.env["dupq.voice"].create(
            {
                "assessment_id": last_year.id,
                "question_id": self.first.id,
                "group_id": self.families.id,
                "partner_id": self.user_portal.partner_id.id,
                "words": "Last year",
            }
        )
        shown = self._look(f"0/{self.first.id}", guest)["values"]
        self.assertFalse(shown["words"])
        self._send("0/thanks", guest, words="This year")
        self.assertEqual(old.words, "Last year")

    def test_of_one_house_in_a_whole_organisation_it_is_about_that_house(self):
        whole = self._create_assessment(scope="organisation", service_id=False)
        line = self.line.copy(
            {"assessment_id": whole.id, "service_id": self.other_service.id}
        )
        form = {"question": str(self.first.id), "files": [], "errors": {}}
        guest = self._prepare_guest(is_group=True)
        line.sudo()._take_invitation_answers(guest, "0/all", {**form, "words": "Ours"})
        voice = self.env["dupq.voice"].search([("assessment_id", "=", whole.id)])
        self.assertEqual(voice.service_id, self.other_service)

    def test_who_took_it_back_agrees_again_by_the_same_link(self):
        self._send("0/thanks", words="Print me", consent="yes")
        voice = self._get_voices()
        self._send("0/mine", voice=str(voice.id))
        self._send("0/thanks", words="Print me", consent="yes")
        self.assertEqual(voice.consent, "yes")

    def test_nobody_takes_back_the_words_of_others(self):
        self._send("0/thanks", words="Mine", consent="yes")
        voice = self._get_voices()
        others = (
            self._prepare_guest(invitation_id=self._invite(email="b@example.com").id),
            self._prepare_guest(invitation_id=None, partner_id=1),
            self._prepare_guest(is_group=True),
            self._prepare_guest(invitation_id=None),
        )
        for guest in others:
            self._send("0/mine", guest, voice=str(voice.id))
            self.assertEqual(voice.consent, "yes")

    def test_on_the_portal_it_is_said_under_ones_name(self):
        partner = self.user_portal.partner_id
        guest = self._prepare_guest(
            invitation_id=None, partner_id=partner.id, signed_in=True
        )
        self._send("0/thanks", guest, words="It is me", consent="yes")
        voice = self._get_voices()
        self.assertEqual((voice.partner_id, voice.channel), (partner, "portal"))
        self._send("0/mine", guest, voice=str(voice.id))
        self.assertEqual(voice.consent, "withdrawn")

    def test_few_people_are_told_that_somebody_may_guess(self):
        path = f"0/{self.first.id}"
        self.assertFalse(self._look(path)["values"]["few"])
        self.line.planned = 4
        self.assertTrue(self._look(path)["values"]["few"])

    def test_asking_costs_the_same_for_many_questions(self):
        def cost():
            return self._count_queries(lambda: self._look("0/all"))

        before = cost()
        self.env["dupq.code.question"].create(
            [{"area_id": self.areas[1].id, "text": f"No {n}"} for n in range(50)]
        )
        self.assertLessEqual(cost(), before)

    def test_paths_say_how_somebody_wants_it(self):
        self.assertEqual(Saying.parse("eyn/12").at("stop"), "eyn/stop")
