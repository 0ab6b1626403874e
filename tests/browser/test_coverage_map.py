"""Proves that the coverage map tells each reader what can be shown and where we are
blind, that every figure opens as many rows as it counts, and that it works by keyboard,
on a phone and on a sheet of paper. 120 seconds."""

import re

import pytest
from browser.coverage_map import PAGE, opener
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.long,
    pytest.mark.parametrize("odoo_server", ["demo"], indirect=True),
]
ORCHARD, HARBOUR = "12 Orchard Road (demo)", "Harbour View (demo)"


@pytest.fixture
def open_map(new_page, odoo_server):
    return opener(new_page, odoo_server)


def cells(page):
    """{(service, number of the area): (word, figure)} as the map shows them."""
    rows = page.eval_on_selector_all(
        ".o_dupq_map_row",
        """rows => rows.map(row => [row.querySelector('th').innerText,
            [...row.querySelectorAll('.o_dupq_cell')].map(cell => [
                cell.querySelector('.o_dupq_cell_word').innerText,
                Number(cell.querySelector('.o_dupq_cell_count').innerText)])])""",
    )
    return {
        (name, number): tuple(cell)
        for name, row in rows
        for number, cell in enumerate(row, start=1)
    }


def cell(page, service, number):
    row = page.locator(f".o_dupq_map_row:has(th:text-is('{service}'))")
    return row.locator(".o_dupq_cell").nth(number - 1)


def open_cell(page, service, number):
    cell(page, service, number).click()
    page.wait_for_selector(f".o_dupq_place h2:has-text('{service}')")


def open_figure(page, figure):
    figure.click()
    # Until the answer is there, the figure opened before keeps its items.
    expect(figure).to_have_attribute("aria-expanded", "true")
    page.wait_for_selector(
        ".o_dupq_figure[aria-expanded=true] ~ .o_dupq_items, "
        ".o_dupq_statement:has([aria-expanded=true]) .o_dupq_items"
    )


def listed(page):
    """How many records the opened list says it holds, by its own pager."""
    page.wait_for_selector(".o_list_view .o_list_renderer")
    page.wait_for_timeout(300)
    if page.locator(".o_pager_limit").count():
        return int(page.locator(".o_pager_limit").first.inner_text().rstrip("+"))
    return page.locator(".o_data_row").count()


def test_each_role_sees_its_own_services(open_map):
    seen = {
        login: {service for service, _number in cells(open_map(login))}
        for login in ("quality.demo", "board.demo", "manager.demo", "worker.demo")
    }
    assert seen["worker.demo"] == {ORCHARD}
    assert seen["manager.demo"] == {ORCHARD, HARBOUR}
    assert len(seen["quality.demo"]) >= 6
    assert seen["board.demo"] == seen["quality.demo"]


def test_the_demo_shows_every_state_and_what_hr_keeps(open_map):
    page = open_map("quality.demo")
    words = {word for word, _count in cells(page).values()}
    assert words == {"Fresh", "One source", "Over a year old", "Nothing yet"}
    open_cell(page, "Mill Lane supported living (demo)", 3)
    open_figure(page, page.locator("[data-statement=all]"))
    assert "Odoo gained on" in page.locator(".o_dupq_items").inner_text()


@pytest.mark.parametrize("login", ["quality.demo", "manager.demo", "board.demo"])
def test_every_figure_opens_as_many_rows(open_map, login):
    page = open_map(login)
    figures = {place: count for place, (_word, count) in cells(page).items() if count}
    assert len(figures) >= 5
    for (service, number), count in figures.items():
        open_cell(page, service, number)
        open_figure(page, page.locator("[data-statement=all]"))
        assert page.locator(".o_dupq_item").count() == count, (service, number)
        page.keyboard.press("Escape")
        page.wait_for_selector(".o_dupq_place", state="detached")


