import io
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..controllers.portal import get_seats, list_page
from ..guests import Guest
from ..uploads import accept
from .common_guest import VOICE, GuestCommon
from .test_staff_feedback import FeedbackCommon

# What each template is given, besides the frame and the token of its forms.
KEYS = {
    "dupq_code.feedback_start": {"for_name", "staff"},
    "dupq_code.feedback_question": {"name", "photo", "question", "answers", "stop_url"},
    "dupq_code.feedback_why": {
        "name",
        "answer",
        "works",
        "works_not",
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
    "dupq_code.asked_list": {"groups"},
}
INNER_KEYS = {
    "staff": {"name", "question", "url"},
    "answers": {"key", "label", "picture", "url"},
    "answer": {"key", "label", "picture"},
    "errors": {"field", "message"},
    "groups": {"title", "picture", "for_name", "questions"},
    "questions": {"question", "label", "url"},
}


class FeedbackPagesCommon(GuestCommon, FeedbackCommon):
    _keys = KEYS
    _inner_keys = INNER_KEYS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls._agree(cls.sister)
        cls.consent = cls._consent(cls.person, "feedback")
        cls.employee.write({"name": "Robin Example", "work_phone": "020 7946 0000"})
        cls.feedback = cls._create_feedback(date_due=cls.today + timedelta(days=9))
        cls.myself = Guest("feedback", "/my/x", signed_in=True)
        cls.kin = Guest("feedback", "/invitation/t", circle_member_id=cls.sister.id)

    def _said_by(self, member):
        return self.env["dupq.staff.feedback"].search(
            [("circle_member_id", "=", member.id)]
        )


@tagged("post_install", "-at_install")
class TestFeedbackPages(FeedbackPagesCommon):
    def _pages(self, guest=None):
        return self._pages_of(self.feedback, guest)

    def _all_pages(self):
        """Every page there is, in every state it has."""
        self._consent(self.person, "recording")
        self._create_choice()
        pages = [
            *self._pages(),
            *self._pages(self.kin),
            self._take(f"{self.feedback.id}/no", errors={"file": "Too big."}),
            list_page(self.env, get_seats(self.env, self.user_sister)),
            list_page(self.env, []),
        ]
        self.feedback.action_cancel()
        return [*pages, self._page("")]

    def test_each_template_is_told_exactly_this(self):
        self.assertToldExactly(self._all_pages())

    def test_pages_are_easy_read(self):
        self.assertEasyRead(self._all_pages())

    def test_of_an_employee_the_first_name_is_told_and_no_more(self):
        shown = "".join(map(self._render, self._all_pages()))
        self.assertIn("Robin", shown)
        for secret in ("Robin Example", "7946", "Line Boss", "robation"):
            self.assertNotIn(secret, shown)

    def test_photograph_is_shown_only_when_the_employee_agreed(self):
        self.employee.image_1920 = self._draw_photo()
        path = str(self.feedback.id)
        self.assertEqual(self._page(path)["values"]["photo"], "")
        self.employee.dupq_photo_agreed = True
        self.assertTrue(self._page(path)["values"]["photo"].startswith("data:image/"))
        self.assertIn("Photograph of Robin", self._render(self._page(path)))

    def test_nothing_is_asked_without_the_persons_consent(self):
        self.consent.action_withdraw()
        path = str(self.feedback.id)
        for guest in (self.myself, self.kin):
            self.assertEqual(self._page("", guest)["values"]["staff"], [])
            self.assertIsNone(self._page(path, guest))
            self._take(f"{path}/yes", guest, works="Sings.")
        self.assertEqual(self.feedback.state, "asked")
        self.assertFalse(self._said_by(self.sister))

    def test_nobody_is_asked_about_themselves_or_who_is_gone(self):
        self.employee.user_id = self.user_sister
        self.assertFalse(self._page("", self.kin)["values"]["staff"])
        self.assertTrue(self._page("")["values"]["staff"])
        self.person.user_id = self.user_sister
        self.assertFalse(self._page("")["values"]["staff"])
        self.person.user_id = False
        self.employee.active = False
        self.assertFalse(self._page("")["values"]["staff"])

    def test_there_is_no_page_but_those(self):
        stranger = self._create_person()
        foreign = self._create_feedback(person_id=stranger.id)
        number = self.feedback.id
        for path in ("x", "0", str(foreign.id), f"{number}/maybe", f"{number}/yes/no"):
            self.assertIsNone(self._page(path), path)
        self.assertIsNone(self._take("stop"))

    def test_list_names_all_that_is_asked_and_for_whom(self):
        self._create_choice(self.walker)
        groups = list_page(self.env, get_seats(self.env, self.user_sister))["values"][
            "groups"
        ]
        self.assertEqual(
            [(g["title"], g["for_name"], len(g["questions"])) for g in groups],
            [
                ("Choosing staff", "Jane Example", 1),
                ("How are your staff doing?", "Jane Example", 1),
            ],
        )
        self.sister.gives_feedback = False
        seats = get_seats(self.env, self.user_sister)
        self.assertEqual([guest.purpose for guest, *_rest in seats], ["choosing"])
        self.sister.action_withdraw()
        self.assertFalse(get_seats(self.env, self.user_sister))


@tagged("post_install", "-at_install")
class TestFeedbackAnswers(FeedbackPagesCommon):
    def test_person_answers_with_somebodys_help(self):
        path = f"{self.feedback.id}/yes"
        self.assertEqual(
            self._take(path, works="Waits.", works_not="", supporter_name="A friend"),
            "thanks",
        )
        self.assertRecordValues(
            self.feedback,
            [
                {
                    "state": "answered",
                    "go_on": "yes",
                    "works": "Waits.",
                    "works_not": False,
                    "taken_by": "person",
                    "supporter_name": "A friend",
                    "circle_member_id": False,
                    "recorded_by_id": False,
                    "date": self.today,
                }
            ],
        )

    def test_a_big_answer_alone_is_an_answer(self):
        self._take(f"{self.feedback.id}/no")
        self.assertEqual((self.feedback.state, self.feedback.go_on), ("answered", "no"))

    def test_sister_speaks_beside_the_person_for_the_same_review(self):
        path = f"{self.feedback.id}/not_sure"
        for _twice in range(2):
            self._take(path, self.kin, works_not="Is late.")
        self.assertEqual(self.feedback.state, "asked", "Jane is still asked.")
        self.assertRecordValues(
            self._said_by(self.sister),
            [
                {
                    "state": "answered",
                    "taken_by": "circle",
                    "works_not": "Is late.",
                    "kind": self.feedback.kind,
                    "date_due": self.feedback.date_due,
                    "employee_id": self.employee.id,
                }
            ],
        )
        self.assertFalse(self._page("", self.kin)["values"]["staff"])
        self._take(f"{self.feedback.id}/yes")
        self.assertEqual(self.feedback.go_on, "yes")

    def test_the_next_review_asks_the_sister_anew_and_one_put_off_does_not(self):
        self._take(f"{self.feedback.id}/yes", self.kin)
        self.feedback.date_due += timedelta(days=20)
        self.assertFalse(self._page("", self.kin)["values"]["staff"])
        tomorrow = self.today + timedelta(days=1)
        self._create_feedback(date_asked=tomorrow, date_due=tomorrow)
        self.assertEqual(len(self._page("", self.kin)["values"]["staff"]), 1)

    def test_two_reviews_of_one_employee_are_one_question(self):
        self._consent(self.person, "recording")
        second = self._create_feedback(kind="appraisal", date_due=self.today)
        upload = accept(io.BytesIO(VOICE))
        for guest in (self.kin, self.myself):
            [shown] = self._page("", guest)["values"]["staff"]
            path = f"{self.feedback.id}/yes"
            self.assertEqual(shown["url"], guest.url(self.feedback.id))
            self._take(path, guest, works="Sings.", files=[upload])
            self.assertFalse(self._page("", guest)["values"]["staff"])
        both = self.feedback | second
        self.assertEqual(both.mapped("state"), ["answered"] * 2)
        self.assertEqual(both.mapped("works"), ["Sings."] * 2)
        self.assertEqual(len(both.attachment_id), 1, "A recording is kept once.")
        said = self._said_by(self.sister)
        self.assertEqual(set(said.mapped("kind")), {"probation", "appraisal"})

    def test_sister_may_speak_after_the_person_until_the_review(self):
        self._take(f"{self.feedback.id}/yes")
        self.assertTrue(self._page("", self.kin)["values"]["staff"])
        later = self._create_feedback(date_due=self.today - timedelta(days=1))
        self._say(later)
        asked = self.env["dupq.staff.feedback"]._search_open_for(
            self.person, self.sister.id
        )
        self.assertEqual(asked, self.feedback)

    def test_wish_taken_back_a_minute_ago_is_refused(self):
        page = self._page(str(self.feedback.id), self.kin)
        self.assertTrue(page)
        self.sister.gives_feedback = False
        self.assertRefused(
            self._take, "does not want them", f"{self.feedback.id}/yes", self.kin
        )
        self.assertFalse(self._said_by(self.sister))

    def test_refused_file_loses_no_word(self):
        typed = {"works": "Long story", "works_not": "A", "supporter_name": "A friend"}
        page = self._take(
            f"{self.feedback.id}/no", errors={"file": "This is too big."}, **typed
        )
        self.assertEqual(
            {name: page["values"][name] for name in typed}, typed, "Kept as typed."
        )
        self.assertEqual(self.feedback.state, "asked")

    def test_voice_needs_consent_and_never_reaches_the_employee(self):
        upload = accept(io.BytesIO(VOICE))
        path = f"{self.feedback.id}/yes"
        page = self._take(path, files=[upload])
        self.assertIn("may not keep", page["values"]["errors"][0]["message"])
        self._consent(self.person, "recording")
        self.assertEqual(self._take(path, files=[upload]), "thanks")
        kept = self.feedback.attachment_id
        self.assertEqual(
            (kept.res_model, kept.res_id, kept.public),
            ("dupq.staff.feedback", self.feedback.id, False),
        )
        self.feedback.with_user(self.user_manager).action_share()
        for user in (self.user_manager, self.user_hr):
            self.assertEqual(kept.with_user(user).raw, VOICE)
            self.assertIn(
                str(kept.id), self.feedback.with_user(user).action_open_file()["url"]
            )
        for user in (
            self.user_internal,
            self.user_line,
            self.user_worker,
            self.user_portal,
        ):
            self.assertFalse(kept.with_user(user).has_access("read"), user.login)
            self.assertRefused(
                self.feedback.with_user(user).action_open_file, "", error=AccessError
            )
        shared = self.env["dupq.staff.feedback.shared"].with_user(self.user_internal)
        [values] = shared.search([("employee_id", "=", self.employee.id)]).read()
        self.assertNotIn("attachment_id", values)

    def test_voice_is_found_by_erasure(self):
        self._consent(self.person, "recording")
        self._take(f"{self.feedback.id}/yes", files=[accept(io.BytesIO(VOICE))])
        kept = self.feedback.attachment_id
        self.person.with_user(self.user_manager)._erase("asked")
        self.assertFalse(kept.exists())
        self.assertEqual(
            (self.feedback.state, self.feedback.go_on), ("answered", "yes")
        )
