import io
import struct
import zlib

from PIL import Image

from odoo.tests import TransactionCase, tagged

from ..films import box
from ..recordings import notes, ogg_page
from ..uploads import (
    BROKEN,
    MOST_BYTES,
    MOST_PIXELS,
    TOO_BIG,
    TOO_LARGE,
    UNKNOWN,
    RefusedUpload,
    accept,
)

# Place and maker of a telephone's picture, as a telephone writes them.
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


class Endless(io.RawIOBase):
    """A stream without an end that counts what was read of it."""

    def __init__(self, head=b""):
        self.head, self.given = head, 0

    def read(self, size=-1):  # pylint: disable=method-required-super
        part = (self.head if not self.given else b"") + bytes(size)
        self.given += size
        return part[:size]


@tagged("post_install", "-at_install")
class TestUploads(TransactionCase):
    def _picture(self, kind="JPEG", size=(40, 20), mode="RGB", **options):
        out = io.BytesIO()
        Image.new(mode, size, "red").save(out, kind, **options)
        return out.getvalue()

    def _bomb(self, width=60_000, height=60_000):
        """A PNG of some hundred bytes that says it is as large as a field."""

        def chunk(name, data):
            body = name + data
            return (
                struct.pack(">I", len(data))
                + body
                + struct.pack(">I", zlib.crc32(body))
            )

        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(bytes(1000)))
            + chunk(b"IEND", b"")
        )

    def assertRefusedAs(self, reason, content):
        stream = content if hasattr(content, "read") else io.BytesIO(content)
        with self.assertRaises(RefusedUpload) as caught:
            accept(stream)
        self.assertEqual(caught.exception.reason, reason)

    def test_pictures_are_taken(self):
        for kind, mimetype in (
            ("JPEG", "image/jpeg"),
            ("PNG", "image/jpeg"),
            ("GIF", "image/jpeg"),
        ):
            upload = accept(io.BytesIO(self._picture(kind)))
            self.assertEqual((upload.kind, upload.mimetype), ("picture", mimetype))
            with Image.open(io.BytesIO(upload.content)) as seen:
                self.assertEqual(seen.size, (40, 20))

    def test_clear_pictures_stay_clear(self):
        upload = accept(io.BytesIO(self._picture("PNG", mode="RGBA")))
        self.assertEqual(upload.mimetype, "image/png")

    def test_place_and_device_stay_behind(self):
        exif = Image.Exif()
        exif[MAKE] = "PhoneOfSomebody"
        exif[GPS] = {1: "N", 2: (51.0, 30.0, 0.0)}
        sent = self._picture(exif=exif, comment=b"PhoneOfSomebody")
        self.assertIn(b"PhoneOfSomebody", sent)
        upload = accept(io.BytesIO(sent))
        self.assertNotIn(b"PhoneOfSomebody", upload.content)
        with Image.open(io.BytesIO(upload.content)) as seen:
            self.assertFalse(dict(seen.getexif()))

    def test_picture_taken_sideways_is_turned(self):
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        upload = accept(io.BytesIO(self._picture(exif=exif)))
        with Image.open(io.BytesIO(upload.content)) as seen:
            self.assertEqual(seen.size, (20, 40))

    def test_second_file_behind_a_picture_stays_behind(self):
        upload = accept(io.BytesIO(self._picture() + b"PK\x03\x04<script>evil"))
        self.assertNotIn(b"script", upload.content)

    def test_large_pictures_become_smaller(self):
        upload = accept(io.BytesIO(self._picture(size=(5000, 2500))))
        with Image.open(io.BytesIO(upload.content)) as seen:
            self.assertEqual(seen.size, (2000, 1000))

    def test_program_renamed_to_a_picture_is_refused(self):
        for head in (b"MZ\x90\x00", b"\x7fELF\x02\x01", b"#!/bin/sh\n", b"PK\x03\x04"):
            self.assertRefusedAs(UNKNOWN, head + bytes(500))

    def test_pages_and_drawings_with_scripts_are_refused(self):
        for content in (
            b"<html><script>alert(1)</script></html>",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"%PDF-1.7",
        ):
            self.assertRefusedAs(UNKNOWN, content)

    def test_bomb_is_refused_before_it_is_decoded(self):
        bomb = self._bomb()
        self.assertLess(len(bomb), 1000)
        self.assertRefusedAs(TOO_LARGE, bomb)

    def test_just_below_the_limit_is_no_bomb(self):
        side = int(MOST_PIXELS**0.5)
        self.assertTrue(accept(io.BytesIO(self._bomb(side, side))))
        self.assertRefusedAs(TOO_LARGE, self._bomb(side + 2, side + 2))

    def test_broken_pictures_are_refused(self):
        whole = self._picture("PNG", size=(200, 200))
        self.assertRefusedAs(BROKEN, whole[: len(whole) // 2])
        self.assertRefusedAs(BROKEN, b"\xff\xd8\xff" + bytes(2000))

    def test_too_much_is_not_read_to_its_end(self):
        stream = Endless(b"\xff\xd8\xff\xe0")
        self.assertRefusedAs(TOO_BIG, stream)
        self.assertLess(stream.given, MOST_BYTES + 1024 * 1024)

    def test_sound_is_taken_as_it_is(self):
        for content, mimetype in (
            (b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x84webm" + bytes(50), "audio/webm"),
            (b"OggS" + bytes(50), "audio/ogg"),
            (b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(50), "audio/wav"),
            (b"\x00\x00\x00\x20ftypM4A " + bytes(50), "audio/mp4"),
            (b"ID3\x04" + bytes(50), "audio/mpeg"),
            (b"\xff\xfb\x90\x64" + bytes(50), "audio/mpeg"),
        ):
            upload = accept(io.BytesIO(content))
            self.assertEqual((upload.kind, upload.mimetype), ("sound", mimetype))
            self.assertEqual(upload.content, content)

    def test_place_and_day_of_a_recording_stay_behind(self):
        told = box(b"mvhd", bytes(4) + b"12345678") + box(b"udta", b"+51.5-0.1/")
        sent = box(b"ftyp", b"M4A 0000") + box(b"moov", told)
        upload = accept(io.BytesIO(sent))
        self.assertEqual((upload.kind, len(upload.content)), ("sound", len(sent)))
        self.assertNotIn(b"+51.5", upload.content)
        self.assertNotIn(b"12345678", upload.content)

    def test_tags_of_a_recording_stay_behind(self):
        tag = b"2026-11-26 Leeds"
        size = struct.pack("<I", len(tag))
        vorbis = ogg_page(b"\x03vorbis" + notes(b"A telephone", b"DATE=" + tag))
        riff = b"RIFF" + bytes(4) + b"WAVE"
        for sent in (
            riff + b"bext" + size + tag + b"data" + bytes(4),
            b"ID3\x03" + bytes(5) + bytes([len(tag)]) + tag + b"\xff\xfb\x90\x64",
            b"\xff\xfb\x90\x64" + bytes(50) + (b"TAG" + tag).ljust(128, b"\0"),
            ogg_page(b"\x01vorbis") + vorbis + ogg_page(b"\x05vorbis"),
        ):
            upload = accept(io.BytesIO(sent))
            self.assertEqual((upload.kind, len(upload.content)), ("sound", len(sent)))
            for told in (b"2026", b"Leeds", b"A telephone"):
                self.assertNotIn(told, upload.content)

    def test_films_are_films_where_they_are_wanted_and_told_of_no_place(self):
        told = box(b"hdlr", bytes(8) + b"vide" + bytes(12)) + box(b"udta", b"Leeds")
        sent = box(b"ftyp", b"qt  0000") + box(b"moov", told)
        upload = accept(io.BytesIO(sent), film=True)
        self.assertEqual((upload.kind, upload.mimetype), ("film", "video/quicktime"))
        self.assertNotIn(b"Leeds", upload.content)
        self.assertRefusedAs(UNKNOWN, sent)

    def test_only_films_may_be_longer(self):
        with self.assertRaises(RefusedUpload) as caught:
            accept(io.BytesIO(b"OggS" + bytes(MOST_BYTES)), 2 * MOST_BYTES, film=True)
        self.assertEqual(caught.exception.reason, TOO_BIG)

    def test_other_recordings_are_refused(self):
        for content in (
            b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(50),
            b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x88matroska" + bytes(50),
            b"MThd" + bytes(50),
        ):
            self.assertRefusedAs(UNKNOWN, content)

    def test_nothing_is_nothing(self):
        self.assertIsNone(accept(io.BytesIO()))