def test_every_statement_opens_as_many_rows(open_map):
    page = open_map("quality.demo")
    open_cell(page, ORCHARD, 3)
    figures = page.locator(".o_dupq_statement .o_dupq_figure")
    assert figures.count() >= 3
    for figure in figures.all():
        open_figure(page, figure)
        rows = page.locator(".o_dupq_item").count()
        assert figure.inner_text().split()[0] == str(rows)


def test_confidential_items_say_no_more_than_that_they_are_there(open_map):
    """The manager reads what the board is only told the number of."""
    board, manager = open_map("board.demo"), open_map("manager.demo")
    assert cells(board)[HARBOUR, 2][1] == cells(manager)[HARBOUR, 2][1]
    for page in (board, manager):
        open_cell(page, HARBOUR, 2)
        open_figure(page, page.locator("[data-statement=all]"))
    hidden = board.locator(".o_dupq_item_confidential")
    assert hidden.all_inner_texts() == ["Confidential item"] * 5
    assert manager.locator(".o_dupq_item_confidential").count() == 0
    secret = "Letters were opened"
    assert secret in manager.locator(".o_dupq_items").inner_text()
    assert secret not in board.content()


def test_the_list_holds_what_may_be_read_and_back_comes_back(open_map):
    page = open_map("board.demo", "?mode=then")
    open_cell(page, HARBOUR, 3)
    open_figure(page, page.locator("[data-statement=all]"))
    rows = page.locator(".o_dupq_item:not(.o_dupq_item_confidential)").count()
    page.click(".o_dupq_open_list")
    assert listed(page) == rows > 0
    page.click(".breadcrumb-item a, .o_back_button")
    page.wait_for_selector(f".o_dupq_place h2:has-text('{HARBOUR}')")
    assert page.locator("[data-mode=then]").get_attribute("aria-pressed") == "true"


def test_an_item_opens_its_record(open_map):
    page = open_map("quality.demo")
    open_cell(page, ORCHARD, 1)
    open_figure(page, page.locator("[data-statement=all]"))
    item = page.locator(".o_dupq_item .o_dupq_link").first
    name = item.inner_text()
    item.click()
    page.wait_for_selector(".o_form_view")
    assert name in page.locator(".o_last_breadcrumb_item").inner_text()


def test_filters_stay_in_the_address(open_map):
    page = open_map("quality.demo")
    everything = cells(page)
    page.select_option("select[name=region_id]", label="North region (demo)")
    page.wait_for_function("!document.body.innerText.includes('The Beeches')")
    page.select_option("select[name=perspective_id]", label="Families")
    page.wait_for_function("location.search.includes('perspective_id')")
    narrowed = cells(page)
    assert sum(count for _word, count in narrowed.values()) > 0
    assert all(count <= everything[place][1] for place, (_w, count) in narrowed.items())
    page.reload()
    page.wait_for_selector(PAGE)
    assert cells(page) == narrowed
    page.go_back()
    page.wait_for_function("!location.search.includes('perspective_id')")
    page.wait_for_function(
        "document.querySelector('select[name=perspective_id]').value === ''"
    )
    assert "The Beeches" not in page.locator(PAGE).inner_text()


def test_a_day_is_typed_as_people_write_it(open_map):
    page = open_map("quality.demo")
    assert any(count for _word, count in cells(page).values())
    box = page.locator(".o_dupq_map_filters .o_datetime_input")
    box.fill("01/01/2024")
    box.press("Enter")
    page.wait_for_function("location.search.includes('as_of=2024-01-01')")
    assert "1 January 2024" in page.locator(".o_dupq_map_asof").inner_text()
    assert set(cells(page).values()) == {("Nothing yet", 0)}


def test_as_we_knew_it_then_differs_from_what_we_know_now(open_map, odoo_server):
    ((day,),) = odoo_server.sql("SELECT (CURRENT_DATE - 65)::date")
    known = sum(
        n for _w, n in cells(open_map("quality.demo", f"?as_of={day}")).values()
    )
    query = f"?as_of={day}&mode=then"
    then = sum(n for _word, n in cells(open_map("quality.demo", query)).values())
    assert 0 < then < known


