"""Whether an uploaded file is a report that anybody can open, without any ORM.

No name and no label is believed, only the content: papers, pictures, sound, film.
"""

import io
import zipfile

from odoo.addons.dupq_code import films, uploads
from odoo.addons.dupq_code.uploads import is_picture, sound_type

MEGABYTE = 1024 * 1024
# A longer film belongs on a site for films, with a link.
MOST_BYTES = 60 * MEGABYTE

PAPER, PICTURE, SOUND, FILM = "paper", "picture", "sound", "film"
TOO_BIG, UNKNOWN, BROKEN = "too_big", "unknown", "broken"

OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
WORD_PART = "word/document.xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = {
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG": ("image/png", "png"),
    b"GIF8": ("image/gif", "gif"),
}


class RefusedFile(Exception):
    """The file is not taken.

    :param reason: ``too_big``, ``unknown`` or ``broken``
    """

    def __init__(self, reason):
        self.reason = reason
        super().__init__(reason)


def take(content):
    """What anybody may get of a file: its content, its type and its ending.

    A picture is drawn anew, place and day are taken out of recordings and films, so
    that nothing is published that nobody sees.

    >>> take(b"%PDF-1.7 ...")
    (b'%PDF-1.7 ...', 'application/pdf', 'pdf')
    >>> take(b"GIF89a...")
    Traceback (most recent call last):
    odoo.addons.dupq_assessment.report_file.RefusedFile: broken
    """
    kind, mimetype, ending = look_at(content)
    if kind == PICTURE:
        try:
            drawn = uploads.redraw(content)
        except uploads.RefusedUpload as refused:
            raise RefusedFile(BROKEN) from refused
        return drawn.content, drawn.mimetype, drawn.extension
    if kind in (SOUND, FILM):
        content = films.hush(content)
    return content, mimetype, ending


def look_at(content):
    """What a file is: its kind, its type and the ending of its name.

    >>> look_at(b"%PDF-1.7 ...")
    ('paper', 'application/pdf', 'pdf')
    >>> look_at(b"....ftypisom....")
    ('film', 'video/mp4', 'mp4')
    >>> look_at(b"MZ" + bytes(100))
    Traceback (most recent call last):
    odoo.addons.dupq_assessment.report_file.RefusedFile: unknown
    """
    if len(content) > MOST_BYTES:
        raise RefusedFile(TOO_BIG)
    if content.startswith(b"%PDF-"):
        return PAPER, "application/pdf", "pdf"
    if is_picture(content):
        return PICTURE, *next(
            found for head, found in PICTURES.items() if content.startswith(head)
        )
    if content.startswith(b"PK\x03\x04") and (found := _document_type(content)):
        return PAPER, *found
    if found := _film_type(content):
        return FILM, *found
    if found := sound_type(content):
        return SOUND, *found
    raise RefusedFile(UNKNOWN)


def _film_type(content):
    """The type of a film by its first bytes, or None.

    >>> _film_type(bytes([0x1A, 0x45, 0xDF, 0xA3]) + b"....webm")
    ('video/webm', 'webm')
    >>> _film_type(b"....ftypM4A ") is None
    True
    """
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return "video/webm", "webm"
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        if brand[:3] in (b"iso", b"mp4", b"avc", b"M4V", b"3gp", b"3g2"):
            return "video/mp4", "mp4"
        if brand == b"qt  ":
            return "video/quicktime", "mov"
    return None


def _document_type(content):
    """The type of a written document that holds no macros, or None.

    >>> _document_type(b"PK not a document") is None
    True
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            if any("vbaProject" in name or "Basic/" in name for name in names):
                return None
            if WORD_PART in names:
                return WORD_TYPE, "docx"
            if "mimetype" in names:
                with parts.open("mimetype") as kind:
                    if kind.read(len(OPEN_DOCUMENT) + 1) == OPEN_DOCUMENT:
                        return OPEN_DOCUMENT.decode(), "odt"
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return None
    return None
