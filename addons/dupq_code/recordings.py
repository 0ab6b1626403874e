"""Recorded sound without the tags in which a place, a day or a device may stand.

The boxes of an MP4 and the date of a WebM file are those of films, see there.
"""

import struct

from . import films

# What a player needs of a WAVE file; all else are notes.
WAVE_SOUND = (b"fmt ", b"fact", b"data")
ID3_HEAD = 10
# At the very end, from the first days of MP3.
OLD_TAG = 128
OGG_NOTES = (b"OpusTags", b"\x03vorbis")
OGG_HEAD = 27


def hush(content):
    """The same recording, without what tells of its making; nothing moves.

    >>> noted = b"LIST" + struct.pack("<I", 8) + b"ICRDLeed"
    >>> wave = b"RIFF" + bytes(4) + b"WAVE" + noted + b"data" + bytes(4)
    >>> quiet = hush(wave)
    >>> len(quiet) == len(wave), b"Leed" in quiet, b"JUNK" in quiet, b"data" in quiet
    (True, False, True, True)
    >>> tagged = b"ID3\\x04\\x00\\x40" + bytes([0, 0, 0, 5]) + b"Leeds" + b"\\xff\\xfb"
    >>> hush(tagged + b"TAGLeeds".ljust(OLD_TAG, b" ")).strip(bytes(1))
    b'ID3\\x04\\x00\\x00\\x00\\x00\\x00\\x05\\x00\\x00\\x00\\x00\\x00\\xff\\xfb'
    >>> page = ogg_page(b"OpusTags" + notes(b"libopus", b"DATE=2026-11-26"))
    >>> quiet = hush(ogg_page(b"OpusHead") + page)
    >>> b"DATE=" in quiet, b"2026" in quiet, b"libopus" in quiet
    (True, False, False)
    >>> quiet == ogg_page(b"OpusHead") + ogg_page(quiet[-len(page) + OGG_HEAD + 1:])
    True
    """
    quiet = bytearray(content)
    if content.startswith(b"RIFF"):
        _hush_wave(quiet)
    elif content.startswith(b"OggS"):
        _hush_ogg(quiet)
    elif content.startswith(b"ID3") or content[:1] == b"\xff":
        _hush_mp3(quiet)
    else:
        return films.hush(content)
    return bytes(quiet)


def _hush_wave(quiet):
    place = 12
    while place + 8 <= len(quiet):
        kind, size = struct.unpack_from("<4sI", quiet, place)
        if not kind.isascii() or not kind.strip(b"\0"):
            return
        if kind not in WAVE_SOUND:
            quiet[place : place + 4] = b"JUNK"
            _blank(quiet, place + 8, place + 8 + size)
        place += 8 + size + size % 2


def _hush_mp3(quiet):
    place = 0
    while quiet[place : place + 3] == b"ID3" and place + ID3_HEAD <= len(quiet):
        size = 0
        for seven_bits in quiet[place + 6 : place + ID3_HEAD]:
            size = size << 7 | seven_bits & 0x7F
        # No further head, and room instead of words.
        quiet[place + 5] = 0
        _blank(quiet, place + ID3_HEAD, place + ID3_HEAD + size)
        place += ID3_HEAD + size
    if quiet[-OLD_TAG:][:3] == b"TAG":
        _blank(quiet, len(quiet) - OLD_TAG, len(quiet))


def _hush_ogg(quiet):
    """Blank the notes on the pages at the beginning; each page says its checksum."""
    place = 0
    while quiet[place : place + 4] == b"OggS" and place + OGG_HEAD <= len(quiet):
        count = quiet[place + 26]
        begin = place + OGG_HEAD + count
        end = begin + sum(quiet[place + OGG_HEAD : begin])
        for kind in OGG_NOTES:
            if quiet.startswith(kind, begin):
                _blank_notes(quiet, begin + len(kind), min(end, len(quiet)))
                _sign(quiet, place, end)
                return
        place = end


def _blank_notes(quiet, place, end):
    """The maker, and the words of each note after its name."""
    is_maker, left = True, 1
    while left and place + 4 <= end:
        (size,) = struct.unpack_from("<I", quiet, place)
        place += 4
        stop = min(place + size, end)
        name = 0 if is_maker else quiet.find(b"=", place, stop) + 1
        start = max(name, place)
        quiet[start:stop] = b" " * (stop - start)
        place, left = stop, left - 1
        if is_maker and place + 4 <= end:
            (left,) = struct.unpack_from("<I", quiet, place)
            place, is_maker = place + 4, False


def _sign(quiet, start, end):
    _blank(quiet, start + 22, start + 26)
    struct.pack_into("<I", quiet, start + 22, ogg_sum(quiet[start:end]))


def ogg_sum(content):
    """The checksum of a page of an Ogg file.

    >>> hex(ogg_sum(b"123456789"))
    '0x89a1897f'
    """
    found = 0
    for byte in content:
        found ^= byte << 24
        for _bit in range(8):
            found = (found << 1 ^ (0x04C11DB7 if found >> 31 else 0)) & 0xFFFFFFFF
    return found


def ogg_page(content):
    """A page of an Ogg file with one short packet, as tests make them."""
    head = b"OggS" + bytes(22) + bytes([1, len(content)])
    page = bytearray(head + content)
    _sign(page, 0, len(page))
    return bytes(page)


def notes(maker, *lines):
    """The notes of an Ogg file, as tests make them."""
    parts = [struct.pack("<I", len(maker)), maker, struct.pack("<I", len(lines))]
    for line in lines:
        parts += [struct.pack("<I", len(line)), line]
    return b"".join(parts)


def _blank(quiet, start, end):
    end = min(end, len(quiet))
    quiet[start:end] = bytes(max(0, end - start))
