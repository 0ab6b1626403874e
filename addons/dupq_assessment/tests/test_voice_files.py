import io

from PIL import Image

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dupq_code import uploads
from odoo.addons.dupq_code.films import box

from ..const import MOST_FILM
from .assessment_common import AssessmentCommon

MAKE = 0x010F  # where a telephone writes its maker
PROGRAM = b"MZ\x90\x00" + bytes(500)
FILM = box(b"ftyp", b"isom0000") + box(
    b"moov",
    box(b"udta", b"+53.80-1.55/ Leeds")
    + box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"vide" + bytes(12)))),
)


@tagged("post_install", "-at_install")
class TestVoiceFiles(AssessmentCommon):
    """Files that staff add to what somebody said, at their own screens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment = cls._create_assessment()
        cls.voices = cls.env["dupq.voice"].with_user(cls.user_manager)
        cls.voice = cls._say(words="A film of our party")

    @classmethod
    def _say(cls, **values):
        return cls.voices.create(
            {"assessment_id": cls.assessment.id, "group_id": cls.people.id, **values}
        )

    def _upload(self, name, content):
        """As the screen does: first the file, then the voice that it belongs to."""
        files = self.env["ir.attachment"].with_user(self.user_manager)
        return files.create(
            {"name": name, "raw": content, "res_model": "dupq.voice", "res_id": 0}
        )

    def _photograph(self):
        exif = Image.Exif()
        exif[MAKE] = "PhoneOfSomebody"
        out = io.BytesIO()
        Image.new("RGB", (40, 20), "red").save(out, "JPEG", exif=exif)
        return out.getvalue()

    def _keep(self, name, content):
        file = self._upload(name, content)
        self.voice.attachment_ids = [Command.link(file.id)]
        return file

    def test_a_program_called_a_film_is_refused(self):
        for name, content in (
            ("party.mp4", PROGRAM),
            ("party.mp4", b"\x7fELF" + FILM),
            ("party.png", b"<html><script>alert(1)</script></html>"),
            ("party.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("party.docx", b"PK\x03\x04" + bytes(500)),
        ):
            with self.subTest(content[:8]):
                file = self._upload(name, content)
                self.assertRefused(
                    self.voice.write,
                    "is not a picture, a sound or a film",
                    {"attachment_ids": [Command.link(file.id)]},
                )
                self.env.invalidate_all()
                self.assertFalse(self.voice.attachment_ids)
                with self.assertRaises(UserError), self.cr.savepoint():
                    self._say(attachment_ids=[Command.link(file.id)])

    def test_what_is_too_big_is_refused_with_the_limit(self):
        self.patch(uploads, "MOST_BYTES", 30)
        picture = self._upload("party.jpg", self._photograph())
        self.assertRefused(
            self.voice.write,
            f"up to {MOST_FILM // 1024**2} MB",
            {"attachment_ids": [Command.link(picture.id)]},
        )

    def test_a_photograph_loses_its_device_and_gets_its_true_name(self):
        sent = self._photograph()
        self.assertIn(b"PhoneOfSomebody", sent)
        file = self._keep("party.mp4", sent)
        self.assertNotIn(b"PhoneOfSomebody", file.raw)
        self.assertEqual((file.name, file.mimetype), ("party.jpg", "image/jpeg"))

    def test_a_film_loses_its_place(self):
        file = self._keep("party.mov", FILM)
        self.assertNotIn(b"Leeds", file.raw)
        self.assertEqual((file.name, file.mimetype), ("party.mp4", "video/mp4"))

    def test_what_was_looked_at_is_not_drawn_again(self):
        first = self._keep("one.jpg", self._photograph())
        kept = first.raw
        first.sudo().raw = b"\xff\xd8\xff as it is"
        self._keep("two.jpg", self._photograph())
        self.assertEqual(first.raw, b"\xff\xd8\xff as it is")
        self.assertNotEqual(first.raw, kept)
        self.assertEqual(len(self.voice.attachment_ids), 2)

    def test_a_scanned_card_is_a_paper(self):
        file = self._keep("card.jpg", b"%PDF-1.7\n1 0 obj")
        self.assertEqual((file.name, file.mimetype), ("card.pdf", "application/pdf"))
