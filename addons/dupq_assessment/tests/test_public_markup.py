import json

from lxml import html

from odoo.tests import tagged

from .editions_common import EditionsCommon

# What a page, a printer and a template would each take for more than words.
MARKUP = (
    '<img src="file:///etc/hostname" onerror="alert(1)"/>'
    "<script>alert(2)</script>{{7*7}}<t t-out='1'/>&lt;b&gt;"
)
FORMULA = '=HYPERLINK("http://example.com","Press")'


@tagged("post_install", "-at_install")
class TestPublicMarkup(EditionsCommon):
    """What somebody said is words in every edition, whatever is in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._fill(cls._create_assessment())
        cls.voice = cls.assessment.voice_ids[0]
        cls.voice.words = f"{FORMULA} {MARKUP}"
        cls.assessment._take("complete")
        cls.assessment._take("publish")
        cls.publication = cls.assessment.publication_ids

    def test_on_pages_it_is_text_letter_by_letter(self):
        for name in ("page", "easy read"):
            tree = html.fromstring(self._read(self._get_paths()[name]))
            text = " ".join(tree.text_content().split())
            self.assertIn(self.voice.words, text, name)
            self.assertFalse(tree.xpath("//*[@onerror]"), name)
            self.assertFalse(tree.xpath("//img[starts-with(@src, 'file:')]"), name)
            scripts = tree.xpath("//script[not(@src)]/text()")
            self.assertNotIn("alert", " ".join(scripts), name)

    def test_on_paper_it_is_text_letter_by_letter(self):
        self._make_editions()
        for kind in ("report", "easy_read"):
            text = self._read_pdf(kind).replace(" ", "")
            self.assertIn("<script>alert(2)</script>{{7*7}}", text, kind)
            self.assertIn('<imgsrc="file:///etc/hostname"', text, kind)
            self.assertIn("=HYPERLINK(", text, kind)

    def test_open_data_is_data_and_no_page(self):
        response = self.url_open(self._get_paths()["data"])
        kind = response.headers["Content-Type"]
        self.assertEqual(kind, "application/json; charset=utf-8")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        (quote,) = [
            block["content"]
            for block in json.loads(response.text)["blocks"]
            if block["kind"] == "quote"
        ]
        self.assertEqual(quote["words"], self.voice.words)
