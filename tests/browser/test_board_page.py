"""Proves that a board member sees one page, that every figure on it opens a list of
as many records, and that it prints on one sheet of A4. 60 seconds."""

import re

import pytest

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
PAGE = ".o_dupq_board_page"


@pytest.fixture
def board(new_page, odoo_server):
    page = new_page("board.demo", server=odoo_server)
    open_board(page)
    return page


def open_board(page):
    page.goto("/odoo/dupq-board")
    page.wait_for_selector(PAGE)


def opened_count(page):
    """How many records the list says it holds, by its own pager."""
    page.wait_for_selector(".o_list_view .o_list_renderer")
    page.wait_for_timeout(300)
    if page.locator(".o_pager_limit").count():
        return int(page.locator(".o_pager_limit").first.inner_text().rstrip("+"))
    return page.locator(".o_data_row").count()


def test_every_figure_at_the_top_opens_as_many_records(board):
    keys = board.eval_on_selector_all(
        "[data-figure]", "all => all.map(each => each.dataset.figure)"
    )
    figures = ["overdue", "unvisited", "unread", "nothing", "published", "training"]
    assert keys == figures
    for key in keys:
        figure = board.locator(f"[data-figure={key}]")
        if figure.is_disabled():
            continue
        value = figure.locator(".o_dupq_board_value").inner_text()
        figure.click()
        expected = int(value) if value.isdigit() else 1
        assert opened_count(board) == expected, key
        board.go_back()
        board.wait_for_selector(PAGE)


def test_every_count_in_the_table_opens_as_many_records(board):
    counts = board.locator(".o_dupq_board_table .o_dupq_board_link")
    seen = 0
    for number in range(counts.count()):
        button = counts.nth(number)
        if not re.fullmatch(r"[1-9]\d*", value := button.inner_text()):
            continue
        label = button.get_attribute("aria-label")
        button.click()
        assert opened_count(board) == int(value), label
        seen += 1
        board.go_back()
        board.wait_for_selector(PAGE)
    assert seen >= 5


def test_a_rating_opens_what_it_rests_on(board):
    cell = board.locator("button.o_dupq_tone_weak").first
    word = cell.inner_text().strip()
    cell.click()
    board.wait_for_selector(".o_form_view")
    assert word in board.locator(".o_form_view").inner_text()


def test_a_region_shows_its_own_services(board):
    region = board.locator("select.o_dupq_board_region")
    region.select_option(label="South region (demo)")
    board.wait_for_function(
        "!document.querySelector('.o_dupq_board_table').innerText.includes('Orchard')"
    )
    assert "The Beeches" in board.locator(".o_dupq_board_table").inner_text()


def test_everything_is_reached_by_keyboard(board):
    board.locator("[data-figure=overdue]").focus()
    buttons = board.locator(f"{PAGE} button:not(:disabled)").count()
    for _number in range(buttons - 1):
        board.keyboard.press("Tab")
    last = board.locator(f"{PAGE} button:not(:disabled)").last
    assert last.evaluate("button => button === document.activeElement")
    board.locator("[data-figure=overdue]").focus()
    board.keyboard.press("Enter")
    board.wait_for_selector(".o_list_view")


def test_it_prints_on_one_sheet_without_the_program_around_it(board):
    paper = board.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    board.emulate_media(media="print")
    assert not board.locator(".o_main_navbar").is_visible()
    assert board.locator(PAGE).is_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(new_page, odoo_server):
    page = new_page("board.demo", server=odoo_server, width=390)
    open_board(page)
    assert page.evaluate("document.querySelector('.o_dupq_board').scrollWidth") <= 390


def test_a_support_worker_is_told_that_the_page_is_not_for_them(new_page, odoo_server):
    odoo_server.expect_log("odoo.http: ")
    new_page.expect_error("RPC_ERROR|board's page")
    page = new_page("worker.demo", server=odoo_server)
    page.goto("/odoo/dupq-board")
    page.wait_for_selector("text=The board's page is for board members")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(new_page, odoo_server, axe, width):
    page = new_page("board.demo", server=odoo_server, width=width)
    open_board(page)
    axe.check(page, include=PAGE)


def test_its_paper_is_chosen_only_while_it_is_shown(board):
    """The rest of Odoo prints on the paper that it always did."""
    rules = """() => [...document.styleSheets].some(sheet => [...sheet.cssRules]
        .some(function found(rule) {
            return rule instanceof CSSPageRule
                ? rule.cssText.includes("landscape")
                : [...(rule.cssRules || [])].some(found);
        }))"""
    assert board.evaluate(rules)
    board.click("[data-figure=overdue]")
    board.wait_for_selector(".o_list_view")
    assert not board.evaluate(rules)
