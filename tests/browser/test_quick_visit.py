"""Proves that a visit is logged on a phone in a handful of taps, and that what was
typed survives a reload, a visit to another page and a lost connection. 40 seconds."""

import pytest

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
FEW = 7


class Thumb:
    """Taps and types on a page, and counts how often."""

    def __init__(self, page):
        self.page, self.steps = page, 0

    def tap(self, selector):
        self.page.locator(selector).first.tap()
        self.steps += 1

    def type(self, selector, text):
        self.tap(selector)
        self.page.keyboard.type(text)


@pytest.fixture
def phone(new_page, odoo_server):
    page = new_page("board.demo", server=odoo_server, **PHONE)
    open_form(page)
    return page


def open_form(page):
    page.goto("/odoo/dupq-quick-visit")
    page.wait_for_selector(".o_dupq_quick_visit textarea")


def heard(page):
    return page.locator("[name=heard] textarea")


def chosen_service(page):
    box = page.locator("[name=service_id] .o_select_menu_toggler").first
    return box.evaluate("box => box.value || box.innerText")


def wait_for_draft(page, words):
    page.wait_for_function(
        "words => Object.values(localStorage).some(kept => kept.includes(words))",
        arg=words,
    )


def kept_drafts(page):
    names = page.evaluate("Object.keys(localStorage)")
    return [name for name in names if name.startswith("dupq_quick_visit")]


def test_visit_is_logged_in_a_handful_of_taps(phone):
    thumb = Thumb(phone)
    assert "12 Orchard Road (demo)" in chosen_service(phone)
    assert phone.title() == "Log a visit"
    assert not phone.locator("button:visible >> text=/^New$/").count()
    assert not phone.locator("[name=announced] .active").count(), "nobody knows yet"
    thumb.tap("[name=announced] >> text=Unannounced")
    thumb.type("[name=people_count] input", "3")
    thumb.type("[name=heard] textarea", "'I want to cook on Fridays'")
    thumb.type("[name=promise] input", "Come back in May and cook")
    thumb.tap("text=Save visit")
    card = phone.locator(".o_kanban_record:not(.o_kanban_ghost)").first
    card.wait_for()
    assert thumb.steps <= FEW
    for words in ("Orchard", "Unannounced", "cook on Fridays", "Come back in May"):
        assert words in card.inner_text()
    assert not kept_drafts(phone)


def test_nothing_is_wider_than_the_phone(phone):
    wide = "document.querySelector('.o_form_view').scrollWidth > innerWidth"
    assert not phone.evaluate(wide)
    box = phone.locator("button[name=action_log]:visible").bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]
    assert box["height"] >= 44


def test_typed_words_survive_a_reload_and_are_cleared_when_saved(phone):
    Thumb(phone).type("[name=heard] textarea", "More trips ")
    wait_for_draft(phone, "More trips")
    phone.reload()
    phone.wait_for_selector("text=What you wrote last time is still here")
    assert heard(phone).input_value() == "More trips "
    phone.tap("[name=announced] >> text=Unannounced")
    phone.tap("text=Save visit")
    phone.wait_for_selector(".o_kanban_record >> text=More trips")
    open_form(phone)
    assert heard(phone).input_value() == ""


def test_another_page_in_between_saves_nothing_and_loses_nothing(phone, odoo_server):
    count = "SELECT count(*) FROM dupq_visit"
    before = odoo_server.sql(count)
    Thumb(phone).type("[name=heard] textarea", "Half a word")
    wait_for_draft(phone, "Half a word")
    phone.goto("/odoo/dupq-lessons")
    phone.wait_for_selector(".o_kanban_record, .o_list_view")
    assert odoo_server.sql(count) == before
    open_form(phone)
    phone.wait_for_function(
        "document.querySelector('[name=heard] textarea').value === 'Half a word'"
    )
    phone.evaluate("localStorage.clear()")


def test_lost_connection_keeps_the_visit_until_it_is_back(phone, new_page):
    new_page.expect_error("ERR_INTERNET_DISCONNECTED|ConnectionLostError")
    Thumb(phone).type("[name=heard] textarea", "No signal here")
    phone.tap("[name=announced] >> text=Unannounced")
    wait_for_draft(phone, "No signal here")
    wait_for_draft(phone, '"unannounced"')
    phone.context.set_offline(True)
    phone.tap("text=Save visit")
    phone.wait_for_selector("text=Connection lost")
    assert heard(phone).input_value() == "No signal here"
    phone.context.set_offline(False)
    phone.wait_for_selector("text=Connection restored")
    phone.tap("text=Save visit")
    phone.wait_for_selector(".o_kanban_record >> text=No signal here")
