import json

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.dupq_code.tests.common_person import JobCommon

from ..hooks import uninstall_hook

# Of the shipped words, none may ask what the law protects (Equality Act 2010).
PROTECTED = [
    "age",
    "young",
    "old",
    "disab",
    "health",
    "gender",
    "sex",
    "woman",
    "women",
    "man",
    "men",
    "male",
    "female",
    "married",
    "single",
    "civil",
    "pregnan",
    "mother",
    "father",
    "race",
    "colour",
    "national",
    "ethnic",
    "origin",
    "religio",
    "faith",
    "belief",
    "christian",
    "muslim",
    "jew",
    "hindu",
    "sikh",
    "gay",
    "lesbian",
    "straight",
    "trans",
]


@tagged("post_install", "-at_install")
class TestJobsPage(JobCommon, HttpCase):
    """A visitor with no login applies, and is matched by what they say (C30)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job.is_published = True
        cls.asked = cls.hiking | cls.patient
        cls.asked.is_on_jobs_page = True

    def _get_page(self):
        response = self.url_open(f"/jobs/apply/{self.job.id}")
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def _apply(self, files=None, **values):
        """Send the form as the page's script does; the new applicant."""
        data = {
            "partner_name": "Visitor Example",
            "email_from": "visitor@example.com",
            "partner_phone": "01632 960001",
            "job_id": self.job.id,
            **values,
        }
        response = self.url_open("/website/form/hr.applicant", data=data, files=files)
        answer = json.loads(response.text)
        self.assertTrue(answer and answer.get("id"), answer)
        return self.env["hr.applicant"].browse(answer["id"])

    def _get_note(self, applicant):
        return " ".join(map(html2plaintext, applicant.message_ids.mapped("body")))

    # === THE PAGE === #

    def test_the_page_asks_the_words_that_were_put_there_and_no_other(self):
        page = self._get_page()
        labels = {
            label.get("for"): label.text_content()
            for label in page.xpath("//*[@id='dupq_asked']//fieldset//label")
        }
        self.assertIn("Long walks", labels.values())
        self.assertNotIn("Photographs of birds", labels.values())
        boxes = page.xpath("//input[@name='dupq_trait_ids']")
        self.assertEqual({box.get("id") for box in boxes}, set(labels))
        self.assertFalse([box for box in boxes if box.get("required")])
        shipped = self.env.ref("dupq_code.dupq_trait_hiking")
        self.assertIn(f"dupq_trait_{shipped.id}", labels)

    def test_what_is_archived_is_asked_no_more(self):
        self.hiking.active = False
        self.assertNotIn("Long walks", self._get_page().text_content())

    def test_with_no_word_left_the_page_asks_nothing(self):
        self.env["dupq.trait"].search([]).is_on_jobs_page = False
        self.assertFalse(self._get_page().xpath("//*[@id='dupq_asked']"))

    def test_a_word_that_somebody_adds_is_not_on_the_page(self):
        """It may be a person's own, and everybody reads the page."""
        new = (
            self.env["dupq.trait"]
            .with_user(self.user_manager)
            .create({"name": "Model trains of one railway", "kind": "interest"})
        )
        self.assertFalse(new.is_on_jobs_page)
        self.assertNotIn(new.name, self._get_page().text_content())
        new.with_user(self.user_hr).is_on_jobs_page = True
        self.assertIn(new.name, self._get_page().text_content())

    def test_nothing_of_the_person_is_on_the_page(self):
        text = self._get_page().text_content()
        self.assertNotIn("Jane", text)
        self.assertNotIn(self.person.reference, text)

    def test_no_shipped_word_asks_what_the_law_protects(self):
        names = self.env["ir.model.data"].search(
            [("module", "=", "dupq_code"), ("model", "=", "dupq.trait")]
        )
        shipped = self.env["dupq.trait"].browse(names.mapped("res_id"))
        self.assertTrue(all(shipped.mapped("is_on_jobs_page")))
        for trait in shipped:
            said = f" {trait.name} {trait.words or ''} ".lower().replace(",", " ")
            for word in PROTECTED:
                self.assertNotIn(f" {word}", said)

    def test_the_form_stays_whole_for_whoever_edits_the_page(self):
        """A view in the form would have taken it apart (see the template)."""
        self.authenticate("admin", "admin")
        page = self._get_page()
        (form,) = page.xpath("//form[@id='hr_recruitment_form']")
        above = form.xpath("ancestor-or-self::*[@data-oe-model='ir.ui.view']")
        self.assertTrue(above)
        self.assertFalse(form.xpath(".//*[@data-oe-xpath]"))

    # === THE APPLICATION === #

    def test_what_an_applicant_says_reaches_the_match(self):
        ids = ",".join(map(str, self.asked.ids))
        applicant = self._apply(dupq_trait_ids=ids, dupq_own_words="I <b>walk</b>.")
        self.assertEqual(applicant.dupq_trait_ids, self.asked)
        self.assertEqual(applicant.dupq_own_words, "I <b>walk</b>.")
        seen = applicant.with_user(self.user_hr)
        self.assertEqual(seen.dupq_shared_count, 2)
        self.assertIn("Long walks", seen.dupq_match)
        self.assertIn("Takes time", seen.dupq_match)

    def test_one_tick_is_enough_and_none_as_well(self):
        one = self._apply(dupq_trait_ids=str(self.hiking.id))
        self.assertEqual(one.dupq_trait_ids, self.hiking)
        none = self._apply()
        self.assertFalse(none.dupq_trait_ids)
        self.assertFalse(self._get_note(none).count("Ticked"))
        self.assertEqual(none.dupq_wanted_count, 3)

    def test_what_cannot_be_placed_is_noted_and_turns_nobody_away(self):
        old = self._create_trait("Roller discos", active=False)
        gone = self._create_trait("Gone")
        number = gone.id
        gone.unlink()
        table = (
            ("a word that has gone", number, str(number)),
            ("an archived word", old.id, "Roller discos"),
            ("no number", "abc", "abc"),
            ("too large a number", "9" * 30, "9" * 30),
            ("a negative number", "-1", "-1"),
            ("a name of ours", "Long walks", "Long walks"),
            ("markup", "<img src=x>", "<img src=x>"),
        )
        for words, sent, noted in table:
            with self.subTest(words):
                applicant = self._apply(
                    dupq_trait_ids=f"{self.hiking.id},{sent}", dupq_own_words="Mine"
                )
                self.assertEqual(applicant.dupq_trait_ids, self.hiking)
                self.assertEqual(applicant.dupq_own_words, "Mine")
                note = self._get_note(applicant)
                self.assertIn("not on our list of interests", note)
                self.assertIn(noted, note)

    def test_a_note_stands_beside_what_odoo_notes(self):
        applicant = self._apply(dupq_trait_ids="abc", short_introduction="Good day")
        note = self._get_note(applicant)
        self.assertIn("Good day", note)
        self.assertIn("abc", note)

    def test_a_file_in_its_place_is_kept_as_a_file(self):
        for name in ("dupq_trait_ids", "dupq_trait_ids[0][0]"):
            file = {name: ("mine.txt", b"words", "text/plain")}
            applicant = self._apply(files=file)
            self.assertFalse(applicant.dupq_trait_ids)
            self.assertEqual(applicant.attachment_ids.mapped("name"), ["mine.txt"])

    def test_other_fields_of_ours_are_closed_to_visitors(self):
        final = self._apply(
            dupq_first_name="Zq",
            dupq_photo_agreed="1",
            dupq_override_reason="Zq",
            dupq_choice_ids="1",
        )
        self.assertFalse(final.dupq_first_name)
        self.assertFalse(final.dupq_photo_agreed)
        self.assertFalse(final.dupq_override_reason)
        self.assertFalse(final.dupq_choice_ids)

    def test_forms_of_other_models_are_as_they_were(self):
        partner = self.env["ir.model"]._get("res.partner")
        partner.website_form_access = True
        self.env["ir.model.fields"].formbuilder_whitelist("res.partner", ["name"])
        response = self.url_open(
            "/website/form/res.partner",
            data={"name": "Visitor", "dupq_trait_ids": "abc"},
        )
        made = self.env["res.partner"].browse(json.loads(response.text)["id"])
        self.assertIn("dupq_trait_ids : abc", self._get_note(made))

    # === WHO MAY === #

    def test_who_may_put_a_word_on_the_page(self):
        for user in (self.user_hr, self.user_manager):
            self.photography.with_user(user).is_on_jobs_page = True
        for user in (self.user_worker, self.user_internal):
            self.assertRefused(
                self.photography.with_user(user).write, "", {"is_on_jobs_page": False}
            )

    @mute_logger("odoo.models.unlink")
    def test_an_uninstall_closes_the_form_again(self):
        fields = self.env["ir.model.fields"].search(
            [("model", "=", "hr.applicant"), ("website_form_blacklisted", "=", False)]
        )
        self.assertIn("dupq_trait_ids", fields.mapped("name"))
        others = fields.filtered(lambda f: not f.name.startswith("dupq_"))
        uninstall_hook(self.env)
        self.env.invalidate_all()
        ours = fields - others
        self.assertTrue(all(ours.mapped("website_form_blacklisted")))
        self.assertFalse(any(others.mapped("website_form_blacklisted")))
