"""What people send with their words: pictures, recorded sound, where wanted films.

No name and no label is believed, only the content. Pictures are drawn anew, so that
nothing travels with them: no place, no device, no second file behind the first. Place
and day are taken out of recordings and films.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from . import films, recordings

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
# More than a telephone takes; what is decoded needs four bytes for each.
MOST_PIXELS = 50_000_000
# What is kept is sharp on any screen and on A4.
LONGEST_SIDE = 2000
PICTURES = ("JPEG", "PNG", "GIF")
CHUNK = 64 * 1024

PICTURE, SOUND, FILM = "picture", "sound", "film"
TOO_BIG, TOO_LARGE, UNKNOWN, BROKEN = "too_big", "too_large", "unknown", "broken"


class RefusedUpload(Exception):
    """The file is not taken.

    :param reason: one of the four reasons above
    """

    def __init__(self, reason):
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Upload:
    """A file that was looked at and may be kept."""

    kind: str
    content: bytes
    mimetype: str
    extension: str


def accept(stream, most=MOST_BYTES, film=False):
    """Look at a file that arrives, and take it or refuse it.

    :param stream: binary, read no further than one chunk beyond ``most``
    :param film: whether films are taken, too; anything else has its usual limit
    :return: an :class:`Upload`; None if nothing was sent
    :raise RefusedUpload: with the reason

    >>> accept(io.BytesIO(b""))
    >>> accept(io.BytesIO(b"MZ" + bytes(100)))
    Traceback (most recent call last):
    odoo.addons.dupq_code.uploads.RefusedUpload: unknown
    """
    content = read_limited(stream, most)
    if not content:
        return None
    if film and (film_type := films.film_type(content)):
        mimetype, extension = film_type
        return Upload(FILM, films.hush(content), mimetype, extension)
    if len(content) > MOST_BYTES:
        raise RefusedUpload(TOO_BIG)
    if sound := sound_type(content):
        mimetype, extension = sound
        return Upload(SOUND, recordings.hush(content), mimetype, extension)
    if is_picture(content):
        return redraw(content)
    raise RefusedUpload(UNKNOWN)


def read_limited(stream, most):
    """Read a stream, but never much more than ``most`` bytes of it.

    >>> read_limited(io.BytesIO(b"1234"), 4)
    b'1234'
    >>> read_limited(io.BytesIO(b"12345"), 4)
    Traceback (most recent call last):
    odoo.addons.dupq_code.uploads.RefusedUpload: too_big
    """
    parts, size = [], 0
    while part := stream.read(CHUNK):
        size += len(part)
        if size > most:
            raise RefusedUpload(TOO_BIG)
        parts.append(part)
    return b"".join(parts)


def is_picture(content):
    """Whether it begins as a picture that we take.

    >>> is_picture(b"GIF89a..."), is_picture(b"<svg/>")
    (True, False)
    """
    heads = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
    return content.startswith(heads)


def sound_type(content):
    """The type of a recording by its first bytes, or None.

    >>> sound_type(b"OggS....")
    ('audio/ogg', 'ogg')
    >>> sound_type(b"RIFF....WAVEfmt "), sound_type(b"RIFF....AVI LIST")
    (('audio/wav', 'wav'), None)
    >>> sound_type(b"....ftypM4A "), sound_type(b"PK..")
    (('audio/mp4', 'm4a'), None)
    """
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return "audio/webm", "webm"
    if content.startswith(b"OggS"):
        return "audio/ogg", "ogg"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "audio/wav", "wav"
    if content[4:8] == b"ftyp" and content[8:11] in (b"M4A", b"mp4", b"iso"):
        return "audio/mp4", "m4a"
    if content.startswith(b"ID3") or _is_mp3_frame(content[:4]):
        return "audio/mpeg", "mp3"
    return None


def _is_mp3_frame(head):
    """Whether four bytes are the head of a frame of MPEG sound, layer three.

    >>> _is_mp3_frame(bytes([0xFF, 0xFB, 0x90, 0])), _is_mp3_frame(b"RIFF")
    (True, False)
    """
    return (
        len(head) == 4
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[2] >> 4 not in (0, 15)
        and head[2] >> 2 & 3 != 3
    )


def redraw(content):
    """Draw a picture anew, with nothing but what is seen, the right way up."""
    try:
        _check_picture(content)
        with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            seen = ImageOps.exif_transpose(picture)
            seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _save(seen)
    except RefusedUpload:
        raise
    except Image.DecompressionBombError as error:
        raise RefusedUpload(TOO_LARGE) from error
    except Exception as error:
        # Whatever a decoder says of a broken file, it is the file that is broken.
        raise RefusedUpload(BROKEN) from error


def _check_picture(content):
    """Ask its size and its soundness before a single pixel is decoded."""
    with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise RefusedUpload(TOO_LARGE)
        picture.verify()


def _save(picture):
    is_clear = "A" in picture.getbands() or "transparency" in picture.info
    picture = picture.convert("RGBA" if is_clear else "RGB")
    # Only what is seen goes into the new one: a copy would take comments along.
    drawn = Image.new(picture.mode, picture.size)
    drawn.paste(picture)
    out = io.BytesIO()
    if is_clear:
        drawn.save(out, "PNG", optimize=True)
        return Upload(PICTURE, out.getvalue(), "image/png", "png")
    drawn.save(out, "JPEG", quality=85)
    return Upload(PICTURE, out.getvalue(), "image/jpeg", "jpg")
