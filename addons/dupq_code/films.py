"""Films by their content: what they are, and without where and when they were made."""

import struct

# Boxes of an MP4 or QuickTime file that hold other boxes on the way to the tracks.
OUTER = (b"moov", b"trak", b"mdia")
# Boxes with words, places and devices in them.
TELLING = (b"udta", b"meta")
# Boxes that begin with the times of making and of changing.
DATED = (b"mvhd", b"tkhd", b"mdhd")
WEBM = b"\x1a\x45\xdf\xa3"
WEBM_VIDEO = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")
# The heads of a WebM file, with its tracks and the day it was made, come first.
HEAD = 64 * 1024
WEBM_DATE = b"\x44\x61\x88"


def film_type(content):
    """The type of a film by its bytes, or None, also for sound alone.

    >>> film_type(b"MZ" + bytes(100)), film_type(b"....ftypM4A " + bytes(100))
    (None, None)
    >>> film_type(WEBM + b"....webm....V_VP8"), film_type(WEBM + b"....webm....A_OPUS")
    (('video/webm', 'webm'), None)
    >>> head = box(b"hdlr", bytes(8) + b"vide" + bytes(12))
    >>> film_type(box(b"ftyp", b"isom0000") + box(b"moov", head))
    ('video/mp4', 'mp4')
    >>> film_type(box(b"ftyp", b"qt  0000") + box(b"moov", head))
    ('video/quicktime', 'mov')
    """
    if content.startswith(WEBM) and b"webm" in content[:64]:
        is_film = any(codec in content[:HEAD] for codec in WEBM_VIDEO)
        return ("video/webm", "webm") if is_film else None
    if content[4:8] != b"ftyp" or not _has_pictures(content):
        return None
    if content[8:12] == b"qt  ":
        return "video/quicktime", "mov"
    return "video/mp4", "mp4"


def hush(content):
    """The same film, without the time, the place and the device of its making.

    Nothing moves: what tells becomes room that is not used.

    >>> dated = box(b"mvhd", bytes(4) + b"12345678" + bytes(8))
    >>> told = box(b"ftyp", b"isom") + box(b"moov", dated + box(b"udta", b"Leeds"))
    >>> quiet = hush(told)
    >>> len(quiet) == len(told), b"Leeds" in quiet, b"1234" in quiet, b"udta" in quiet
    (True, False, False, False)
    >>> hush(WEBM + WEBM_DATE + b"12345678rest")[-12:]
    b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00rest'
    """
    quiet = bytearray(content)
    if content.startswith(WEBM):
        place = content.find(WEBM_DATE, 0, HEAD)
        if place > 0:
            _blank(quiet, place + len(WEBM_DATE), place + len(WEBM_DATE) + 8)
        return bytes(quiet)
    _hush_boxes(quiet, 0, len(quiet))
    return bytes(quiet)


def box(kind, content=b""):
    """One box of an MP4 file, as tests make them.

    >>> box(b"free", b"ab")
    b'\\x00\\x00\\x00\\nfreeab'
    """
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _has_pictures(content):
    """Whether one of the handlers is of pictures."""
    place = content.find(b"hdlr")
    while place > 0:
        if content[place + 12 : place + 16] == b"vide":
            return True
        place = content.find(b"hdlr", place + 4)
    return False


def _hush_boxes(quiet, start, end):
    for kind, name_at, begin, finish in _get_boxes(quiet, start, end):
        if kind in OUTER:
            _hush_boxes(quiet, begin, finish)
        elif kind in TELLING:
            quiet[name_at : name_at + 4] = b"free"
            _blank(quiet, begin, finish)
        elif kind in DATED:
            width = 16 if quiet[begin : begin + 1] == b"\x01" else 8
            _blank(quiet, begin + 4, min(begin + 4 + width, finish))


def _get_boxes(quiet, start, end):
    """Of each box that is whole: kind, place of its kind, begin and end of content."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", quiet, start)
        begin = start + 8
        if size == 1 and begin + 8 <= end:
            (size,) = struct.unpack_from(">Q", quiet, begin)
            begin += 8
        elif size == 0:
            size = end - start
        if size < 8 or start + size > end:
            return
        yield bytes(kind), start + 4, begin, start + size
        start += size


def _blank(quiet, start, end):
    quiet[start:end] = bytes(end - start)
