from unittest.mock import patch

from lxml import html

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.dupq_code.controllers import frame

from .assessment_common import AssessmentCommon

FRAME = "odoo.addons.dupq_assessment.controllers"
# Words that the Code itself never uses about a provider.
NEVER_SAID = ("pass", "passed", "fail", "failed", "certificate", "compliant")


@tagged("post_install", "-at_install")
class TestPublicPages(HttpCase, AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment, cls.publication = cls._publish()
        cls.portal_user = new_test_user(cls.env, "family.test", "base.group_portal")

    def _page(self, path, status=200):
        response = self.url_open(path)
        self.assertEqual(response.status_code, status, path)
        page = html.fromstring(response.text)
        self.assertTrue(page.get("lang"), path)
        self.assertEqual(len(page.findall(".//h1")), 1, path)
        self.assertEqual(len(page.findall(".//main")), 1, path)
        return page

    def test_anyone_reads_the_report_and_its_easy_read_edition(self):
        report = self._page(self.publication.url).text_content()
        for words in (
            "Much is good, weekends are not.",
            "I choose who comes on Saturday.",
            "Ask about weekends",
            "0 of\n",
        ):
            self.assertIn(words.strip(), report)
        easy = self._page(f"{self.publication.url}/easy-read").text_content()
        self.assertIn("This is about 12 Orchard Road.", easy)

    def test_dates_are_british_whatever_english_the_visitor_has(self):
        self.env["res.lang"]._activate_lang("en_GB")
        day = self.publication.date
        written = f"{day.day} {day:%B %Y}"
        for lang in ("en-US", "en-GB"):
            for edition in ("", "/easy-read"):
                with self.subTest(lang=lang, edition=edition):
                    response = self.url_open(
                        self.publication.url + edition,
                        headers={"Accept-Language": lang},
                    )
                    self.assertIn(written, response.text)
                    self.assertNotIn(f"{day:%B} {day.day},", response.text)

    def test_pages_never_speak_of_passing_or_failing(self):
        for path in (
            "/quality",
            self.publication.url,
            f"{self.publication.url}/easy-read",
        ):
            words = self._page(path).find(".//main").text_content().lower().split()
            self.assertFalse(set(NEVER_SAID) & set(words), path)

    def test_earlier_version_stays_readable_and_says_so(self):
        self.assessment._take("correct", reason="A mistake")
        self.assessment.outcome = "Nights are not good either."
        self.assessment.change_note = "We had forgotten the nights."
        self.assessment._take("complete")
        self.assessment._take("publish")
        newest = self._page(self.publication.url).text_content()
        self.assertIn("Nights are not good either.", newest)
        self.assertIn("We had forgotten the nights.", newest)
        old = self._page(f"{self.publication.url}/1").text_content()
        self.assertIn("This is an earlier version.", old)
        self.assertNotIn("Nights are not good either.", old)

    def test_what_is_not_there_is_said_in_our_own_frame(self):
        for path in (
            "/quality/nothing",
            f"{self.publication.url}/99",
            f"{self.publication.url}/99/easy-read",
            f"{self.publication.url}/easy-read/more",
            "/quality/a/b/c/d",
            "/quality/%27%3B--",
        ):
            with self.subTest(path):
                page = self._page(path, status=404)
                self.assertIn("cannot find", page.find(".//h1").text_content())

    def test_text_of_people_is_never_markup(self):
        other = self._create_assessment(service_id=self.other_service.id)
        self._fill(other)
        script = "<script>alert(1)</script>{{7*7}}"
        other.write({"outcome": script, "barriers": script, "challenge": script})
        other.voice_ids.words = script
        other.summary_ids.finding = script
        other._take("complete")
        other._take("publish")
        for edition in ("", "/easy-read"):
            response = self.url_open(other.publication_url + edition)
            self.assertNotIn("<script", response.text)
            self.assertIn("{{7*7}}", response.text)

    def test_index_names_the_place_of_a_report_on_several_services(self):
        several = self._fill(
            self._create_assessment(
                scope="services",
                service_id=False,
                service_ids=(self.service | self.other_service).ids,
            )
        )
        several._take("complete")
        several._take("publish")
        page = self.url_open("/quality").text
        self.assertIn(several._get_place_name(), page)

    def test_index_lists_reports_by_name_without_ratings(self):
        self._publish(service_id=self.other_service.id)
        page = self._page("/quality").find(".//main")
        names = [link.text_content() for link in page.findall(".//h3/a")]
        self.assertEqual(names, ["12 Orchard Road", "The Beeches"])
        for level in self.scale.level_ids:
            self.assertNotIn(level.name, page.text_content())

    def test_templates_are_told_plain_values_only(self):
        told = self._told("quality", [self.publication.url])
        self.assertEqual(set(told), {"report"})
        told = self._told("quality", [f"{self.publication.url}/easy-read"])
        self.assertEqual(set(told), {"easy_read"})
        self.assertEqual(
            set(told["easy_read"]), {"place", "lang", "sections", "url", "pdf"}
        )
        told = self._told("quality", ["/quality"])
        self.assertEqual(set(told["organisations"][0]), {"name", "reports"})
        report = told["organisations"][0]["reports"][0]
        self.assertEqual(set(report), {"name", "date", "url"})

    def test_portal_pages_are_told_these_values_only(self):
        self._take_part()
        self.authenticate("family.test", "family.test")
        told = self._told("portal", ["/my/self-assessments"])
        self.assertEqual(
            set(told["assessments"][0]),
            {
                "name",
                "place",
                "code",
                "state",
                "state_words",
                "is_open",
                "date_planned",
                "led_by",
                "url",
                "public_url",
                "asked",
                "ways",
            },
        )
        self.assertEqual(
            set(told["assessments"][0]["ways"][0]),
            {"group", "method", "support", "changed", "say_url"},
        )

    def test_portal_shows_what_a_person_takes_part_in_and_no_more(self):
        mine = self._take_part()
        other = self._create_assessment(service_id=self.other_service.id)
        self.authenticate("family.test", "family.test")
        links = [
            link.get("href")
            for link in self._page("/my/self-assessments").findall(".//main//a")
        ]
        url = f"/my/self-assessments/{mine.id}"
        line = mine.participant_ids.filtered("partner_id")
        self.assertEqual(links, [url, f"{url}/say/{line.id}"])
        page = self._page(url).text_content()
        self.assertIn("not published yet", page)
        self._page(f"/my/self-assessments/{other.id}", status=404)
        self._page("/my/self-assessments/x/y", status=404)

    def test_portal_says_when_there_is_nothing(self):
        self.authenticate("family.test", "family.test")
        page = self._page("/my/self-assessments").text_content()
        self.assertIn("do not take part in one yet", " ".join(page.split()))

    def test_household_sees_what_its_member_is_named_in(self):
        household = self.env["res.partner"].create(
            {"name": "A household", "is_company": True}
        )
        self.portal_user.partner_id.parent_id = household
        mine = self._take_part(partner=household)
        self.authenticate("family.test", "family.test")
        self._page(f"/my/self-assessments/{mine.id}")

    def test_my_account_counts_them(self):
        self._take_part()
        self.authenticate("family.test", "family.test")
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["dupq_assessment_count"]}
        )
        self.assertEqual(counters["dupq_assessment_count"], 1)
        self.assertIn("/my/self-assessments", self.url_open("/my").text)

    def test_nobody_reads_my_pages_without_signing_in(self):
        response = self.url_open("/my/self-assessments", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_pages_keep_addresses_to_themselves(self):
        response = self.url_open(self.publication.url)
        self.assertEqual(response.headers["Referrer-Policy"], "same-origin")
        self.assertNotIn("X-Robots-Tag", response.headers)
        self.authenticate("family.test", "family.test")
        response = self.url_open("/my/self-assessments")
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex")

    def _take_part(self, partner=None):
        assessment = self._create_assessment()
        partner = partner or self.portal_user.partner_id
        assessment.participant_ids = [
            Command.create({"group_id": self.families.id, "partner_id": partner.id})
        ]
        return assessment

    def _told(self, controller, paths):
        """What the controller hands to the template, beside the frame."""
        target = f"{FRAME}.{controller}.render_frame"
        told = []

        def render(template, values=None, **options):
            told.append(values)
            return frame.render_frame(template, values, **options)

        with patch(target, render):
            for path in paths:
                self._page(path)
        return told[-1]
