import io
from base64 import b64encode

from lxml import html
from PIL import Image

from odoo.addons.http_routing.tests.common import MockRequest

from ..controllers.frame import frame_values
from .easy_read import faults

# What a template may be given: nothing that leads to a record.
PLAIN = (str, int, bool, dict, list)
VOICE = b"OggS" + bytes(100)


class GuestCommon:
    """The pages on which guests answer, for a test class that has a person.

    `myself` is the guest who is asked unless a test says who.
    """

    # What each template is given, besides the frame and the token of its forms; and
    # what stands inside of that.
    _keys = {}
    _inner_keys = {}

    def _page(self, path, guest=None):
        # In sudo mode, as the controllers call it once they know who asks.
        return self.person.sudo()._get_invitation_page(guest or self.myself, path)

    def _take(self, path, guest=None, **answers):
        answers = {"files": [], "errors": {}, **answers}
        return self.person.sudo()._take_invitation_answers(
            guest or self.myself, path, answers
        )

    def _pages_of(self, record, guest=None):
        """Each page on which a guest may be asked about one record."""
        paths = ["", "stop", "thanks", str(record.id)]
        paths += [f"{record.id}/{answer}" for answer in ("yes", "not_sure", "no")]
        return [self._page(path, guest) for path in paths]

    def _render(self, page):
        values = {**page["values"], "csrf_token": "x"}
        with MockRequest(self.env):
            values["frame"] = frame_values(page["title"], easy_read=True)
        return str(self.env["ir.qweb"]._render(page["template"], values))

    @classmethod
    def _draw_photo(cls):
        out = io.BytesIO()
        Image.new("RGB", (900, 600), "green").save(out, "PNG")
        return b64encode(out.getvalue())

    def assertToldExactly(self, pages):
        """Every template is among these pages, and is told what `_keys` says."""
        self.assertEqual({page["template"] for page in pages}, set(self._keys))
        for page in pages:
            self.assertEqual(set(page), {"template", "title", "values"})
            values = page["values"]
            self.assertEqual(set(values), self._keys[page["template"]], page)
            self.assertPlain(values)

    def assertPlain(self, values):
        for key, value in values.items():
            for part in [value, *(value if isinstance(value, list) else ())]:
                self.assertIsInstance(part, PLAIN, key)
                if isinstance(part, dict):
                    self.assertEqual(set(part), self._inner_keys[key], key)
                    self.assertPlain(part)

    def assertEasyRead(self, pages):
        for page in pages:
            tree = html.document_fromstring(self._render(page))
            self.assertFalse(faults(tree), page["template"])
            self.assertEqual(len(tree.findall(".//h1")), 1)
