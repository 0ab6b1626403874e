import json

from odoo.http import Request
from odoo.tests import tagged

from .editions_common import EditionsCommon
from .saying_common import SayingCommon

WORDS = "Nobody rings me before a Saturday xylophone."


@tagged("post_install", "-at_install")
class TestSayingTakenBack(EditionsCommon, SayingCommon):
    """Who said it by a link takes it back by the same link, wherever it stands."""

    def _press(self, path="", **form):
        form["csrf_token"] = Request.csrf_token(self)
        return self.url_open(f"{self.link}{path}", data=form)

    def _get_link(self, invitation):
        mail = str(invitation.sudo().mail_ids[-1:].body_html)
        return f"/invitation/{mail.split('/invitation/')[1][:43]}"

    def _say_and_publish(self):
        """By link, as a guest in a browser; then everything as people do it."""
        self.link = self._get_link(self.invitation)
        self.authenticate(None, None)
        self.assertEqual(self._press().status_code, 200)
        said = self._press(
            f"/0/{self.second.id}",
            question=str(self.first.id),
            words=WORDS,
            consent="yes",
        )
        self.assertEqual(said.status_code, 200)
        voice = self._get_voices()
        voice.with_user(self.user_manager).write(
            {"is_printed": True, "is_anonymised": True}
        )
        self._fill(self.assessment)
        for name in ("complete", "publish"):
            self.assessment._take(name)
        type(self).publication = self.assessment.publication_ids
        return voice

    def test_by_the_link_words_leave_every_edition(self):
        voice = self._say_and_publish()
        for name, text in self._read_everything().items():
            self.assertIn(WORDS, text, name)
        seal = self.publication.seal
        code, before = self._check(self._read(self._get_paths()["data"]))
        self.assertEqual(code, 0, before)
        self.assertIn(WORDS, self.url_open(f"{self.link}/0/mine").text)

        answer = self._press("/0/mine", voice=str(voice.id))

        self.assertEqual(answer.status_code, 200)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.env.invalidate_all()
        self.assertEqual(voice.consent, "withdrawn")
        edition = self.publication._get_edition("report")
        self.assertFalse(edition.is_ready, "the PDF in which it stood is gone")
        copies = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.assessment._name),
                ("res_id", "=", self.assessment.id),
            ]
        )
        self.assertFalse(copies, "and so is its copy for those who work here")
        for name, text in self._read_everything().items():
            self.assertNotIn(WORDS, text, name)
        self.assertEqual(self._tables_with(WORDS), {voice._table})
        data = self._read(self._get_paths()["data"])
        (stone,) = [one for one in json.loads(data)["blocks"] if "salt" not in one]
        self.assertEqual(stone["kind"], "quote")
        self.assertEqual(stone["taken_back_on"], str(self.today))
        code, after = self._check(data)
        self.assertEqual(code, 0, after)
        self.assertIn("1 taken back", after)
        self.assertEqual(self.publication.seal, seal)
        self.assertTrue(self.publication.is_genuine)
        for path in (*self._get_paths().values(), f"{self.publication.url}/pdf"):
            headers = self.url_open(path).headers
            self.assertEqual(headers["Cache-Control"], "no-cache", path)

    def test_another_link_takes_nothing_back(self):
        other = self._invite(email="other@example.com")
        voice = self._say_and_publish()
        self.link = self._get_link(other)
        self._press()
        self.assertNotIn(WORDS, self.url_open(f"{self.link}/0/mine").text)
        self._press("/0/mine", voice=str(voice.id))
        self.env.invalidate_all()
        self.assertEqual(voice.consent, "yes")
        self.assertIn(WORDS, self._read(self.publication.url))
