import io

from lxml import html

from odoo.tests import tagged

from ..controllers.invitation import code_page, door_page, elsewhere_page
from ..controllers.portal import get_seats, list_page
from ..guests import Guest
from ..uploads import accept
from .common_guest import VOICE, GuestCommon
from .common_person import JobCommon
from .easy_read import faults

# What each template is given, besides the frame and the token of its forms.
KEYS = {
    "dupq_code.asked_list": {"groups"},
    "dupq_code.choosing_start": {"for_name", "candidates"},
    "dupq_code.choosing_candidate": {
        "candidate",
        "for_name",
        "question",
        "answers",
        "stop_url",
    },
    "dupq_code.choosing_why": {
        "name",
        "answer",
        "words",
        "supporter_name",
        "is_circle",
        "may_send_file",
        "action_url",
        "change_url",
        "stop_url",
        "errors",
    },
    "dupq_code.asked_thanks": {"left", "next_url", "stop_url"},
    "dupq_code.asked_stop": {"start_url", "signed_in"},
    "dupq_code.invitation_door": {"url", "is_group"},
    "dupq_code.invitation_elsewhere": {"code_url"},
    "dupq_code.invitation_code": {"code_url", "check_url", "errors"},
}
INNER_KEYS = {
    "groups": {"title", "picture", "for_name", "questions"},
    "questions": {"question", "label", "url"},
    "candidates": {"name", "question", "url"},
    "candidate": {"name", "photo", "shared", "own_words", "setting"},
    "answers": {"key", "label", "picture", "url"},
    "answer": {"key", "label", "picture"},
    "errors": {"field", "message"},
}


class ChoosingCommon(GuestCommon, JobCommon):
    _keys = KEYS
    _inner_keys = INNER_KEYS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls._agree(cls.sister)
        cls.walker.write(
            {
                "dupq_own_words": "I walk in any weather.",
                "email_from": "secret@example.com",
                "partner_phone": "020 7946 0000",
            }
        )
        cls.choice = cls._create_choice(setting="At the café")
        cls.myself = Guest("choosing", "/my/x")
        cls.kin = Guest("choosing", "/invitation/t", circle_member_id=cls.sister.id)

    def _pages(self, guest=None):
        return self._pages_of(self.choice, guest)


@tagged("post_install", "-at_install")
class TestChoosingPages(ChoosingCommon):
    def _all_pages(self):
        """Every page there is, in every state it has."""
        seats = get_seats(self.env, self.user_sister)
        return [
            *self._pages(),
            *self._pages(self.kin),
            self._take(f"{self.choice.id}/no", errors={"file": "Too big."}),
            list_page(self.env, seats),
            list_page(self.env, []),
            door_page(self.env, "/invitation/t"),
            door_page(self.env, "/invitation/t", is_group=True),
            elsewhere_page(self.env, "/invitation/t"),
            code_page(self.env, "/invitation/t"),
            code_page(self.env, "/invitation/t", "This code does not work."),
        ]

    def test_each_template_is_told_exactly_this(self):
        self.assertToldExactly(self._all_pages())

    def test_candidate_is_a_first_name_and_what_they_shared(self):
        page = self._page(str(self.choice.id))
        self.assertEqual(
            page["values"]["candidate"],
            {
                "name": "Ola",
                "photo": "",
                "shared": ["Long walks", "Takes time"],
                "own_words": "I walk in any weather.",
                "setting": "At the café",
            },
        )
        shown = "".join(map(self._render, self._pages() + self._pages(self.kin)))
        for secret in ("Ola Example", "secret@example.com", "7946", self.job.name):
            self.assertNotIn(secret, shown)

    def test_photograph_is_shown_only_when_agreed(self):
        self.walker.dupq_photo = self._draw_photo()
        self.assertFalse(
            self._page(str(self.choice.id))["values"]["candidate"]["photo"]
        )
        self.walker.dupq_photo_agreed = True
        photo = self._page(str(self.choice.id))["values"]["candidate"]["photo"]
        self.assertTrue(photo.startswith("data:image/"))
        self.assertIn(
            "Photograph of Ola", self._render(self._page(str(self.choice.id)))
        )

    def test_pages_are_easy_read(self):
        self.assertEasyRead(self._all_pages())

    def test_long_sentence_would_be_seen(self):
        self.choice.setting = "word " * 20
        tree = html.document_fromstring(self._render(self._page(str(self.choice.id))))
        self.assertTrue(faults(tree))

    def test_question_follows_the_stage_and_who_is_asked(self):
        for stage, mine, theirs in (
            ("shortlist", "Do you want to meet Ola?", "Should Jane Example meet Ola?"),
            ("meeting", "Did you like Ola?", "Did the meeting with Ola go well?"),
            (
                "final",
                "Do you want Ola to work with you?",
                "Should Ola work with Jane Example?",
            ),
        ):
            self.choice.stage = stage
            path = str(self.choice.id)
            self.assertEqual(self._page(path)["values"]["question"], mine)
            self.assertEqual(self._page(path, self.kin)["values"]["question"], theirs)

    def test_there_is_no_page_but_those(self):
        other = self._create_person()
        self._consent(other, "choosing")
        foreign = self._create_choice(person_id=other.id)
        for path in (
            "x",
            "0",
            str(foreign.id),
            f"{self.choice.id}/maybe",
            "-1",
            "1/2/3",
        ):
            self.assertIsNone(self._page(path), path)

    def test_without_consent_there_is_nothing_to_choose(self):
        self.person.consent_ids.filtered(
            lambda c: c.purpose == "choosing"
        ).action_withdraw()
        self.assertEqual(self._page("")["values"]["candidates"], [])
        self.assertIsNone(self._page(str(self.choice.id)))


