import base64

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon
from .test_publication_taken_back import PNG


@tagged("post_install", "-at_install")
class TestVoice(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        cls.agreed = {"consent": "yes", "is_anonymised": True, "is_printed": True}

    @classmethod
    def _create_voice(cls, **values):
        return cls.env["dupq.voice"].create(
            {
                "assessment_id": cls.assessment.id,
                "group_id": cls.people.id,
                "words": "I like my room",
                **values,
            }
        )

    def _prepare_file(self, **values):
        return {"name": "picture.png", "raw": base64.b64decode(PNG), **values}

    def test_a_voice_of_a_self_assessment_belongs_to_its_service(self):
        voice = self._create_voice()
        self.assertEqual(voice.service_id, self.service)
        self.assertEqual(voice.company_id, self.assessment.company_id)

    def test_a_voice_may_stand_by_itself_in_a_service(self):
        voice = self._create_voice(
            assessment_id=False, service_id=self.other_service.id
        )
        self.assertEqual(voice.service_id, self.other_service)
        self.assertEqual(voice.company_id, self.other_service.company_id)

    def test_a_voice_that_answers_a_question_is_about_its_area(self):
        question = self.env["dupq.code.question"].create(
            {"area_id": self.areas[1].id, "text": "Who decides?"}
        )
        self.assertEqual(
            self._create_voice(question_id=question.id).area_id, self.areas[1]
        )

    def test_a_voice_says_something(self):
        with self.assertRaises(ValidationError):
            self._create_voice(words="  ")
        self._create_voice(words=False, feeling="mixed")
        files = [Command.create(self._prepare_file())]
        self._create_voice(words=False, attachment_ids=files)

    def test_only_what_was_agreed_to_and_holds_no_names_is_printed(self):
        cases = (
            ({}, True),
            ({"is_printed": False}, False),
            ({"is_anonymised": False}, False),
            ({"consent": "not_asked"}, False),
            ({"consent": "no"}, False),
            ({"consent": "withdrawn"}, False),
        )
        for values, is_printed in cases:
            with self.subTest(values):
                voice = self._create_voice(**{**self.agreed, **values})
                self.assertEqual(bool(voice._may_be_printed()), is_printed)

    def test_a_picture_is_printed_only_with_words_that_tell_what_it_says(self):
        files = [Command.create(self._prepare_file())]
        voice = self._create_voice(words=False, attachment_ids=files, **self.agreed)
        self.assertFalse(voice._may_be_printed())
        voice.write({"words": "A drawing of my garden", "is_transcript": True})
        self.assertTrue(voice._may_be_printed())

    def test_a_file_is_read_by_those_who_may_read_the_voice(self):
        voice = self._create_voice()
        manager = voice.with_user(self.user_manager)
        file = manager.env["ir.attachment"].create(self._prepare_file())
        manager.attachment_ids = [Command.link(file.id)]
        self.assertEqual((file.res_model, file.res_id), ("dupq.voice", voice.id))
        self.assertTrue(file.with_user(self.user_worker).name)
        with self.assertRaises(AccessError):
            file.with_user(self.user_internal).check_access("read")

    def test_consent_is_taken_back_even_when_all_is_completed(self):
        self._fill(self.assessment)._take("complete")
        voice = self.assessment.voice_ids.with_user(self.user_manager)
        self.assertRefused(voice.write, "Take it up again", {"words": "Other"})
        self.assertRefused(voice.write, "Take it up again", {"feeling": "not_yet"})
        self.assertRefused(
            voice.write,
            "Take it up again",
            {"consent": "withdrawn", "words": "Other"},
        )
        voice.action_withdraw_consent()
        self.assertEqual(voice.consent, "withdrawn")
        self.assertEqual(voice.date_consent, self.today)

    def test_nobody_agrees_again_for_who_took_it_back(self):
        voice = self._create_voice(**self.agreed).with_user(self.user_manager)
        voice.action_withdraw_consent()
        both = voice | self._create_voice(**self.agreed).with_user(self.user_manager)
        for voices in (voice, both):
            for consent in ("yes", "not_asked"):
                self.assertRefused(
                    voices.write, "write it down as new words", {"consent": consent}
                )
        self.assertEqual(voice.consent, "withdrawn")
        voice.feeling = "good"

    def test_support_workers_do_not_take_back_consent_of_others(self):
        voice = self._create_voice(consent="yes")
        with self.assertRaises(AccessError):
            voice.with_user(self.user_worker).action_withdraw_consent()

    def test_voices_are_read_by_those_of_the_service(self):
        everywhere = {"quality": "rud", "admin": "rud", "board": "r"}
        mine = self._create_voice()
        alone = self._create_voice(assessment_id=False, service_id=self.service.id)
        other = self._create_voice(
            assessment_id=False, service_id=self.other_service.id
        )
        here = {**everywhere, "worker": "r", "manager": "rud"}
        self.assertRecordTable({mine: here, alone: here, other: everywhere})
