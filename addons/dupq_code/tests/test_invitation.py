from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from .common_invitation import InvitationCommon


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCommon):
    def _look_up(self, token):
        self.env.invalidate_all()
        return self.env["dupq.invitation"]._look_up(token)

    def test_link_is_kept_as_a_hash_only(self):
        invitation = self._invite()
        token = self._read_token(invitation)
        columns = invitation.sudo().read(["token_hash", "browser_hash", "code_hash"])
        self.assertNotIn(token, str(columns))
        self.assertEqual(self._look_up(token), (invitation.sudo(), None))

    def test_mail_with_the_link_is_nobodys_message(self):
        invitation = self._invite()
        mail = invitation.sudo().mail_ids
        self.assertIn("only for you", mail.body_html)
        self.assertEqual(mail.email_to, "sister@example.com")
        self.assertTrue(mail.auto_delete)
        self.assertFalse(mail.model or mail.res_id)
        self.assertNotIn("Jane", f"{mail.subject} {mail.body_html}")
        message = mail.mail_message_id
        for user in (self.user_manager, self.user_hr, self.user_administrator):
            found = message.with_user(user).search([("id", "=", message.id)])
            self.assertFalse(found, user.login)

    def test_unknown_links_are_unknown(self):
        self._invite()
        for token in ("", "x", "x" * 43, "x" * 1000, None):
            self.assertEqual(self._look_up(token)[1], "unknown", token)

    def test_first_browser_has_it_and_no_other(self):
        invitation = self._invite().sudo()
        self.assertFalse(invitation._is_bound_to("anything"))
        cookie = invitation._bind()
        self.assertTrue(invitation._is_bound_to(cookie))
        self.assertFalse(invitation._is_bound_to(cookie + "x"))
        self.assertFalse(invitation._is_bound_to(None))
        self.assertIsNone(invitation._bind(), "a second browser gets nothing")
        self.assertEqual(invitation.state, "used")

    def test_group_link_belongs_to_no_browser(self):
        invitation = self._invite(kind="group").sudo()
        self.assertNotIn("only for you", self._read_mail(invitation))
        self.assertFalse(invitation._is_bound_to(None))
        self.assertIsNone(invitation._bind())
        self.assertTrue(invitation._is_bound_to(None))

    def test_link_ends_with_its_last_day_without_any_job(self):
        invitation = self._invite(date_end=fields.Date.today() + timedelta(days=3))
        token = self._read_token(invitation)
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            self.assertTrue(self._look_up(token)[0])
        with freeze_time(fields.Datetime.now() + timedelta(days=4, hours=1)):
            self.assertEqual(self._look_up(token)[1], "expired")
            self.assertEqual(invitation.state, "open")
            invitation._take_by_date(invitation._get_transition("expire"))
        self.assertEqual(invitation.state, "expired")

    def test_closed_link_says_why_in_its_history(self):
        invitation = self._invite().with_user(self.user_manager)
        token = self._read_token(invitation)
        self.assertRefused(invitation.action_revoke, "Say why")
        invitation._take("revoke", reason="Sent to the wrong address")
        self.assertEqual(self._look_up(token)[1], "closed")
        self.assertEqual(
            invitation.workflow_log_ids[0].reason, "Sent to the wrong address"
        )

    def test_new_link_ends_the_one_before(self):
        invitation = self._invite()
        old = self._read_token(invitation)
        cookie = invitation.sudo()._bind()
        old_mail = invitation.sudo().mail_ids
        invitation.with_user(self.user_manager).action_renew()
        new = self._read_token(invitation)
        self.assertNotEqual(old, new)
        self.assertFalse(old_mail.exists(), "the old link is not mailed any more")
        self.assertEqual(self._look_up(old)[1], "unknown")
        self.assertEqual(self._look_up(new)[0].state, "open")
        self.assertFalse(invitation.sudo()._is_bound_to(cookie))

    def test_new_link_is_not_sent_past_its_last_day(self):
        invitation = self._invite()
        later = fields.Datetime.now() + timedelta(days=60)
        with freeze_time(later):
            invitation.sudo()._take_by_date(invitation._get_transition("expire"))
            invitation.with_user(self.user_manager).action_renew()
            self.assertGreater(invitation.date_end, later.date())
            self.assertTrue(self._look_up(self._read_token(invitation))[0])

    def test_archived_person_ends_every_link(self):
        invitation = self._invite()
        token = self._read_token(invitation)
        self.person.active = False
        self.assertEqual(self._look_up(token)[1], "closed")

    def test_guests_change_no_link_by_writing(self):
        invitation = self._invite().with_user(self.user_manager)
        other = self._create_person()
        for values in (
            {"res_id": other.id},
            {"person_id": other.id},
            {"date_end": "2040-01-01"},
            {"state": "used"},
        ):
            self.assertRefused(invitation.write, "", values)
        self.assertRefused(
            self.env["dupq.invitation"].with_user(self.user_manager).create,
            "not allowed",
            {},
            error=AccessError,
        )


