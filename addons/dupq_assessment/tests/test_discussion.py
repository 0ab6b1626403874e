from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .session_common import SessionCommon


@tagged("post_install", "-at_install")
class TestDiscussion(SessionCommon):
    def setUp(self):
        super().setUp()
        self.room = self.env["dupq.assessment.discussion"].with_user(self.user_worker)

    def _say(self, key, room=None, **values):
        item = {
            "kind": "voice",
            "key": key,
            "question_id": self.questions[0].id,
            "group_id": self.people.id,
            "words": "I like Fridays",
            **values,
        }
        return (self.room if room is None else room).save(self.session.id, item)

    def _note(self, key, room=None, **values):
        item = {"kind": "note", "key": key, "text": "Fridays are liked", **values}
        return (self.room if room is None else room).save(self.session.id, item)

    def test_it_shows_questions_people_and_nothing_said_yet(self):
        data = self.room.get_discussion(self.session.id)
        self.assertEqual(data["session"]["assessment"], self.assessment.name)
        self.assertTrue(data["session"]["is_open"])
        self.assertEqual(
            [question["id"] for question in data["questions"]], self.questions.ids
        )
        self.assertEqual(
            [line["number"] for line in data["news"]["attendance"]], [3, 2]
        )
        self.assertEqual(data["news"]["items"], [])

    def test_a_question_of_the_code_comes_with_easy_read_and_a_picture(self):
        question = self.env.ref("dupq_code.dupq_code_question_a2_q2")
        (shown,) = self.room._describe_questions(question)
        self.assertEqual(shown["easy_read"], "How do we help you to make friends?")
        self.assertEqual(shown["picture"], "people-hugging")
        self.assertEqual(shown["text"], question.text)

    def test_every_question_of_the_code_has_easy_read_of_short_sentences(self):
        code = self.env.ref("dupq_code.dupq_code_duq")
        for question in code.area_ids.question_ids:
            self.assertTrue(question.easy_read, question.reference)
            for sentence in question.easy_read.replace("?", ".").split("."):
                self.assertLessEqual(len(sentence.split()), 15, question.reference)

    def test_what_is_said_is_kept_with_all_that_belongs_to_it(self):
        self._say("k1", feeling="good", consent="yes")
        voice = self.session.voice_ids
        self.assertEqual(voice.create_uid, self.user_worker)
        self.assertEqual(
            (voice.channel, voice.service_id, voice.area_id, voice.consent),
            ("session", self.service, self.areas[0], "yes"),
        )
        self.assertEqual(voice.date_consent, self.today)

    def test_sent_twice_it_is_kept_once(self):
        for _try in range(2):
            self._say("k1")
            self._note("k2")
        self.assertEqual((self.session.voice_count, self.session.note_count), (1, 1))

    def test_others_see_it_and_count_it(self):
        self.session.facilitator_ids |= self.user_manager
        self._say("k1")
        self._note("k2", question_id=self.questions[0].id, is_working="working")
        news = self.room.with_user(self.user_manager).get_news(self.session.id)
        self.assertEqual(news["counts"], [[self.questions[0].id, self.people.id, 1]])
        voice, note = news["items"]
        self.assertEqual((voice["key"], voice["words"]), ("k1", "I like Fridays"))
        self.assertEqual((note["key"], note["author"]), ("k2", self.user_worker.name))

    def test_nothing_new_is_said_in_a_word(self):
        self._say("k1")
        stamp = self.room.get_news(self.session.id)["stamp"]
        same = self.room.get_news(self.session.id, stamp)
        self.assertEqual(same, {"stamp": stamp})
        changes = (
            lambda: self._note("k2"),
            lambda: self.room.set_attendance(self.session.id, self.people.id, 9),
            self.session.voice_ids.unlink,
        )
        for change in changes:
            change()
            news = self.room.get_news(self.session.id, stamp)
            self.assertIn("items", news)
            stamp = news["stamp"]

    def test_the_number_of_queries_does_not_grow_with_what_was_said(self):
        def count():
            return self._count_queries(lambda: self.room.get_news(self.session.id))

        self._say("k")
        self._note("n")
        few = count()
        for number in range(30):
            self._say(f"k{number}", question_id=self.questions[number % 2].id)
            self._note(f"n{number}", question_id=self.questions[number % 2].id)
        self.assertLessEqual(count(), few)

    def test_nothing_but_what_a_screen_may_send_is_kept(self):
        self._say("k1", channel="portal", is_printed=True, is_anonymised=True)
        voice = self.session.voice_ids
        self.assertEqual(voice.channel, "session")
        self.assertFalse(voice.is_printed or voice.is_anonymised)

    def test_who_does_not_lead_it_reads_along_and_writes_nothing(self):
        self.session.facilitator_ids = self.user_manager
        data = self.room.get_discussion(self.session.id)
        self.assertFalse(data["session"]["is_open"])
        for send in (self._say, self._note):
            with self.assertRaises(AccessError), self.cr.savepoint():
                send("k1")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.room.set_attendance(self.session.id, self.people.id, 9)

    def test_who_is_of_another_service_is_not_told_that_it_exists(self):
        other = self._create_user("stranger", "support_worker")
        room = self.room.with_user(other)
        self.assertEqual(
            room.get_discussion(self.session.id), {"session": False, "sessions": []}
        )
        for call in (room.get_news, lambda one: self._note("k", room)):
            with self.assertRaises(AccessError), self.cr.savepoint():
                call(self.session.id)

    def test_board_members_read_along(self):
        data = self.room.with_user(self.user_board).get_discussion(self.session.id)
        self.assertFalse(data["session"]["is_open"])

    def test_without_a_discussion_mine_come_first(self):
        theirs = self._create_session(facilitator_ids=self.user_manager.ids)
        theirs.date = self.session.date.replace(year=2020)
        data = self.room.get_discussion()
        self.assertEqual(
            [one["id"] for one in data["sessions"]], [self.session.id, theirs.id]
        )

    def test_who_is_here_is_set_and_set_again(self):
        self.room.set_attendance(self.session.id, self.people.id, 5)
        self.room.set_attendance(self.session.id, self.staff.id, 1)
        news = self.room.set_attendance(self.session.id, self.families.id, 0)
        self.assertEqual(
            {line["group_id"]: line["number"] for line in news["attendance"]},
            {self.people.id: 5, self.staff.id: 1},
        )

    def test_a_completed_assessment_says_so_and_keeps_nothing(self):
        self._fill(self.assessment)
        self.assessment._take("complete")
        self.assertRefused(lambda: self._say("k1"), "is completed", error=UserError)
        self.assertFalse(self.session.voice_ids)

    def test_a_voice_without_anything_is_refused(self):
        self.assertRefused(
            lambda: self._say("k1", words=""), "Write", error=ValidationError
        )

    def test_markup_stays_text(self):
        self._say("k1", words="<img src=x onerror=alert(1)>")
        (item,) = self.room.get_news(self.session.id)["items"]
        self.assertEqual(item["words"], "<img src=x onerror=alert(1)>")