def test_gaps_come_worst_first_and_each_can_be_filled(open_map):
    page = open_map("quality.demo", "?show=gaps")
    page.wait_for_selector(".o_dupq_gap")
    kinds = page.eval_on_selector_all(
        ".o_dupq_gaps", "all => all.map(each => each.dataset.gap)"
    )
    assert kinds == ["nothing", "stale", "single", "managers"]
    gap = page.locator(".o_dupq_gap").first
    service = gap.locator(".o_dupq_gap_service").inner_text()
    gap.click()
    page.wait_for_selector(".o_dupq_advice")
    button = page.locator(".o_dupq_add_first")
    reference = button.inner_text().split()[-1]
    button.click()
    page.wait_for_selector(".modal .o_form_view")
    chosen = page.locator(".modal [name=service_id] input").input_value()
    assert service in chosen
    lines = page.locator(".modal [name=statement_ids] .o_data_row")
    assert lines.count() == 1
    assert reference in lines.inner_text()


def test_the_board_reads_and_adds_nothing(open_map):
    page = open_map("board.demo", "?show=gaps")
    page.locator(".o_dupq_gap").first.click()
    page.wait_for_selector(".o_dupq_advice")
    assert not page.locator(".o_dupq_add, .o_dupq_add_first").count()


def test_everything_is_reached_by_keyboard_and_focus_is_seen(open_map):
    page = open_map("quality.demo")
    first = page.locator(".o_dupq_cell").first
    first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert first.evaluate("cell => cell === document.activeElement")
    assert first.evaluate("cell => getComputedStyle(cell).outlineWidth") == "2px"
    stops = page.locator(".o_dupq_cell").count()
    for _number in range(stops - 1):
        page.keyboard.press("Tab")
    last = page.locator(".o_dupq_cell").last
    assert last.evaluate("cell => cell === document.activeElement")
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_dupq_place")
    assert page.evaluate("document.activeElement.closest('.o_dupq_place') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_dupq_items")
    page.keyboard.press("Escape")
    page.wait_for_selector(".o_dupq_place", state="detached")
    assert first.evaluate("cell => cell === document.activeElement")


@pytest.mark.parametrize("query", ["", "?show=gaps"])
def test_nothing_is_wider_than_a_phone(open_map, query):
    page = open_map("manager.demo", query, width=375)
    wide = "document.querySelector('.o_dupq_map').scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    page.locator(".o_dupq_cell, .o_dupq_gap").first.click()
    page.wait_for_selector(".o_dupq_place")
    assert not page.evaluate(wide)
    assert not page.locator(".o_dupq_map_main").is_visible()
    close = page.locator(".o_dupq_close")
    assert close.bounding_box()["height"] >= 24
    close.click()
    page.wait_for_selector(".o_dupq_map_main")


def test_it_prints_on_one_sheet_of_a4_landscape(open_map):
    page = open_map("quality.demo")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    (width, height) = re.search(rb"/MediaBox\s*\[0 0 (\d+)\S* (\d+)", paper).groups()
    assert (int(width), int(height)) == (841, 594)
    page.emulate_media(media="print")
    assert not page.locator(".o_main_navbar").is_visible()
    assert not page.locator(".o_dupq_map_filters").is_visible()
    assert "all regions" in page.locator(".o_dupq_map_asof").inner_text()


@pytest.mark.parametrize("query", ["", "?show=gaps"])
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(open_map, axe, query, width):
    page = open_map("quality.demo", query, width=width)
    axe.check(page, include=PAGE)
    page.locator(".o_dupq_cell, .o_dupq_gap").first.click()
    page.wait_for_selector(".o_dupq_place")
    if page.locator("[data-statement=all]").count():
        open_figure(page, page.locator("[data-statement=all]"))
    axe.check(page, include=PAGE)


def test_who_has_no_part_in_it_is_told_kindly(open_map):
    page = open_map("hr.demo")
    assert "This map is for those who work in a service" in page.inner_text(PAGE)
    assert not page.locator(".o_dialog, .modal").count()
