import re
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .saying_common import SayingCommon


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

    def test_erasing_a_person_reaches_what_they_said_by_a_link(self):
        self.user_portal.email = "One@example.com"
        person = self.env["dupq.person"].create(
            {
                "preferred_name": "Robin",
                "user_id": self.user_portal.id,
                "stay_ids": [Command.create({"service_id": self.service.id})],
            }
        )
        of_people = self.line.copy({"group_id": self.people.id, "partner_id": False})
        lines = {"Robin said it": of_people, "A relative said it": self.line}
        said = {}
        for words, line in lines.items():
            link = self._invite(line, email="one@example.com")
            guest = self._prepare_guest(invitation_id=link.id)
            form = {"question": str(self.first.id), "files": [], "errors": {}}
            line.sudo()._take_invitation_answers(
                guest, "0/thanks", {**form, "words": words}
            )
            said[line] = (link, self._get_voices()[-1])
        self.line.write({"partner_id": False})
        account = self._prepare_guest(
            invitation_id=None, partner_id=self.user_portal.partner_id.id
        )
        self._send("0/thanks", account, words="In my account")
        in_account = self._get_voices()[-1]
        person.with_user(self.user_administrator)._erase("asked")
        self.env.invalidate_all()
        link, voice = said[of_people]
        self.assertFalse(voice.words)
        self.assertEqual(link.sudo().email, "Erased")
        self.assertFalse(in_account.words)
        link, voice = said[self.line]
        self.assertEqual(voice.words, "A relative said it", "at the same address")
        self.assertEqual(link.sudo().email, "one@example.com")

    def test_a_link_and_an_answer_ask_little(self):
        invitations = self.env["dupq.invitation"]
        token = self._read_token(self.invitation)
        self._send("e", answer="good")

        def ask():
            found_sudo, reason = invitations._look_up(token)
            self.assertFalse(reason)
            line_sudo = found_sudo._get_target()
            line_sudo._take_invitation_answers(
                self.guest,
                f"e/{self.third.id}",
                {
                    "question": str(self.second.id),
                    "files": [],
                    "errors": {},
                    "answer": "good",
                    "consent": "yes",
                },
            )
            self.env.flush_all()

        for _warm in range(2):
            ask()
        self._get_voices()[-1:].unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        # Two for the link; what it is part of, its areas, what was said before, whose
        # the service and nobody are, the hour, and keeping it.
        with self.assertQueryCount(9):
            ask()

    def test_a_link_to_what_is_gone_is_closed(self):
        token = self._read_token(self.invitation)
        self.env.flush_all()
        # By SQL: through the ORM a link goes with what it is for.
        self.env.cr.execute(
            "UPDATE dupq_invitation SET res_id = 0 WHERE id = %s",
            [self.invitation.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.invitation.sudo()._get_target())
        self.assertEqual(self.env["dupq.invitation"]._look_up(token)[1], "closed")

    def test_erasing_reaches_the_words_of_nobody_else(self):
        """Neither of others in the same line, nor of whoever looks after a record."""
        partner = self.user_portal.partner_id
        self._send("0/thanks", words="One of the household")
        voice = self._get_voices()
        person = self.env["dupq.person"].create(
            {
                "preferred_name": "Robin",
                "user_id": self.user_portal.id,
                "stay_ids": [Command.create({"service_id": self.service.id})],
            }
        )
        eraser = self.env["dupq.eraser"]
        for planned, actual, is_found in ((1, 1, True), (2, 1, False), (1, 2, False)):
            self.line.write({"planned": planned, "typed_count": actual})
            self.env.flush_all()
            self.assertEqual(self.line.actual, actual)
            found = eraser._find_voices(person)
            self.assertEqual(found, voice if is_found else voice[:0])
        voice.write({"partner_id": partner.id})
        self.assertEqual(eraser._find_voices(person), voice)
        applicant = self.env["hr.applicant"].create(
            {"partner_name": "Somebody else", "user_id": self.user_portal.id}
        )
        self.assertFalse(eraser._find_voices(applicant))

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

    def _prepare_wizard(self, **values):
        return self.env["dupq.assessment.invite"].create(
            {"participant_id": self.line.id, "emails": "a@example.com", **values}
        )

    def test_links_that_cannot_work_are_not_sent(self):
        many = " ".join(f"p{number}@example.com" for number in range(501))
        yesterday = self.today - timedelta(days=1)
        for values, words in (
            ({"date_end": yesterday}, "over already"),
            ({"emails": many}, "at most 500"),
        ):
            wizard = self._prepare_wizard(**values)
            self.assertRefused(wizard.action_send, words)

    def test_whose_link_was_closed_gets_a_new_one(self):
        self.invitation._take("revoke", reason="Lost")
        wizard = self._prepare_wizard(emails="kin@example.com")
        told = wizard.action_send()["params"]["message"]
        self.assertIn("Links on their way: 1", told)
        self.assertNotIn("Have a link", told)

    def test_nobody_is_reminded_of_a_link_for_many(self):
        self._prepare_wizard(kind="group").action_send()
        links = self.line.env["dupq.invitation"].search(
            [("participant_id", "=", self.line.id), ("kind", "=", "group")]
        )
        self.assertEqual(links.mapped("date_remind"), [False])

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

    def test_nobody_is_reminded_before_the_day_nor_after_the_last_one(self):
        today = self.env.company._get_today()
        tomorrow, yesterday = (today + timedelta(days=days) for days in (1, -1))
        early = self._invite(email="e@example.com", date_remind=tomorrow).sudo()
        late = self._invite(email="l@example.com", date_remind=yesterday).sudo()
        late.date_end = yesterday
        before = [self._read_token(one) for one in (early, late)]
        self.env["dupq.invitation"].sudo()._cron_remind()
        self.assertEqual([self._read_token(one) for one in (early, late)], before)

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
