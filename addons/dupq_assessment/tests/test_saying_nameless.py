from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.dupq_code.uploads import Upload

from .saying_common import SayingCommon


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

    def test_who_no_longer_wants_to_be_known_is_known_by_nothing(self):
        portal = self._prepare_guest(
            invitation_id=None,
            partner_id=self.user_portal.partner_id.id,
            signed_in=True,
        )
        for guest in (self.guest, portal):
            self._send("0/thanks", guest, words="My boss shouts.", consent="yes")
            self._send("0/thanks", guest, words="My boss shouts.", nameless="1")
        voices = self._get_voices()
        self.assertEqual(len(voices), 2, "each is said once")
        self.env.flush_all()
        self.env.invalidate_all()
        for voice in voices:
            self.assertTrue(voice.is_anonymous)
            self.assertFalse(voice.invitation_id or voice.participant_id)
            self.assertFalse(voice.partner_id)
            for moment in (voice.create_date, voice.write_date):
                self.assertEqual((moment.hour, moment.minute, moment.second), (0,) * 3)

    def test_who_hid_also_after_a_file_was_refused_is_known_by_nothing(self):
        self._send("0/thanks", words="My boss shouts.")
        errors = {"file": "Too big."}
        page = self._send(
            "0/thanks", words="My boss shouts.", nameless="1", errors=errors
        )
        self.assertTrue(page["values"]["nameless"])
        path = page["values"]["action_url"].removeprefix("/x/")
        self._send(path, words="My boss shouts.", nameless="1")
        voice = self._get_voices()
        self.assertEqual((len(voice), voice.is_anonymous), (1, True))

    def test_more_that_is_said_without_a_name_leaves_what_was_said_with_it(self):
        self._send("0/thanks", words="First")
        self._send("n/thanks", words="Second", nameless="1")
        self.assertEqual(self._get_voices().mapped("is_anonymous"), [False, True])

    def test_what_looks_for_changes_still_finds_it(self):
        since = self.env.cr.now()
        self._send("0/thanks", words="Later", nameless="1")
        found = self.env["dupq.voice"].search(
            [("write_date", ">=", since), ("words", "=", "Later")]
        )
        self.assertTrue(found)

    def test_a_file_does_not_tell_the_hour_either(self):
        file = Upload("sound", b"OggS" + bytes(9), "audio/ogg", "ogg")
        self._send("0/thanks", words="Nobody knows", nameless="1", files=[file])
        (kept,) = self._get_voices().attachment_ids
        self.env.invalidate_all()
        for moment in (kept.create_date, kept.write_date):
            self.assertEqual((moment.hour, moment.minute, moment.second), (0, 0, 0))
        self.assertEqual(kept.create_uid, self.env.ref("base.public_user"))

    def test_whatever_a_page_hands_over_nobody_is_kept(self):
        voice = self.env["dupq.voice"]._say(
            {
                "assessment_id": self.assessment.id,
                "group_id": self.families.id,
                "words": "Nobody knows",
                "is_anonymous": True,
                "partner_id": self.user_portal.partner_id.id,
                "participant_id": self.line.id,
                "invitation_id": self.invitation.id,
                "client_key": "a-key",
            }
        )
        self.assertFalse(voice.partner_id or voice.participant_id)
        self.assertFalse(voice.invitation_id)

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
