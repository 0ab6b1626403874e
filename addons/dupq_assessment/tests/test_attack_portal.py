from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from .attack_common import AttackCommon
from .saying_common import SayingCommon


@tagged("post_install", "-at_install")
class TestPortalOfOthers(HttpCase, AttackCommon, SayingCommon):
    """On the portal each person sees and changes what is theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(cls.env, "stranger", "base.group_portal")
        cls.relative = new_test_user(cls.env, "relative", "base.group_portal")
        household = cls.env["res.partner"].create(
            {"name": "Household", "is_company": True}
        )
        partners = (cls.user_portal | cls.relative).partner_id
        partners.parent_id = household
        cls.line.partner_id = household
        cls.voice = cls.env["dupq.voice"].create(
            {
                "assessment_id": cls.assessment.id,
                "group_id": cls.families.id,
                "question_id": cls.first.id,
                "partner_id": cls.user_portal.partner_id.id,
                "words": "Only mine",
                "consent": "yes",
            }
        )
        cls.url = f"/my/self-assessments/{cls.assessment.id}/say/{cls.line.id}"

    def _sign_in(self, user):
        self.authenticate(user.login, user.login)

    def _press(self, path, **form):
        form["csrf_token"] = Request.csrf_token(self)
        return self.url_open(f"{self.url}/{path}", data=form)

    def test_who_takes_no_part_finds_no_page(self):
        for user in (self.stranger, self.user_quality, self.user_manager):
            self._sign_in(user)
            for path in ("", "/0/mine", f"/0/{self.first.id}"):
                response = self.url_open(self.url + path)
                self.assertEqual(response.status_code, 404, path)
                self.assertNotIn("Only mine", response.text)
            response = self._press("0/mine", voice=str(self.voice.id))
            self.assertEqual(response.status_code, 404)
            response = self._press(
                "0/thanks", question=str(self.first.id), words="From a stranger"
            )
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self.voice.consent, "yes")
        self.assertEqual(self._get_voices(), self.voice)

    def test_in_one_household_each_has_words_of_their_own(self):
        self._sign_in(self.relative)
        for path in ("0/mine", f"0/{self.first.id}"):
            response = self.url_open(f"{self.url}/{path}")
            self.assertEqual(response.status_code, 200)
            self.assertNotIn("Only mine", response.text)
        self._press("0/mine", voice=str(self.voice.id))
        self.assertEqual(self.voice.consent, "yes")
        self._press("0/thanks", question=str(self.first.id), words="Mine too")
        self.assertEqual(self.voice.words, "Only mine")
        self._sign_in(self.user_portal)
        self.assertIn("Only mine", self.url_open(f"{self.url}/0/mine").text)
        self._press("0/mine", voice=str(self.voice.id))
        self.assertEqual(self.voice.consent, "withdrawn")
