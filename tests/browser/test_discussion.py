"""Proves that a discussion is led in the room by two people at once, on a projector and
on a phone, by keys alone, and that a lost connection in the middle of a save loses
nothing and keeps nothing twice. 90 seconds."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
PAGE = ".o_dupq_room_page"
BOX = ".o_dupq_room_words textarea"
SAID = ".o_dupq_room_said li"
SESSION = (
    "(SELECT res_id FROM ir_model_data"
    " WHERE name = 'dupq_assessment_session_harbour_lunch_demo')"
)
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


@pytest.fixture
def session_id(odoo_server):
    ((number,),) = odoo_server.sql(f"SELECT {SESSION}")
    yield int(number)
    odoo_server.sql(f"DELETE FROM dupq_voice WHERE session_id = {SESSION}")
    odoo_server.sql(
        f"DELETE FROM dupq_assessment_session_note WHERE session_id = {SESSION}"
    )


@pytest.fixture
def open_room(new_page, odoo_server, session_id):
    def opener(login="manager.demo", **options):
        page = new_page(login, server=odoo_server, **options)
        page.goto(f"/odoo/dupq-discussion?session_id={session_id}")
        page.wait_for_selector(PAGE)
        return page

    return opener


def chip(page, name):
    return page.locator(f".o_dupq_room_chip:has-text('{name}')")


def say(page, group, words):
    chip(page, group).click()
    page.fill(BOX, words)
    page.press(BOX, "Enter")


def count(odoo_server, words):
    ((number,),) = odoo_server.sql(
        f"SELECT count(*) FROM dupq_voice WHERE words = '{words}'"
    )
    return int(number)


def test_two_people_write_at_once_and_see_each_other(open_room, odoo_server):
    wall = open_room("manager.demo", width=1920, height=1080)
    phone = open_room("quality.demo", **PHONE)
    expect(wall.locator(".o_dupq_room_silence")).to_contain_text("People we support")
    for number in range(3):
        say(wall, "People we support", f"From the wall {number}")
        say(phone, "Families", f"From the phone {number}")
    for page in (wall, phone):
        expect(page.locator(SAID)).to_have_count(6)
        expect(chip(page, "Families")).to_contain_text("3 voices")
        expect(page.locator(".o_dupq_room_silence")).to_contain_text(
            "Not heard yet on this question: Support staff"
        )
        expect(page.locator("h1").first).to_contain_text("your own choices")
    for place in ("wall", "phone"):
        for number in range(3):
            assert count(odoo_server, f"From the {place} {number}") == 1


def test_a_lost_connection_in_the_middle_of_a_save_loses_nothing(
    open_room, new_page, odoo_server
):
    new_page.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|ConnectionLostError")
    page = open_room(**PHONE)
    # The server has kept it, and its answer is lost on the way back.
    lose = {"next": True}

    def answer(route):
        if lose.pop("next", False):
            route.fetch()
            return route.abort()
        return route.continue_()

    page.route("**/dupq.assessment.discussion/save", answer)
    say(page, "Families", "Said while the line broke")
    expect(page.locator(".o_dupq_room_connection")).to_contain_text("is lost")
    page.context.set_offline(True)
    say(page, "Families", "Said without a line")
    expect(page.locator(".o_dupq_room_connection")).to_contain_text("waiting")
    expect(page.locator(f"{SAID} .o_dupq_room_unsent")).not_to_have_count(0)
    page.context.set_offline(False)
    expect(page.locator(".o_dupq_room_connection")).to_have_count(0)
    expect(page.locator(".o_dupq_room_unsent")).to_have_count(0)
    expect(page.locator(SAID)).to_have_count(2)
    for words in ("Said while the line broke", "Said without a line"):
        assert count(odoo_server, words) == 1


def test_what_was_not_sent_survives_a_reload(open_room, new_page, odoo_server):
    new_page.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|ConnectionLostError")
    page = open_room()
    page.context.set_offline(True)
    say(page, "Families", "Kept by the browser")
    page.fill(BOX, "Half a sentence")
    expect(page.locator(".o_dupq_room_connection")).to_contain_text("1 is waiting")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(SAID).first).to_contain_text("Kept by the browser")
    expect(page.locator(BOX)).to_have_value("Half a sentence")
    expect(page.locator(".o_dupq_room_unsent")).to_have_count(0)
    assert count(odoo_server, "Kept by the browser") == 1


def test_it_works_by_keys_alone(open_room, odoo_server):
    page = open_room()
    first = page.locator("h1").first.inner_text()
    page.locator("body").press("ArrowRight")
    expect(page.locator("h1").first).not_to_have_text(first)
    page.locator("body").press("ArrowLeft")
    expect(page.locator("h1").first).to_have_text(first)
    page.locator(".o_dupq_room_chip input").first.focus()
    page.keyboard.press("ArrowRight")
    for _step in range(20):
        if page.locator(f"{BOX}:focus").count():
            break
        page.keyboard.press("Tab")
    page.keyboard.type("By keys alone")
    page.keyboard.press("Enter")
    expect(page.locator(SAID).first).to_contain_text("By keys alone")
    expect(page.locator(f"{BOX}:focus")).to_have_count(1)
    page.keyboard.press("PageDown")
    expect(page.locator("h1").first).not_to_have_text(first)


def test_big_type_takes_the_whole_wall_and_escape_gives_it_back(open_room):
    page = open_room()
    size = "document.querySelector('h1').getBoundingClientRect().height"
    before = page.evaluate(size)
    page.click("text=Big type")
    expect(page.locator(".o_main_navbar")).to_be_hidden()
    assert page.evaluate(size) > before
    expect(page.locator(".o_dupq_room_silence")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".o_main_navbar")).to_be_visible()


def test_who_is_here_is_changed_in_the_room(open_room, odoo_server, session_id):
    page = open_room()
    page.click("text=Who is here")
    page.click("button[aria-label='One more: Housing']")
    expect(chip(page, "Housing")).to_contain_text("not heard yet")
    page.reload()
    expect(chip(page, "Housing")).to_contain_text("not heard yet")
    page.click("text=Who is here")
    page.click("button[aria-label='One fewer: Housing']")
    expect(chip(page, "Housing")).to_have_count(0)


def test_nothing_is_cut_off_on_a_phone(open_room):
    page = open_room(**PHONE)
    wide = page.evaluate(
        f"document.querySelector('{PAGE}').scrollWidth"
        f" > document.querySelector('{PAGE}').clientWidth + 1"
    )
    assert not wide
    for box in page.locator(f"{PAGE} button:visible").all():
        assert box.bounding_box()["height"] >= 32


def test_the_form_opens_the_room_and_the_room_the_form(new_page, odoo_server):
    page = new_page("manager.demo", server=odoo_server)
    page.goto("/odoo/dupq-discussions")
    page.click(".o_data_row:has-text('Saturday lunch') .o_data_cell >> nth=1")
    page.click("button[name=action_discuss]")
    expect(page.locator(f"{PAGE} h1").first).to_be_visible()
    expect(page).to_have_url(re.compile("session_id="))
    page.click("text=Open the form")
    expect(page.locator(".o_form_view")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing(open_room, axe, width):
    page = open_room(width=width)
    say(page, "Families", "Something to look at")
    expect(page.locator(SAID)).to_have_count(1)
    page.click("text=Who is here")
    axe.check(page, include=PAGE)