@tagged("post_install", "-at_install")
class TestInvitationWish(InvitationCommon):
    def test_wish_taken_back_ends_it_at_once(self):
        invitation = self._invite()
        token = self._read_token(invitation)
        cookie = invitation.sudo()._bind()
        mails = invitation.sudo().mail_ids
        self.assertTrue(mails)
        self.sister.with_user(self.user_manager).action_withdraw()
        self.assertEqual(self.env["dupq.invitation"]._look_up(token)[1], "closed")
        self.assertFalse(mails.exists(), "what waited in the queue is not mailed")
        self.assertEqual(invitation.state, "revoked")
        self.assertIn("no longer wants", invitation.workflow_log_ids[0].reason)
        self.assertEqual(
            invitation.workflow_log_ids.mapped("state_to"), ["revoked", "used"]
        )
        self.assertTrue(cookie)

    def test_wish_is_asked_and_not_the_links_own_state(self):
        """Even where nothing told the link, it opens nothing."""
        invitation = self._invite()
        token = self._read_token(invitation)
        self.env.cr.execute(
            SQL(
                "UPDATE dupq_circle_member SET state = 'withdrawn' WHERE id = %s",
                self.sister.id,
            )
        )
        self.env.invalidate_all()
        self.assertEqual(self.env["dupq.invitation"]._look_up(token)[1], "closed")
        self.assertEqual(invitation.state, "open")

    def test_wish_about_choosing_alone_ends_it_too(self):
        invitation = self._invite()
        mails = invitation.sudo().mail_ids
        self.sister.with_user(self.user_manager).helps_choose = False
        self.assertEqual(invitation.state, "revoked")
        self.assertFalse(mails.exists())

    def test_nothing_is_sent_to_whom_the_person_does_not_want(self):
        self.sister.action_withdraw()
        self.assertRefused(self._invite, "does not want this now")
        self.assertFalse(
            self.env["mail.mail"].search([("email_to", "=", "sister@example.com")])
        )

    def test_nothing_is_sent_again_after_the_wish(self):
        invitation = self._invite()
        self.env.cr.execute(
            SQL(
                "UPDATE dupq_circle_member SET helps_choose = false WHERE id = %s",
                self.sister.id,
            )
        )
        self.env.invalidate_all()
        self.assertRefused(invitation.action_renew, "does not want this now")

    def test_member_of_another_circle_is_refused(self):
        other = self._create_person()
        self.assertRefused(
            self._invite,
            "this person's circle",
            person=other,
            circle_member=self.sister,
        )