@tagged("post_install", "-at_install")
class TestChoosingAnswers(ChoosingCommon):
    def test_person_answers_with_somebodys_help(self):
        path = f"{self.choice.id}/yes"
        self.assertEqual(
            self._take(path, words="He walks.", supporter_name="A friend"), "thanks"
        )
        self.assertRecordValues(
            self.choice,
            [
                {
                    "state": "answered",
                    "answer": "yes",
                    "words": "He walks.",
                    "taken_by": "person",
                    "supporter_name": "A friend",
                    "circle_member_id": False,
                }
            ],
        )

    def test_sister_answers_as_herself(self):
        """Beside the person, who is still asked; once, and for the others too."""
        path = f"{self.choice.id}/no"
        for _twice in range(2):
            self._take(path, self.kin, words="Too quick.")
        said = self.env["dupq.choice"].search([("taken_by", "=", "circle")])
        said = said.filtered(lambda choice: choice.person_id == self.person)
        self.assertRecordValues(
            said,
            [
                {
                    "state": "answered",
                    "answer": "no",
                    "words": "Too quick.",
                    "circle_member_id": self.sister.id,
                    "stage": self.choice.stage,
                }
            ],
        )
        self.assertEqual(self.choice.state, "asked")
        self._take(f"{self.choice.id}/yes")
        self.assertEqual(self.choice.answer, "yes")
        self.assertEqual(said.answer, "no")

    def test_sister_may_speak_after_the_person(self):
        self._take(f"{self.choice.id}/yes")
        self._take(f"{self.choice.id}/no", self.kin)
        said = self.env["dupq.choice"].search(
            [("circle_member_id", "=", self.sister.id)]
        )
        self.assertEqual(said.answer, "no")

    def test_to_look_keeps_nothing(self):
        self._pages()
        self.assertEqual(self.choice.state, "asked")
        self.assertFalse(self.choice.answer)

    def test_answer_sent_twice_is_kept_once(self):
        path = f"{self.choice.id}/yes"
        self._take(path, words="First.")
        self.assertEqual(self._take(path, words="Second."), "thanks")
        self.assertEqual(self.choice.words, "First.")

    def test_refused_file_loses_no_word(self):
        page = self._take(
            f"{self.choice.id}/not_sure",
            words="Long story",
            supporter_name="A friend",
            errors={"file": "This file is too big."},
        )
        self.assertEqual(page["values"]["words"], "Long story")
        self.assertEqual(page["values"]["supporter_name"], "A friend")
        self.assertEqual(
            page["values"]["errors"],
            [{"field": "file", "message": "This file is too big."}],
        )
        self.assertEqual(self.choice.state, "asked")

    def test_recording_needs_consent(self):
        upload = accept(io.BytesIO(VOICE))
        path = f"{self.choice.id}/yes"
        self.assertFalse(self._page(path)["values"]["may_send_file"])
        page = self._take(path, files=[upload])
        self.assertIn("may not keep", page["values"]["errors"][0]["message"])
        self._consent(self.person, "recording")
        self.assertTrue(self._page(path)["values"]["may_send_file"])
        self.assertEqual(self._take(path, files=[upload]), "thanks")
        kept = self.choice.attachment_id
        self.assertEqual(kept.mimetype, "audio/ogg")
        self.assertFalse(kept.public)
        self.assertEqual((kept.res_model, kept.res_id), ("dupq.choice", self.choice.id))

    def test_recording_is_read_by_who_may_read_the_answer(self):
        self._consent(self.person, "recording")
        upload = accept(io.BytesIO(VOICE))
        self._take(f"{self.choice.id}/yes", files=[upload])
        kept = self.choice.attachment_id
        self.assertTrue(kept.with_user(self.user_worker).has_access("read"))
        for user in (self.user_portal, self.user_board, self.user_internal):
            self.assertFalse(kept.with_user(user).has_access("read"), user.login)

    def test_after_the_last_one_there_is_nothing_left(self):
        second = self._create_choice(self.other)
        self._take(f"{self.choice.id}/yes")
        page = self._page("thanks")
        self.assertEqual(page["values"]["left"], 1)
        self.assertEqual(page["values"]["next_url"], f"/my/x/{second.id}")
        self._take(f"{second.id}/no")
        self.assertEqual(self._page("thanks")["values"]["left"], 0)

    def test_seats_are_the_person_and_whom_they_want(self):
        people = self.env["dupq.person"]

        def seats(user):
            return [(p.id, m.id) for p, m in people._get_seats(user, "choosing")]

        self.person.user_id = self.user_portal
        self.assertEqual(seats(self.user_portal), [(self.person.id, False)])
        self.assertEqual(seats(self.user_sister), [(self.person.id, self.sister.id)])
        self.assertEqual(seats(self.user_manager), [])
        self.sister.helps_choose = False
        self.assertEqual(seats(self.user_sister), [])
        self.sister.helps_choose = True
        self.sister.action_withdraw()
        self.assertEqual(seats(self.user_sister), [])
