"""Proves that people whom an action is for say whether it worked, by a link and in
their account: on a phone, by keys alone and without script, on accessible Easy Read
pages; and that a forwarded link tells a stranger nothing. Takes half a minute."""

import pytest
from browser.test_choosing_staff import NARROW, WIDE, ZOOMED, Look, names, tab_to
from cross.saying_story import PEOPLE, PLAN, QUESTION, send_link, serve
from playwright.sync_api import expect

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server(chain):
    yield from serve(chain, PLAN)


def said(server):
    return server.sql(
        "SELECT feeling, words, channel, coalesce(is_anonymous, false)"
        " FROM dupq_voice WHERE action_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    )[0]


def open_question(page, link):
    page.goto(link.path)
    page.click("text=Start")
    page.click("text=Tell us if it worked")
    page.click("text=Say if it worked")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


@pytest.mark.parametrize("view", (WIDE, NARROW, ZOOMED), ids=names)
def test_every_page_is_accessible_large_and_fits(server, new_page, axe, view):
    new_page.expect_error("422")
    look, page = Look(axe, view), new_page(server=server, **view)
    link = send_link(server, PEOPLE)
    page.goto(link.path)
    page.click("text=Start")
    look.at(page, "start")
    page.click("text=Tell us if it worked")
    look.at(page, "list")
    page.click("text=Say if it worked")
    look.at(page, "question")
    page.click("text=Keep it")
    expect(page.locator(".dq-errors")).to_contain_text("Choose one of the three")
    look.at(page, "error")
    page.click("label:has-text('A bit')")
    page.click("text=Keep it")
    expect(page.get_by_text("What you said is kept")).to_be_visible()
    look.at(page, "told")
    account = new_page("teller.portal", server=server, **view)
    account.goto("/my/did-it-work")
    look.at(account, "account")
    assert not look.problems, "\n".join(look.problems)


def test_a_family_answers_on_a_phone_without_script(server, new_page):
    page = new_page(server=server, width=320, java_script_enabled=False)
    open_question(page, send_link(server))
    page.click("label:has-text('No') >> nth=0")
    page.fill("#words", "Nobody told us.")
    page.click("text=Keep it")
    expect(page.get_by_text("You said: No")).to_be_visible()
    assert said(server) == ["not_yet", "Nobody told us.", "link", "f"]
    page.click("text=Change my answer")
    expect(page.locator("#words")).to_have_value("Nobody told us.")


def test_by_keys_alone_at_400_per_cent(server, new_page):
    page = new_page(server=server, **ZOOMED)
    open_question(page, send_link(server))
    page.focus("#answer-yes")
    page.keyboard.press("Space")
    tab_to(page, "words")
    page.keyboard.type("All by keys.")
    tab_to(page, "Keep it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You said: Yes")).to_be_visible()
    assert said(server)[:2] == ["good", "All by keys."]


def test_one_tablet_keeps_nothing_of_the_last_person(server, new_page):
    page = new_page(server=server, width=820)
    open_question(page, send_link(server, PEOPLE, "group"))
    expect(page.get_by_text("Do not keep who said this")).to_have_count(0)
    page.click("label:has-text('A bit')")
    page.fill("#words", "Only for this ear.")
    page.click("text=Keep it")
    expect(page.get_by_text("What you said is kept")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("You said:")
    assert said(server) == ["mixed", "Only for this ear.", "link", "t"]


def test_a_forwarded_link_tells_a_stranger_nothing(server, new_page):
    new_page.expect_error("40[34]")
    link = send_link(server)
    page = new_page(server=server, width=390)
    open_question(page, link)
    number = page.url.rpartition("-")[2]
    stranger = new_page(server=server, width=390)
    for path in ("/e/worked", f"/e/worked-{number}"):
        stranger.goto(link.path + path)
        expect(stranger.get_by_text(QUESTION)).to_have_count(0)
        expect(stranger.get_by_text("Keep it")).to_have_count(0)


def test_it_is_answered_in_ones_account(server, new_page):
    page = new_page("teller.portal", server=server, width=390)
    page.goto("/my/self-assessments")
    page.click("text=SAYING")
    page.click("text=Tell us if what we did has worked")
    expect(page.get_by_text("Signed in as")).to_be_visible()
    page.click("text=Say if it worked")
    page.click("label:has-text('Yes') >> nth=0")
    page.click("text=Keep it")
    expect(page.get_by_text("You said: Yes")).to_be_visible()
    assert said(server)[0::2] == ["good", "portal"]
