"""Proves that the coverage map can be read by region: a row says what its weakest
service can show, every figure opens as many rows as it counts, the way leads on to a
service, and it works by keyboard, on a phone and on paper. 60 seconds."""

import re

import pytest
from browser.coverage_map import PAGE, opener
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
NORTH, SOUTH = "North region (demo)", "South region (demo)"


@pytest.fixture
def open_regions(new_page, odoo_server):
    return opener(new_page, odoo_server, "/odoo/dupq-coverage-map?rows=regions")


def numbers(page, selector):
    return [int(text) for text in page.locator(selector).all_inner_texts()]


def test_rows_are_chosen_on_the_screen_and_stay_in_the_address(open_regions):
    page = open_regions("quality.demo")
    regions = page.locator(".o_dupq_map_row th").all_inner_texts()
    assert [name.split("\n") for name in regions] == [
        [NORTH, "3 services"],
        [SOUTH, "3 services"],
    ]
    counts = numbers(page, ".o_dupq_cell_count")
    totals = numbers(page, ".o_dupq_map_total")
    assert [a + b for a, b in zip(counts[:5], counts[5:], strict=True)] == totals
    page.select_option("select[name=rows]", "services")
    page.wait_for_function("!location.search.includes('rows')")
    expect(page.locator(".o_dupq_map_row")).to_have_count(6)
    assert numbers(page, ".o_dupq_map_total") == totals
    page.select_option("select[name=rows]", "regions")
    page.wait_for_function("location.search.includes('rows=regions')")
    page.reload()
    page.wait_for_selector(".o_dupq_cell_spread")
    expect(page.locator(".o_dupq_map_row")).to_have_count(2)


def test_a_row_is_as_good_as_its_weakest_service(open_regions):
    page = open_regions("quality.demo")
    word = page.locator(".o_dupq_cell_word").nth(4)
    assert re.fullmatch(r"\d of 3: nothing yet", word.inner_text())
    missing = int(word.inner_text()[0])
    spread = page.locator(".o_dupq_cell_spread").nth(4).inner_text().split()
    assert int(spread[0]) == missing > 0
    assert sum(map(int, spread)) == 3
    page.locator(".o_dupq_cell").nth(4).click()
    page.wait_for_selector(".o_dupq_place_service")
    states = page.locator(".o_dupq_place_service_state").all_inner_texts()
    assert [state.strip() for state in states].count("Nothing yet") == missing


@pytest.mark.parametrize("login", ["quality.demo", "board.demo", "manager.demo"])
def test_every_figure_opens_as_many_rows(open_regions, login):
    page = open_regions(login)
    counts = numbers(page, ".o_dupq_cell_count")
    assert sum(bool(count) for count in counts) >= 4
    for number, count in enumerate(counts):
        if not count:
            continue
        page.locator(".o_dupq_cell").nth(number).click()
        figure = page.locator("[data-statement=all]")
        figure.click()
        page.wait_for_selector(".o_dupq_items")
        expect(page.locator(".o_dupq_item")).to_have_count(count)
        page.keyboard.press("Escape")
        page.wait_for_selector(".o_dupq_place", state="detached")


def test_a_region_leads_on_to_a_service_where_evidence_is_added(open_regions):
    page = open_regions("manager.demo")
    assert page.locator(".o_dupq_map_services").inner_text() == "2 services of yours"
    page.locator(".o_dupq_cell").first.click()
    page.wait_for_selector(".o_dupq_place_service")
    assert not page.locator(".o_dupq_add").count()
    service = page.locator(".o_dupq_place_service .o_dupq_link").first
    name = service.inner_text()
    service.click()
    page.wait_for_selector(f".o_dupq_place h2:has-text('{name}')")
    assert page.locator("select[name=rows]").input_value() == "services"
    expect(page.locator(".o_dupq_add").nth(3)).to_be_visible()
    page.go_back()
    page.wait_for_selector(".o_dupq_place_service")


def test_it_is_reached_by_keyboard(open_regions):
    page = open_regions("quality.demo")
    first = page.locator(".o_dupq_cell").first
    first.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert first.evaluate("cell => cell === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_dupq_place")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.o_dupq_place_service')")
    page.keyboard.press("Escape")
    page.wait_for_selector(".o_dupq_place", state="detached")
    assert first.evaluate("cell => cell === document.activeElement")


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_is_wider_than_a_phone(open_regions, width):
    page = open_regions("quality.demo", width=width)
    wide = "document.querySelector('.o_dupq_map').scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    page.locator(".o_dupq_cell").first.click()
    page.wait_for_selector(".o_dupq_place_service")
    assert not page.evaluate(wide)


def test_it_prints_on_one_sheet_and_says_of_what(open_regions):
    page = open_regions("quality.demo")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    assert page.locator(".o_dupq_map_table thead").inner_text().startswith("Region")
    assert page.locator(".o_dupq_cell_spread").first.is_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(open_regions, axe, width):
    page = open_regions("quality.demo", width=width)
    axe.check(page, include=PAGE)
    page.locator(".o_dupq_cell").first.click()
    page.wait_for_selector(".o_dupq_place_service")
    page.locator("[data-statement=all]").click()
    page.wait_for_selector(".o_dupq_items")
    axe.check(page, include=PAGE)
