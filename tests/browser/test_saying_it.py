"""Proves that people say what they think on a phone, by keys alone, without script, at
400 % zoom, by a link, on one tablet for many and on the portal, and that every page is
accessible, and Easy Read where it says so. Takes a minute."""

from contextlib import suppress

import pytest
from browser.easy_pages import ROWS, check_easy_read
from browser.test_choosing_staff import NARROW, WIDE, ZOOMED, Look, names, tab_to
from cross.saying_story import PEOPLE, send_link, serve
from playwright.sync_api import Error, expect

pytestmark = pytest.mark.long
BAD_FILE = {"name": "x.mp4", "mimeType": "video/mp4", "buffer": b"MZ"}


@pytest.fixture(scope="module")
def server(chain):
    yield from serve(chain)


def said(server):
    return server.sql(
        "SELECT words, feeling, consent, coalesce(is_anonymous, false), channel"
        " FROM dupq_voice"
        " ORDER BY id DESC LIMIT 1"
    )[0]


@pytest.mark.parametrize("view", (WIDE, NARROW, ZOOMED), ids=names)
def test_every_page_is_accessible_large_and_fits(server, new_page, axe, view):
    new_page.expect_error("40[34]|422")
    look, page = Look(axe, view), new_page(server=server, **view)
    link = send_link(server, PEOPLE)
    page.goto(link.path)
    page.click("text=Start")
    expect(page.get_by_role("heading", name="Say what you think")).to_be_visible()
    look.at(page, "start")
    first = server.questions[0]
    for path in (f"/e/{first}", "/e/all", "/e/mine", "/e/stop", "/e/thanks"):
        look.at(page, path, link.path + path)
    page.goto(f"{link.path}/e/{first}")
    page.fill("#words", "I like it here.")
    page.set_input_files("#file", BAD_FILE)
    page.click("text=Keep it and go on")
    expect(page.locator(".dq-errors")).to_be_visible()
    expect(page.locator("#words")).to_have_value("I like it here.")
    look.at(page, "error")
    page.goto(f"{link.path}/ey/{first}")
    page.fill("#words", "I like it here.")
    page.click("text=Keep it and go on")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    look.at(page, "mine with words", f"{link.path}/e/mine")
    assert not look.problems, "\n".join(look.problems)


