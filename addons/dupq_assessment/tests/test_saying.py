import re

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.dupq_code.guests import Guest

from ..saying import Saying
from .assessment_common import AssessmentCommon

NOBODY = "base.public_user"


@tagged("post_install", "-at_install")
class SayingCommon(AssessmentCommon):
    """A family line of a self-assessment with three questions, and its pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = cls.env["dupq.code.question"]
        cls.first, cls.second, cls.third = questions.create(
            [
                {"area_id": area.id, "text": text, "easy_read": easy}
                for area, text, easy in (
                    (cls.areas[0], "How do you decide?", "Do you decide?"),
                    (cls.areas[0], "How do you hear people?", False),
                    (cls.areas[1], "Who leads?", False),
                )
            ]
        )
        cls.assessment = cls._create_assessment()
        cls.assessment._take("start")
        cls.line = cls.env["dupq.assessment.participant"].create(
            {
                "assessment_id": cls.assessment.id,
                "group_id": cls.families.id,
                "planned": 6,
                "partner_id": cls.user_portal.partner_id.id,
            }
        )
        cls.invitation = cls._invite()
        cls.guest = cls._prepare_guest()

    @classmethod
    def _invite(cls, line=None, email="kin@example.com", **values):
        return cls.env["dupq.invitation"]._invite(
            line or cls.line, "self_assessment", email, **values
        )

    @classmethod
    def _prepare_guest(cls, **values):
        values.setdefault("invitation_id", cls.invitation.id)
        return Guest(purpose="self_assessment", base_url="/x", **values)

    def _look(self, path, guest=None):
        return self.line.sudo()._get_invitation_page(guest or self.guest, path)

    def _send(self, path, guest=None, question=None, errors=None, **answers):
        form = {
            "question": str((question or self.first).id),
            "files": [],
            "errors": errors or {},
            **answers,
        }
        return self.line.sudo()._take_invitation_answers(
            guest or self.guest, path, form
        )

    def _get_voices(self):
        return self.env["dupq.voice"].search(
            [("assessment_id", "=", self.assessment.id)], order="id"
        )


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
        self.assertEqual(self._send("0/thanks", words="Late"), "0")
        voice = self._get_voices().filtered(lambda one: one.words == "Print me")
        path = self._send("0/mine", voice=str(voice.id))
        self.assertEqual(path, "0/mine")
        self.assertEqual(voice.consent, "withdrawn")
        self.assertEqual(voice.write_uid, self.env.ref(NOBODY))

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
            found = []
            for _time in range(3):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._look("0/all")
                found.append(self.env.cr.sql_log_count - before)
            return min(found)

        before = cost()
        self.env["dupq.code.question"].create(
            [{"area_id": self.areas[1].id, "text": f"No {n}"} for n in range(50)]
        )
        self.assertLessEqual(cost(), before)


@tagged("post_install", "-at_install")
class TestNameless(SayingCommon):
    def test_without_a_name_nothing_leads_to_anybody(self):
        guests = (
            self.guest,
            self._prepare_guest(
                invitation_id=None,
                partner_id=self.user_portal.partner_id.id,
                signed_in=True,
            ),
        )
        for guest in guests:
            line = self.line.with_user(self.user_portal).sudo()
            line._take_invitation_answers(
                guest,
                "0/thanks",
                {
                    "question": str(self.first.id),
                    "files": [],
                    "errors": {},
                    "words": "Nobody knows",
                    "nameless": "1",
                },
            )
        voices = self._get_voices()
        self.assertEqual(len(voices), 2)
        self.env.cr.execute("SELECT * FROM dupq_voice WHERE id = %s", [voices[1].id])
        row = self.env.cr.dictfetchone()
        telling = {self.user_portal.id, self.user_portal.partner_id.id, self.line.id}
        for name, value in row.items():
            if name.endswith(("uid", "partner_id", "participant_id")):
                self.assertNotIn(value, telling, name)
        self.assertFalse(row["invitation_id"])
        for name in ("create_date", "write_date"):
            hour = (row[name].hour, row[name].minute, row[name].second)
            self.assertEqual(hour, (0, 0, 0), name)
        self.assertGreaterEqual(row["write_date"], row["create_date"])

    def test_what_looks_for_changes_still_finds_it(self):
        since = self.env.cr.now()
        self._send("0/thanks", words="Later", nameless="1")
        found = self.env["dupq.voice"].search(
            [("write_date", ">=", since), ("words", "=", "Later")]
        )
        self.assertTrue(found)

    def test_nobody_names_afterwards_who_did_not_want_it(self):
        self._send("0/thanks", words="Nobody knows", nameless="1")
        voice = self._get_voices()
        for name, value in (
            ("partner_id", self.user_portal.partner_id.id),
            ("participant_id", self.line.id),
        ):
            with self.assertRaises(ValidationError):
                voice.with_user(self.user_quality)[name] = value
                self.env.flush_all()
            self.env.invalidate_all()

    def test_a_group_link_does_not_say_when_it_was_first_used(self):
        link = self._invite(kind="group").sudo()
        self.assertIsNone(link.with_user(self.user_worker).sudo()._bind())
        self.assertEqual(link.state, "used")
        log = link.workflow_log_ids.filtered(lambda one: one.transition == "bind")
        self.assertNotEqual(log.user_id, self.user_worker)
        self.assertNotEqual(link.write_uid, self.user_worker)
        for moment in (log.date, link.write_date):
            self.assertEqual((moment.hour, moment.minute, moment.second), (0, 0, 0))


@tagged("post_install", "-at_install")
class TestHeard(SayingCommon):
    def test_ratings_of_a_group_come_from_what_its_people_said(self):
        low, middle, high = self.scale.level_ids
        for level in (low, middle, middle):
            self._send("0/thanks", answer=str(level.id), nameless="1")
        self._send("0/thanks", question=self.second, answer=str(low.id), nameless="1")
        self._send("0/thanks", question=self.third, answer=str(high.id), nameless="1")
        # On a card there are three answers, and no scale.
        self.env["dupq.voice"].create(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.people.id,
                "area_id": self.areas[1].id,
                "feeling": "not_yet",
                "channel": "card",
            }
        )
        self.assessment.with_user(self.user_manager).action_rate_by_voices()
        found = {
            (one.area_id, one.perspective_id): (one.level_id, one.number)
            for one in self.assessment.perspective_rating_ids
        }
        self.assertEqual(
            found,
            {
                (self.areas[0], self.families): (low, 3),
                (self.areas[1], self.families): (high, 1),
                (self.areas[1], self.people): (low, 1),
            },
        )

    def test_a_rating_by_hand_stays(self):
        low, _middle, high = self.scale.level_ids
        rating = self.env["dupq.assessment.rating"].create(
            {
                "assessment_id": self.assessment.id,
                "area_id": self.areas[0].id,
                "perspective_id": self.families.id,
                "level_id": high.id,
            }
        )
        self._send("0/thanks", answer=str(low.id))
        self.assessment.action_rate_by_voices()
        self.assertEqual(rating.level_id, high)
        rating.unlink()
        self.assessment.action_rate_by_voices()
        self._send("0/thanks", answer=str(high.id))
        self.assessment.action_rate_by_voices()
        self.assertEqual(self.assessment.perspective_rating_ids.level_id, high)


@tagged("post_install", "-at_install")
class TestSelfAssessmentLink(SayingCommon):
    def _read_mail(self, invitation):
        return str(invitation.sudo().mail_ids[-1:].body_html)

    def _read_token(self, invitation):
        mail = self._read_mail(invitation)
        return re.search(r"/invitation/([\w-]{40,})", mail).group(1)

    def test_no_person_supported_is_needed(self):
        self.assertFalse(self.invitation.person_id)
        self.assertEqual(self.invitation.company_id, self.assessment.company_id)
        self.assertEqual(self.invitation.participant_id, self.line)
        self.assertIn("no password", self._read_mail(self.invitation))

    def test_link_opens_until_it_is_closed_or_over(self):
        invitations = self.env["dupq.invitation"]
        token = self._read_token(self.invitation)
        self.assertTrue(invitations._look_up(token)[0])
        self.invitation.with_user(self.user_manager)._take("revoke", reason="Wrong")
        self.assertEqual(invitations._look_up(token)[1], "closed")

    def test_nobody_is_invited_once_it_is_completed(self):
        self._fill(self.assessment)._take("complete")
        self.assertRefused(self._invite, "nobody is asked any more", email="c@d.org")
        self.assertRefused(self.invitation.action_renew, "nobody is asked any more")

    def test_who_manages_it_invites_and_sees_whom(self):
        by_role = {"manager": "ru", "quality": "ru", "admin": "ru"}
        self.assertRecordTable({self.invitation: by_role})
        self.assertEqual(
            self.invitation.with_user(self.user_manager).recipient, "kin@example.com"
        )
        for user in (self.user_worker, self.user_board, self.user_portal):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.env["dupq.invitation"].with_user(user)._invite(
                    self.line.with_user(user), "self_assessment", "x@example.com"
                )

    def test_staff_get_a_link_and_speak_only_for_themselves(self):
        self.user_worker.email = "worker@example.com"
        self.assertRefused(
            self._invite, "would answer for them", email="worker@example.com"
        )
        staff = self.line.copy({"group_id": self.staff.id})
        self.assertTrue(self._invite(staff, email="worker@example.com"))

    def test_many_are_invited_at_once_each_with_a_link_of_their_own(self):
        self.user_worker.email = "worker@example.com"
        contact = self.env["res.partner"].create(
            {"name": "Team", "email": "Team@Example.com"}
        )
        wizard = (
            self.env["dupq.assessment.invite"]
            .with_user(self.user_manager)
            .create(
                {
                    "participant_id": self.line.id,
                    "partner_ids": [Command.set(contact.ids)],
                    "emails": "a@example.com; b@example.com\na@example.com,"
                    "kin@example.com worker@example.com",
                }
            )
        )
        self.assertEqual(wizard.number, 5)
        told = wizard.action_send()["params"]["message"]
        sent = self.line.env["dupq.invitation"].search(
            [("participant_id", "=", self.line.id)]
        )
        emails = sorted(sent.sudo().mapped("email"))
        self.assertEqual(
            emails,
            ["a@example.com", "b@example.com", "kin@example.com", "team@example.com"],
        )
        self.assertIn("Links on their way: 3", told)
        self.assertIn("Have a link that works already: 1", told)
        self.assertIn("worker@example.com", told)
        mails = sent.sudo().mail_ids
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertEqual(len({self._read_token(one) for one in sent}), 4)

    def test_addresses_that_are_none_are_named(self):
        wizard = self.env["dupq.assessment.invite"].create(
            {"participant_id": self.line.id, "emails": "nobody, a@example.com"}
        )
        self.assertRefused(wizard.action_send, "nobody")
        wizard.emails = ""
        self.assertRefused(wizard.action_send, "one e-mail address")

    def test_who_has_not_opened_it_is_reminded_once(self):
        yesterday = self.env.company._get_today()
        opened = self._invite(email="o@example.com", date_remind=yesterday).sudo()
        opened._bind()
        waiting = self._invite(email="w@example.com", date_remind=yesterday).sudo()
        before = {one: self._read_token(one) for one in (opened, waiting)}
        self.env["dupq.invitation"].sudo()._cron_remind()
        self.assertEqual(self._read_token(opened), before[opened])
        self.assertNotEqual(self._read_token(waiting), before[waiting])
        self.assertFalse(waiting.date_remind)
        again = self._read_token(waiting)
        self.env["dupq.invitation"].sudo()._cron_remind()
        self.assertEqual(self._read_token(waiting), again)
        self.assertRefused(opened.action_remind, "Nobody needs reminding")

    def test_choosing_still_needs_a_person(self):
        self.assertBroken(
            self.env["dupq.invitation"].sudo().create,
            {
                "purpose": "choosing",
                "res_model": "dupq.person",
                "res_id": 1,
                "company_id": self.env.company.id,
                "email": "x@example.com",
                "date_end": self.today,
            },
        )

    def test_paths_say_how_somebody_wants_it(self):
        self.assertEqual(Saying.parse("eyn/12").at("stop"), "eyn/stop")
