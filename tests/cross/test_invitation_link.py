"""Proves over HTTP that a link opens for whom it was sent to and for nobody else:
forwarded, scanned, expired, closed, used twice, and when the person no longer wants
it. Takes half a minute."""

import re

import pytest
from cross.choosing_story import SETUP, Link
from cross.visitor import Visitor
from harness.server import OdooServer

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
NAMES = ("Nobodysname", "Kinsname", "kin@example.com", "P-LINK")


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "minimal").start()
    server.shell(SETUP)
    server.links = Link.send(server, *["personal"] * 9)
    server.choice = server.sql("SELECT min(id) FROM dupq_choice")[0][0]
    server.expect_log("CSRF validation")
    yield server
    server.stop()


@pytest.fixture
def link(server):
    return server.links.pop()


@pytest.fixture
def visitor(server):
    return lambda: Visitor(server)


def assert_tells_nothing(page):
    for name in NAMES:
        assert name not in page.text, name
    for name, value in PRIVATE.items():
        assert page.headers[name] == value


def test_mail_filters_may_look_as_often_as_they_like(link, visitor):
    for number in range(10):
        scanner = visitor()
        page = scanner.look(link.path, method=("GET", "HEAD")[number % 2])
        assert page.status_code == 200
        assert_tells_nothing(page)
        assert "dupq_invitation" not in scanner.session.cookies
        scanner.look(f"{link.path}/thanks")
        scanner.look(f"{link.path}/code", method="HEAD")
    assert link.read("state") == "open"
    sister = visitor()
    sister.look(link.path)
    assert sister.press(link.path).status_code == 200
    assert link.read("state") == "used"


def test_first_browser_keeps_it_by_a_cookie_no_script_reads(link, visitor):
    sister = visitor()
    sister.look(link.path)
    answer = sister.press(link.path, follow=False)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", f"Path={link.path}"):
        assert part in cookie, cookie
    assert sister.look(link.path).status_code == 200
    assert "Start</span>" not in sister.page.text
    value = re.search(r"dupq_invitation=([\w-]+)", cookie).group(1)
    assert value not in str(link.server.sql("SELECT * FROM dupq_invitation"))


def test_forwarded_link_needs_a_code(link, visitor):
    sister, stranger = visitor(), visitor()
    sister.look(link.path)
    sister.press(link.path)
    page = stranger.look(link.path)
    assert page.status_code == 403
    assert "used in another place" in page.text
    assert_tells_nothing(page)
    assert stranger.press(link.path).status_code == 403, "used twice"
    page = stranger.press(f"{link.path}/code")
    assert "We sent you a code" in page.text
    assert_tells_nothing(page)
    page = stranger.press(f"{link.path}/code/check", {"code": "12"})
    assert page.status_code == 422
    assert "does not work" in page.text
    code = link.code()
    assert stranger.press(f"{link.path}/code/check", {"code": code}).status_code == 200
    assert stranger.look(link.path).status_code == 200
    assert sister.look(link.path).status_code == 403, "it has moved"


def test_codes_are_not_sent_without_end(link, visitor):
    visitor_one = visitor()
    visitor_one.look(link.path)
    visitor_one.press(link.path)
    stranger = visitor()
    stranger.look(link.path)
    found = [stranger.press(f"{link.path}/code").status_code for _time in range(4)]
    assert found == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ("date_end = '2020-01-01'", 410, "has run out"),
        ("state = 'revoked'", 410, "is closed"),
        ("token_hash = 'x' || id", 404, "do not know this link"),
    ],
)
def test_dead_link_says_what_to_do_and_nothing_else(
    server, link, visitor, change, status, words
):
    sister = visitor()
    sister.look(link.path)
    sister.press(link.path)
    open_path = f"{link.path}/{server.choice}/yes"
    open_page = sister.look(open_path)
    link.change(change)
    for page in (
        sister.look(link.path),
        sister.look(f"{link.path}/thanks"),
        visitor().look(link.path),
    ):
        assert page.status_code == status
        assert words in page.text
        assert "Please ask the person who sent it for a new link." in page.text
        assert_tells_nothing(page)
    sister.page = open_page
    assert sister.press(open_path, {"words": "Too late"}).status_code == status
    assert not server.sql("SELECT 1 FROM dupq_choice WHERE state = 'answered'")


def test_form_of_another_site_changes_nothing(link, visitor):
    attacker = visitor()
    attacker.look(link.path)
    assert attacker.press(link.path, csrf=False).status_code == 400
    assert (
        attacker.press(link.path, {"csrf_token": "x" * 40}, csrf=False).status_code
        == 400
    )
    assert link.read("state") == "open"


def test_one_tablet_serves_many(server, visitor):
    (link,) = Link.send(server, "group")
    first, second = visitor(), visitor()
    assert "use it together" in first.look(link.path).text
    first.press(link.path)
    assert second.look(link.path).status_code == 200
    assert "used in another place" not in second.page.text


def test_wish_taken_back_a_minute_ago(server, link, visitor):
    sister = visitor()
    sister.look(link.path)
    sister.press(link.path)
    open_path = f"{link.path}/{server.choice}/yes"
    open_page = sister.look(open_path)
    assert open_page.status_code == 200
    mails = "SELECT count(*) FROM mail_mail WHERE email_to = 'kin@example.com'"
    assert server.sql(mails) != [["0"]]
    server.shell(
        'env["dupq.circle.member"].search('
        '[("person_id.reference", "=", "P-LINK")]).action_withdraw()\n'
        "env.cr.commit()"
    )
    page = sister.look(link.path)
    assert page.status_code == 410
    assert_tells_nothing(page)
    sister.page = open_page
    assert sister.press(open_path, {"words": "Too late"}).status_code == 410
    assert not server.sql("SELECT 1 FROM dupq_choice WHERE state = 'answered'")
    assert server.sql(mails) == [["0"]]
    assert link.read("state") == "revoked"
    history = server.sql(
        "SELECT state_to FROM dupq_workflow_log WHERE model = 'dupq.invitation'"
        f" AND res_id = {link.id} ORDER BY id"
    )
    assert "used" in str(history)
    assert "revoked" in str(history)
