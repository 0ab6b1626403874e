"""Proves over HTTP that what somebody says without a name, from a browser in which they
are signed in, leads to nobody: every column of every row that the request wrote is
looked at. And what becomes of films and files. Takes half a minute."""

import io
import json
import re
import struct
import tempfile

import pytest
from cross.saying_story import FAMILIES, send_link, serve
from cross.visitor import CSRF, Visitor
from PIL import Image

MEGABYTE = 1024 * 1024
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TABLES = """
    SELECT table_name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T](\d\d:\d\d:\d\d)")
RATED = """
draft = env["dupq.assessment"].search([("name", "=", "SAYING")]).summary_ids[0]
draft.level_id = draft.assessment_id.scale_id.level_ids[0]
print("RATING", draft.id)
env.cr.commit()
"""
# What would lead to whoever is signed in.
NAMES = ("Telling Name", "teller.portal", "teller@example.com", "127.0.0.1")


@pytest.fixture(scope="module")
def server(chain):
    yield from serve(chain)


@pytest.fixture
def teller(server):
    """Somebody whose browser is signed in."""
    visitor = Visitor(server)
    page = visitor.look("/web/login")
    login = {"login": "teller.portal", "password": "teller.portal"}
    login["csrf_token"] = TOKEN.findall(page.text)[0]
    visitor.session.post(f"{server.url}/web/login", data=login, timeout=60)
    visitor.look("/my/self-assessments")
    return visitor


def written_since(server, moment):
    """Every row that a transaction after this one wrote: [(table, row)]."""
    rows = []
    for (table,) in server.sql(TABLES):
        found = server.sql(
            f'SELECT to_jsonb(t) FROM "{table}" t'
            f" WHERE t.xmin::text::bigint >= {moment} AND t.xmin::text::bigint > 2"
        )
        rows += [(table, str(row)) for (row,) in found]
    return rows


def get_moment(server):
    return int(server.sql("SELECT txid_current()")[0][0])


def say(visitor, path, question, files=None, **values):
    return visitor.press(path, {"question": question, **values}, files)


def open_link(server, visitor, kind="personal"):
    link = send_link(server, FAMILIES, kind)
    visitor.look(link.path)
    visitor.press(link.path)
    return link


def get_base(server, teller, way):
    """Where somebody says what they think: by a link, or in their account."""
    if way != "portal":
        return open_link(server, teller, way).path
    page = teller.look("/my/self-assessments")
    path = re.search(r"/my/self-assessments/\d+", page.text).group()
    return re.search(r"/my/self-[^\"]*/say/\d+", teller.look(path).text).group()


def assert_leads_to_nobody(server, rows):
    """No column holds the sender, nor a time finer than the day."""
    ((user, partner),) = get_ids(server)
    sender = {"uid": user, "user_id": user, "partner_id": partner}
    for table, row in rows:
        for name in NAMES:
            assert name not in row, (table, row)
        for column, value in json.loads(row).items():
            for ending, number in sender.items():
                told = column.endswith(ending) and str(value) == str(number)
                assert not told, (table, column)
            if told := MOMENT.match(str(value)):
                assert told.group(1) == "00:00:00", (table, column, value)


def get_ids(server):
    """The numbers of the user and the contact, as they stand in a row."""
    return server.sql(
        "SELECT id, partner_id FROM res_users WHERE login='teller.portal'"
    )


@pytest.mark.parametrize("way", ["personal", "group", "portal"])
def test_without_a_name_no_column_leads_to_the_sender(server, teller, way):
    question = server.questions[0]
    base = get_base(server, teller, way)
    teller.look(f"{base}/0/{question}")
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(picture, "PNG")
    moment = get_moment(server)
    page = say(
        teller,
        f"{base}/0/{server.questions[1]}",
        question,
        {"file": ("me.png", picture.getvalue(), "image/png")},
        words="Nobody knows me",
        consent="yes",
        nameless="1",
        key=f"key-of-{way}",
    )
    assert page.status_code == 200
    assert "Question 2" in " ".join(page.text.split())
    rows = written_since(server, moment)
    tables = {table for table, _row in rows}
    assert {"dupq_voice", "ir_attachment"} <= tables, tables
    assert_leads_to_nobody(server, rows)
    voice = next(json.loads(row) for table, row in rows if table == "dupq_voice")
    for column in ("participant_id", "partner_id", "invitation_id"):
        assert voice[column] is None
    assert voice["is_anonymous"] is True


@pytest.mark.parametrize("way", ["personal", "group", "portal"])
def test_a_contested_rating_leads_to_nobody(server, teller, way):
    """From a browser that is signed in, too: every column of every row."""
    rating = re.search(r"RATING (\d+)", server.shell(RATED)).group(1)
    base = get_base(server, teller, way)
    teller.look(f"{base}/0/contest-{rating}")
    moment = get_moment(server)
    page = teller.press(
        f"{base}/0/contested", {"rating": rating, "words": f"Not so, says {way}"}
    )
    assert "What you said is kept." in page.text
    rows = written_since(server, moment)
    assert "dupq_assessment_dissent" in {table for table, _row in rows}
    assert_leads_to_nobody(server, rows)


def test_under_ones_name_it_is_found_and_taken_back(server, teller):
    question = server.questions[0]
    base = open_link(server, teller).path
    teller.look(f"{base}/0/{question}")
    say(teller, f"{base}/0/thanks", question, words="It is me", consent="yes")
    page = teller.look(f"{base}/0/mine")
    assert "It is me" in page.text
    number = re.search(r'name="voice"\s+value="(\d+)"', page.text).group(1)
    page = teller.press(f"{base}/0/mine", {"voice": number})
    assert "We do not print it" in page.text
    assert server.sql(f"SELECT consent FROM dupq_voice WHERE id = {number}") == [
        ["withdrawn"]
    ]


def box(kind, content=b""):
    return struct.pack(">I4s", len(content) + 8, kind) + content


FILM = box(b"ftyp", b"isom0000") + box(
    b"moov",
    box(b"udta", b"+53.80-1.55/ Leeds")
    + box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"vide" + bytes(12)))),
)


def test_a_film_is_kept_without_its_place(server):
    visitor = Visitor(server)
    base = open_link(server, visitor).path
    visitor.look(f"{base}/0/{server.questions[2]}")
    page = say(
        visitor,
        f"{base}/0/thanks",
        server.questions[2],
        {"file": ("holiday.exe", FILM, "application/octet-stream")},
    )
    assert "Thank you" in page.text
    rows = server.sql(
        "SELECT a.mimetype, a.name, coalesce(a.public, false), a.store_fname, v.words"
        " FROM ir_attachment a JOIN dupq_voice v ON v.id = a.res_id"
        " WHERE a.res_model = 'dupq.voice' AND a.name LIKE 'film%'"
    )
    assert rows[0][:3] == ["video/mp4", "film.mp4", "f"]
    shown = server.shell(
        "file = env['ir.attachment'].search([('name', '=', 'film.mp4')], limit=1)\n"
        "print('LEEDS' if b'Leeds' in file.raw else 'QUIET')"
    )
    assert "QUIET" in shown


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("film.mp4", b"MZ\x90\x00" + bytes(5000), "not a picture, a sound or a film"),
        ("film.mp4", b"\x7fELF" + FILM, "not a picture, a sound or a film"),
        ("page.html", b"<script>alert(1)</script>", "not a picture, a sound or a film"),
    ],
)
def test_a_program_that_calls_itself_a_film(server, name, content, words):
    visitor = Visitor(server)
    base = open_link(server, visitor).path
    visitor.look(f"{base}/0/{server.questions[0]}")
    before = server.sql("SELECT count(*) FROM dupq_voice")
    page = say(
        visitor,
        f"{base}/0/thanks",
        server.questions[0],
        {"file": (name, content, "video/mp4")},
        words="A long story",
    )
    assert page.status_code == 422
    assert words in page.text
    assert "A long story</textarea>" in page.text
    assert server.sql("SELECT count(*) FROM dupq_voice") == before


def test_two_hundred_megabytes_are_refused_with_a_sentence(server):
    visitor = Visitor(server)
    base = open_link(server, visitor).path
    page = visitor.look(f"{base}/0/{server.questions[0]}")
    token = CSRF.search(page.text).group(1)
    parts = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (
            ("csrf_token", token),
            ("question", server.questions[0]),
            ("words", "A long story"),
        )
    )
    head = (
        f'{parts}--edge\r\nContent-Disposition: form-data; name="file"; '
        'filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    )
    with tempfile.TemporaryFile() as large:
        large.write(head.encode() + FILM)
        large.seek(200 * MEGABYTE)
        large.write(b"\r\n--edge--\r\n")
        large.seek(0)
        kind = {"Content-Type": "multipart/form-data; boundary=edge"}
        page = visitor.session.post(
            f"{server.url}{base}/0/thanks", data=large, headers=kind, timeout=300
        )
    assert page.status_code == 422
    assert "This file is too big. The most is 100 MB." in page.text
    assert "A long story</textarea>" in page.text


def test_words_are_never_markup(server):
    visitor = Visitor(server)
    base = open_link(server, visitor).path
    visitor.look(f"{base}/0/{server.questions[3]}")
    words = "<script>alert(1)</script>{{7*7}}"
    say(visitor, f"{base}/0/thanks", server.questions[3], words=words)
    for path in ("mine", server.questions[3]):
        page = visitor.look(f"{base}/0/{path}")
        assert "<script>alert" not in page.text
        assert "{{7*7}}" in page.text
