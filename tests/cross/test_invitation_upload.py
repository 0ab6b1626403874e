"""Proves over HTTP what becomes of files sent with an answer: 200 MB, a program that
calls itself a picture, a picture that is a bomb, and good ones. Takes half a minute."""

import io
import os
import re
import struct
import tempfile
import zlib
from pathlib import Path

import pytest
from cross.choosing_story import SETUP, Link
from cross.visitor import CSRF, Visitor
from harness.server import OdooServer
from PIL import Image

MEGABYTE = 1024 * 1024
OPEN = "SELECT id FROM dupq_choice WHERE state = 'asked' ORDER BY id"


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "minimal").start()
    server.shell(SETUP)
    server.links = Link.send(server, *["personal"] * 5)
    yield server
    server.stop()


@pytest.fixture
def sister(server):
    link = server.links.pop()
    visitor = Visitor(server)
    visitor.look(link.path)
    visitor.press(link.path)
    visitor.choice = server.sql(OPEN)[0][0]
    visitor.path = f"{link.path}/{visitor.choice}/yes"
    visitor.look(visitor.path)
    return visitor


def send(visitor, name, content, mimetype="image/jpeg"):
    return visitor.press(
        visitor.path, {"words": "A long story"}, {"file": (name, content, mimetype)}
    )


def assert_refused_and_nothing_lost(visitor, page, words):
    assert page.status_code == 422
    assert words in page.text
    assert "A long story</textarea>" in page.text
    assert not visitor.server.sql(
        "SELECT id FROM dupq_choice WHERE state <> 'asked' OR attachment_id IS NOT NULL"
    )


def bomb():
    """A PNG of a few bytes that says it is as large as a field."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(MEGABYTE))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def test_two_hundred_megabytes_are_refused_without_being_held(server, sister):
    before = peak(server)
    with tempfile.TemporaryFile() as large:
        token = CSRF.search(sister.page.text).group(1)
        head = HEAD.format(token=token).replace("\n", "\r\n").encode()
        large.write(head + b"\xff\xd8\xff\xe0")
        large.seek(200 * MEGABYTE)
        large.write(b"\r\n--edge--\r\n")
        large.seek(0)
        kind = {"Content-Type": "multipart/form-data; boundary=edge"}
        page = sister.session.post(
            server.url + sister.path, data=large, headers=kind, timeout=300
        )
    assert_refused_and_nothing_lost(sister, page, "This file is too big.")
    assert peak(server) - before < 100 * MEGABYTE


def peak(server):
    """The most memory that the server's process has ever used, in bytes."""
    status = Path(f"/proc/{server._server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024


HEAD = """--edge
Content-Disposition: form-data; name="csrf_token"

{token}
--edge
Content-Disposition: form-data; name="words"

A long story
--edge
Content-Disposition: form-data; name="file"; filename="holiday.jpg"
Content-Type: image/jpeg

"""


def test_program_that_calls_itself_a_picture(sister):
    page = send(sister, "holiday.jpg", b"MZ\x90\x00" + os.urandom(5000))
    assert_refused_and_nothing_lost(sister, page, "not a picture or a sound")


def test_picture_that_is_a_bomb(sister):
    page = send(sister, "holiday.png", bomb(), "image/png")
    assert_refused_and_nothing_lost(sister, page, "This picture is too large.")


def test_broken_picture(sister):
    page = send(sister, "holiday.jpg", b"\xff\xd8\xff\xe0" + bytes(5000))
    assert_refused_and_nothing_lost(sister, page, "cannot open this file")


def test_refused_file_can_be_followed_by_a_good_one(sister):
    send(sister, "holiday.jpg", b"MZ")
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", comment=b"somewhere")
    page = send(sister, "../../holiday.exe", out.getvalue())
    assert page.status_code == 200
    assert "Thank you" in page.text
    rows = sister.server.sql(
        "SELECT a.name, a.mimetype, a.public, c.words FROM dupq_choice c"
        " JOIN ir_attachment a ON a.id = c.attachment_id"
        " WHERE c.taken_by = 'circle' AND c.state = 'answered'"
    )
    assert rows[0][:2] == ["picture.jpg", "image/jpeg"]
    assert "A long story" in str(rows)
