from lxml import html

from odoo.tests import TransactionCase, tagged

from odoo.addons.http_routing.tests.common import MockRequest

from ..controllers.frame import frame_values, render_message


@tagged("post_install", "-at_install")
class TestPublicFrame(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))

    def _render(self, **options):
        values = {
            "message": {
                "heading": "Nothing here",
                "words": ["One idea.", "<b>Not bold</b>"],
                "picture": "house",
                "links": [{"label": "Start", "url": "/"}],
            }
        }
        options.setdefault("title", "Nothing here")
        with MockRequest(self.env) as request:
            request.httprequest.path = "/my/self-assessments"
            values["frame"] = frame_values(**options)
        # Outside the request: with a website, rendering asks it for more than a
        # mock knows. What a visitor gets there is proven in a browser.
        return str(self.env["ir.qweb"]._render("dupq_code.public_message", values))

    def test_page_is_a_whole_document_with_landmarks(self):
        page = self._render()
        self.assertTrue(page.lstrip().lower().startswith("<!doctype html>"))
        tree = html.document_fromstring(page)
        self.assertEqual(tree.get("lang"), "en-US")
        for landmark in ("header", "main", "footer"):
            self.assertEqual(len(tree.findall(f"body/{landmark}")), 1, landmark)
        self.assertEqual(len(tree.findall(".//h1")), 1)
        self.assertIn("Nothing here", tree.findtext("head/title"))
        self.assertIn(self.env.company.name, tree.find("head/title").text_content())

    def test_skip_link_comes_first_and_leads_to_the_main_part(self):
        tree = html.document_fromstring(self._render())
        first_link = tree.find(".//a")
        self.assertEqual(first_link.get("href"), "#main")
        self.assertEqual(tree.get_element_by_id("main").tag, "main")

    def test_page_needs_no_script(self):
        self.assertNotIn("<script", self._render())

    def test_what_a_recorder_says_is_translated(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        words = {"Your voice is ready to be sent.": "Votre voix peut partir."}
        self.env.ref("dupq_code.public_recorder").update_field_translations(
            "arch_db", {"fr_FR": words}
        )
        renderer = self.env["ir.qweb"].with_context(lang="fr_FR")
        page = renderer._render("dupq_code.public_recorder", {"field": "file"})
        recorder = html.fromstring(str(page))
        self.assertEqual(recorder.get("data-done"), "Votre voix peut partir.")
        self.assertEqual(recorder.get("data-recording"), "You are being recorded now.")
        self.assertEqual(recorder.get("data-dq-recorder"), "file")

    def test_text_is_never_markup(self):
        self.assertIn("&lt;b&gt;Not bold&lt;/b&gt;", self._render())

    def test_account_navigation_is_for_those_signed_in(self):
        self.assertNotIn("Sign out", self._render())
        page = self._render(
            signed_in=True, navigation=[("Mine", "/my/self-assessments")]
        )
        tree = html.document_fromstring(page)
        current = tree.findall(".//nav//a[@aria-current='page']")
        self.assertEqual([link.text_content().strip() for link in current], ["Mine"])
        self.assertIn("Sign out", page)
        self.assertIn(self.env.user.name, page)

    def test_frame_is_told_plain_values_only(self):
        with MockRequest(self.env):
            frame = frame_values("Title", signed_in=True)
        self.assertEqual(
            set(frame),
            {
                "title",
                "description",
                "indexed",
                "lang",
                "direction",
                "easy_read",
                "switch",
                "organisation",
                "navigation",
                "user_name",
            },
        )
        plain = (str, bool, dict, list, type(None))
        self.assertFalse([v for v in frame.values() if not isinstance(v, plain)])
        self.assertEqual(
            set(frame["organisation"]), {"name", "url", "logo_url", "contact"}
        )

    def test_only_chosen_pages_may_be_found_by_search_engines(self):
        self.assertIn('content="noindex"', self._render())
        self.assertNotIn('content="noindex"', self._render(indexed=True))

    def test_styles_are_compiled(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            "dupq_code.assets_public", css=True, js=False
        )
        self.assertFalse(bundle.css_errors)
        styles = bundle.css().raw.decode()
        self.assertIn(".dq-skip", styles)
        self.assertFalse(bundle.css_errors)

    def test_message_page_says_its_status(self):
        with MockRequest(self.env) as request:
            request.render = lambda template, values, status: MockAnswer(status)
            answer = render_message("Gone", "It was here.", status=410)
        self.assertEqual(answer.status, 410)
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex")


class MockAnswer:
    """What a rendered page shows of itself to the functions of the frame."""

    def __init__(self, status):
        self.status = status
        self.headers = {}