def test_a_family_says_it_on_a_phone_without_script(server, new_page):
    page = new_page(server=server, width=320, java_script_enabled=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    link = send_link(server)
    page.goto(link.path)
    page.click("text=Start")
    page.click("text=Start")
    page.click(".dq-answer >> nth=1")
    page.fill("#words", "They ring me.")
    page.click("text=Yes, but not my name")
    page.click("text=Keep it and go on")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    expect(page.get_by_label("Yes, but not my name")).to_be_checked()
    words, _feeling, consent, nameless, channel = said(server)
    assert (words, consent, nameless, channel) == ("They ring me.", "yes", "f", "link")
    page.click("text=Go back")
    expect(page.locator("#words")).to_have_value("They ring me.")
    page.click("text=Stop for now")
    expect(page.get_by_text("same link")).to_be_visible()
    page.click("text=See what I said")
    page.click("text=Do not print it any more")
    expect(page.get_by_text("We do not print it.")).to_be_visible()
    assert said(server)[2] == "withdrawn"
    assert all(url.startswith(server.url) for url in asked), asked


def keep_says(page, words):
    page.click("text=Keep it and go on")
    expect(page.locator("[data-dq-kept-form] [role=status]")).to_contain_text(words)
    expect(page.locator("#words")).to_have_value("Slow line, long words.")


def test_a_connection_lost_while_it_is_sent_loses_nothing(server, new_page, axe):
    new_page.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|410")
    page = new_page(server=server, width=390)
    link = send_link(server)
    page.goto(link.path)
    page.click("text=Start")
    page.click("text=Start")
    page.fill("#words", "Slow line, long words.")
    page.context.set_offline(True)
    keep_says(page, "It did not arrive.")
    axe.check(page)
    page.context.set_offline(False)

    def swallow(route):
        """It arrives, and the answer does not come back."""
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
        return route.abort()

    page.route("**/invitation/**", swallow)
    keep_says(page, "It did not arrive.")
    page.unroute("**/invitation/**")
    page.click("text=Keep it and go on")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    count = "SELECT count(*) FROM dupq_voice WHERE words LIKE 'Slow line%'"
    assert server.sql(count) == [["1"]]

    page.fill("#words", "Slow line, long words.")
    link.change("date_end = '2020-01-01'")
    keep_says(page, "This link has run out")
    assert server.sql(count) == [["1"]]


def test_by_keys_alone_at_400_per_cent(server, new_page):
    page = new_page(server=server, **ZOOMED)
    page.goto(send_link(server).path)
    for heading in ("Welcome", "Say what you think"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        tab_to(page, "Start")
        page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_visible()
    page.focus("input[name=answer]")
    page.keyboard.press("Space")
    tab_to(page, "words")
    page.keyboard.type("All by keys.")
    tab_to(page, "Keep it and go on")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    assert said(server)[0] == "All by keys."


def test_one_tablet_keeps_nothing_of_the_last_person(server, new_page):
    new_page.expect_error("ERR_CACHE_MISS")
    page = new_page(server=server, width=820)
    link = send_link(server, PEOPLE, "group")
    page.goto(link.path)
    page.click("text=Start")
    page.click("text=Start")
    page.click("label:has-text('Not good')")
    page.fill("#words", "Only for this ear.")
    page.click("text=Keep it and go on")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    assert said(server) == ["Only for this ear.", "not_yet", "not_asked", "t", "link"]
    page.click("text=Stop for now")
    page.click("text=Next person")
    expect(page.get_by_role("heading", name="Say what you think")).to_be_visible()
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]
    names_of_cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert names_of_cookies <= {"session_id", "frontend_lang", "tz"}
    page.click("text=Start")
    expect(page.locator("#words")).to_have_value("")
    for _step in range(4):
        # The browser itself refuses to show again what was sent by a form.
        with suppress(Error):
            page.go_back()
        body = page.locator("body")
        expect(body).not_to_contain_text("Only for this ear.")
        typed = body.evaluate("() => document.getElementById('words')?.value || ''")
        assert not typed


def test_the_same_pages_stand_in_ones_account(server, new_page):
    page = new_page("teller.portal", server=server, width=390)
    page.goto("/my/self-assessments")
    page.click("text=SAYING")
    page.click("text=Say what you think >> nth=0")
    expect(page.get_by_text("Signed in as")).to_be_visible()
    page.click("text=Start")
    page.fill("#words", "From my account.")
    page.click("text=Keep it and go on")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    assert said(server)[0::4] == ["From my account.", "portal"]


RATE = """
one = env["dupq.assessment"].search([("name", "=", "SAYING")])
one.summary_ids[0].level_id = one.scale_id.level_ids[-1]
env.cr.commit()
"""


def test_a_draft_rating_is_contested_on_a_phone_in_easy_read(server, new_page, axe):
    new_page.expect_error("422")
    server.shell(RATE)
    page = new_page(server=server, width=320)
    link = send_link(server, PEOPLE)
    page.goto(link.path)
    page.click("text=Start")
    shown = []
    page.click("text=Tell us if we are wrong")
    expect(page.get_by_role("heading", name="How we see it so far")).to_be_visible()
    shown.append(page.evaluate(ROWS))
    axe.check(page)
    page.click("text=I see it differently")
    expect(page.get_by_text("We do not keep who said this.")).to_be_visible()
    shown.append(page.evaluate(ROWS))
    axe.check(page)
    page.click("label:has-text('Not good')")
    page.click("text=Keep it")
    expect(page.locator(".dq-errors")).to_contain_text("Say why")
    axe.check(page)
    expect(page.get_by_label("Not good")).to_be_checked()
    page.fill("#words", "Nobody asked us first.")
    page.click("text=Keep it")
    expect(page.get_by_text("What you said is kept.")).to_be_visible()
    shown.append(page.evaluate(ROWS))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not check_easy_read(server, *shown)
    rows = server.sql(
        "SELECT words, state, user_id IS NULL, is_anonymous"
        " FROM dupq_assessment_dissent"
    )
    assert rows == [["Nobody asked us first.", "open", "t", "t"]]


def test_easy_read_is_one_press_away(server, new_page):
    page = new_page(server=server, width=390)
    link = send_link(server)
    page.goto(link.path)
    page.click("text=Start")
    page.click("text=Start")
    page.click(".dq-switch")
    expect(page.locator("html.dq-root-easy")).to_be_visible()
    expect(page.get_by_label("In between")).to_be_visible()
    page.click(".dq-switch")
    expect(page.locator("html.dq-root-easy")).to_have_count(0)
