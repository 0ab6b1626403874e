from datetime import timedelta

from odoo.tests import tagged

from .test_feedback_pages import FeedbackPagesCommon


@tagged("post_install", "-at_install")
class TestFeedbackLinks(FeedbackPagesCommon):
    """The clock sends a link to those who may speak, and to nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["dupq.staff.feedback"]
        cls.person.user_id = cls.user_portal

    def _get_links(self, **values):
        domain = [("person_id", "=", self.person.id), ("purpose", "=", "feedback")]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["dupq.invitation"].sudo().search(domain)

    def _to(self, links):
        return set(links.mapped("email"))

    def test_the_person_and_their_sister_are_sent_a_link_once(self):
        for _run in range(2):
            self.model._cron_keep_time()
            links = self._get_links()
            self.assertEqual(
                self._to(links), {self.user_portal.email, self.user_sister.email}
            )
            self.assertEqual(len(links), 2)
        self.assertEqual(self.feedback.date_invited, self.today)
        for link in links:
            self.assertEqual(len(link.mail_ids), 1)
            self.assertTrue(link._is_wanted())

    def test_nobody_is_mailed_without_consent_wish_or_address(self):
        self.sister.gives_feedback = False
        self.user_portal.email = False
        self.model._cron_keep_time()
        self.assertFalse(self._get_links())
        self.sister.gives_feedback = True
        self.consent.action_withdraw()
        self.model._cron_keep_time()
        self.assertFalse(self._get_links())
        self.consent.action_give()
        self.model._cron_keep_time()
        self.assertEqual(self._to(self._get_links()), {self.user_sister.email})

    def test_whom_it_is_about_is_not_mailed(self):
        self.employee.user_id = self.user_sister
        self.model._cron_keep_time()
        self.assertEqual(self._to(self._get_links()), {self.user_portal.email})

    def test_a_reminder_brings_a_new_link_to_those_who_said_nothing(self):
        self.model._cron_keep_time()
        self._take(f"{self.feedback.id}/yes", self.kin)
        before = {link: link.token_hash for link in self._get_links()}
        self.feedback.date_due = self.today + timedelta(days=5)
        self.feedback.date_invited -= timedelta(days=1)
        self.model._cron_keep_time()
        hers = self._get_links(circle_member_id=self.sister.id)
        mine = self._get_links() - hers
        self.assertEqual(hers.token_hash, before[hers])
        self.assertNotEqual(mine.token_hash, before[mine])
        self.assertEqual((mine.email, mine.state), (self.user_portal.email, "open"))
        again = mine.token_hash
        self.model._cron_keep_time()
        self.assertEqual(mine.token_hash, again, "Not every day.")
        self.assertEqual(self.feedback.date_reminded, self.today)
        self.assertEqual(self.feedback.activity_ids.user_id, self.user_manager)

    def test_nobody_is_reminded_once_it_is_answered(self):
        self.model._cron_keep_time()
        self._take(f"{self.feedback.id}/yes")
        hashes = self._get_links().mapped("token_hash")
        self.feedback.flush_recordset()
        self.model._remind()
        self.assertEqual(self._get_links().mapped("token_hash"), hashes)

    def test_wish_taken_back_kills_the_link_and_mails_nothing(self):
        self.model._cron_keep_time()
        choosing = self.env["dupq.invitation"]._invite(
            self.person, "choosing", "s@example.com", circle_member=self.sister
        )
        link = self._get_links(circle_member_id=self.sister.id)
        self.assertTrue(link.mail_ids)
        self.sister.with_user(self.user_manager).gives_feedback = False
        self.assertEqual(link.state, "revoked")
        self.assertFalse(link.mail_ids)
        self.assertEqual(choosing.state, "open", "They still help to choose.")
        self.feedback.date_invited = False
        self.model._cron_keep_time()
        self.assertEqual(len(self._get_links(circle_member_id=self.sister.id)), 1)
        self.sister.action_withdraw()
        self.assertEqual(choosing.state, "revoked")

    def test_consent_taken_back_kills_all_links_about_staff(self):
        self.model._cron_keep_time()
        links = self._get_links()
        self.consent.with_user(self.user_manager).action_withdraw()
        self.assertEqual(set(links.mapped("state")), {"revoked"})
        self.assertFalse(links.mail_ids)

    def test_a_link_that_was_closed_by_hand_stays_closed(self):
        self.model._cron_keep_time()
        link = self._get_links(circle_member_id=self.sister.id)
        link.with_user(self.user_manager)._take("revoke", reason="Wrong address")
        self.feedback.date_invited = False
        self.model._cron_keep_time()
        self.assertEqual(self._get_links(circle_member_id=self.sister.id), link)

    def test_a_new_address_ends_the_link_to_the_old_one(self):
        self.model._cron_keep_time()
        old = self._get_links(circle_member_id=self.sister.id)
        self.user_sister.email = "new@example.com"
        self.feedback.date_invited = False
        self.model._cron_keep_time()
        self.assertEqual(old.state, "revoked")
        alive = self._get_links(circle_member_id=self.sister.id, state="open")
        self.assertEqual(alive.email, "new@example.com")

    def test_a_manager_invites_by_hand_too(self):
        dialog = self.env["dupq.invitation.send"].with_user(self.user_manager)
        dialog = dialog.create(
            {
                "person_id": self.person.id,
                "purpose": "feedback",
                "circle_member_id": self.sister.id,
                "email": self.user_sister.email,
            }
        )
        self.sister.gives_feedback = False
        self.assertRefused(dialog.action_send, "does not want this now")
        self.sister.gives_feedback = True
        dialog.action_send()
        self.assertEqual(self._get_links().email, self.user_sister.email)