@tagged("post_install", "-at_install")
class TestInvitationCode(InvitationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitation = cls._invite().sudo()
        cls.cookie = cls.invitation._bind()

    def test_right_code_moves_the_link_once(self):
        self.assertTrue(self.invitation._send_code())
        code = self._read_code(self.invitation)
        self.assertNotIn(code, str(self.invitation.read(["code_hash"])))
        cookie = self.invitation._use_code(f" {code[:3]} {code[3:]} ")
        self.assertTrue(self.invitation._is_bound_to(cookie))
        self.assertFalse(self.invitation._is_bound_to(self.cookie))
        self.assertIsNone(self.invitation._use_code(code), "it works once")

    def test_few_tries(self):
        self.invitation._send_code()
        code = self._read_code(self.invitation)
        wrong = "000000" if code != "000000" else "111111"
        for _try in range(5):
            self.assertIsNone(self.invitation._use_code(wrong))
        self.assertIsNone(self.invitation._use_code(code))
        self.assertTrue(self.invitation._is_bound_to(self.cookie))

    def test_short_life(self):
        self.invitation._send_code()
        code = self._read_code(self.invitation)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=11)):
            self.assertIsNone(self.invitation._use_code(code))

    def test_few_codes_an_hour(self):
        sent = [self.invitation._send_code() for _time in range(4)]
        self.assertEqual(sent, [True, True, True, False])
        with freeze_time(fields.Datetime.now() + timedelta(minutes=61)):
            self.assertTrue(self.invitation._send_code())

    def test_no_code_works_before_one_was_sent(self):
        for text in ("", None, "000000", "x"):
            self.assertIsNone(self.invitation._use_code(text), text)


@tagged("post_install", "-at_install")
class TestInvitationAccess(InvitationCommon):
    def test_only_who_manages_the_person_does_something_about_it(self):
        invitation = self._invite()
        self.assertRecordTable({invitation: {"manager": "ru", "hr": "r"}})

    def test_recruitment_learns_no_name(self):
        invitation = self._invite().with_user(self.user_hr)
        self.assertEqual(invitation.recipient, "Confidential")
        self.assertIn(self.person.reference, invitation.display_name)
        self.assertNotIn("Jane", invitation.display_name)
        for name in ("email", "circle_member_id", "token_hash", "mail_ids"):
            with self.assertRaises(AccessError):
                invitation.read([name])

    def test_recruitment_that_manages_another_service_learns_no_name(self):
        both = new_test_user(
            self.env,
            "hrandmanager",
            "hr_recruitment.group_hr_recruitment_user,"
            "dupq_code.dupq_code_group_service_manager",
        )
        self._create_member(self.other_service, both, role="manager")
        invitation = self._invite().with_user(both)
        self.assertEqual(invitation.recipient, "Confidential")
        self.assertRefused(invitation.action_renew, "", error=AccessError)

    def test_manager_sees_whom_and_no_secret(self):
        invitation = self._invite().with_user(self.user_manager)
        self.assertIn("sister", invitation.recipient)
        for name in ("token_hash", "browser_hash", "code_hash", "mail_ids"):
            with self.assertRaises(AccessError):
                invitation.read([name])

    def test_manager_invites_from_the_person(self):
        action = self.person.with_user(self.user_manager).action_invite()
        sends = self.env["dupq.invitation.send"].with_user(self.user_manager)
        with Form(sends.with_context(**action["context"])) as form:
            form.circle_member_id = self.sister
            self.assertEqual(form.email, self.user_sister.email)
        form.record.action_send()
        invitation = self.env["dupq.invitation"].search([], limit=1)
        self.assertEqual(invitation.sudo().circle_member_id, self.sister)
        self.assertEqual(invitation.person_id, self.person)

    def test_address_that_is_none_is_refused(self):
        send = (
            self.env["dupq.invitation.send"]
            .with_user(self.user_manager)
            .create({"person_id": self.person.id, "email": "nobody"})
        )
        self.assertRefused(send.action_send, "one e-mail address")

    def test_manager_of_another_service_invites_nobody(self):
        elsewhere = self._create_user("elsewhere2", "service_manager")
        self._create_member(self.other_service, elsewhere, role="manager")
        invitations = self.env["dupq.invitation"].with_user(elsewhere)
        self.assertRefused(
            invitations._invite,
            "access",
            self.person.with_user(elsewhere),
            "choosing",
            "x@example.com",
            error=AccessError,
        )
