"""Proves that statements are rated by keys alone and on a phone, that nothing typed is
lost without a connection, that two people do not write over each other unseen, and that
evidence opens beside each statement. 120 seconds."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
PAGE = ".o_dupq_grid_page"
SAVED = ".o_dupq_grid_saved"


@pytest.fixture
def harbour(odoo_server):
    """The self-assessment that is under way, and what nobody has rated in it."""
    ((id_,),) = odoo_server.sql(
        "SELECT a.id FROM dupq_assessment a JOIN dupq_service s ON s.id = a.service_id"
        " WHERE s.name LIKE 'Harbour View%' AND a.state = 'running'"
        " ORDER BY a.id LIMIT 1"
    )
    return id_


@pytest.fixture
def open_grid(new_page, odoo_server, harbour):
    def opener(login, **options):
        page = new_page(login, server=odoo_server, **options)
        page.goto(f"/odoo/dupq-rating-grid?assessment_id={harbour}")
        page.wait_for_selector(PAGE)
        return page

    return opener


def cell(page, reference, column):
    row = page.locator(f"[role=row]:has(th:has-text('{reference}'))")
    return row.locator("[role=gridcell]").nth(column)


def test_it_is_filled_by_keys_alone_and_the_last_is_taken_back(open_grid):
    page = open_grid("manager.demo")
    first = cell(page, "A5.G1", 1)
    first.focus()
    page.keyboard.press("3")
    expect(first.locator(".o_dupq_grid_level")).to_have_text("Good")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")
    second = cell(page, "A5.G1", 2)
    expect(second).to_be_focused()
    expect(second.locator(".o_dupq_grid_level")).to_have_text("Only beginning")
    page.keyboard.press("Control+z")
    expect(second.locator(".o_dupq_grid_none")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("w")
    summary = cell(page, "A5.G1", 0)
    expect(summary.locator(".o_dupq_grid_status")).to_have_text("W")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator(".o_dupq_grid_panel input:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[role=gridcell]:focus")).to_have_count(1)
    expect(page.locator(SAVED)).to_have_text("All saved")
    page.reload()
    page.wait_for_selector(PAGE)
    expect(cell(page, "A5.G1", 1).locator(".o_dupq_grid_level")).to_have_text("Good")
    expect(cell(page, "A5.G1", 2).locator(".o_dupq_grid_none")).to_be_visible()


def test_who_comes_second_sees_what_the_first_has_changed(open_grid):
    first, second = open_grid("manager.demo"), open_grid("quality.demo")
    cell(first, "A5.G2", 1).focus()
    first.keyboard.press("1")
    expect(first.locator(SAVED)).to_have_text("All saved")
    place = cell(second, "A5.G2", 1)
    place.focus()
    second.keyboard.press("4")
    told = second.locator(".o_dupq_grid_conflict")
    expect(told).to_contain_text("Nothing of yours was saved")
    expect(place.locator(".o_dupq_grid_level")).to_have_text("Only beginning")
    told.locator("button", has_text="Use mine").click()
    expect(place.locator(".o_dupq_grid_level")).to_have_text("Very good")
    expect(second.locator(SAVED)).to_have_text("All saved")


def test_without_a_connection_nothing_is_lost(open_grid, new_page):
    new_page.expect_error("ERR_FAILED.*save_cell")
    page = open_grid("manager.demo")
    place = cell(page, "A5.G3", 1)
    place.focus()
    # As without a connection: nothing that is sent arrives.
    page.route("**/save_cell", lambda route: route.abort())
    page.keyboard.press("2")
    expect(page.locator(SAVED)).to_contain_text("Kept in this browser: 1")
    expect(place.locator(".o_dupq_grid_level")).to_have_text("Getting better")
    page.unroute("**/save_cell")
    expect(page.locator(SAVED)).to_have_text("All saved", timeout=15_000)
    page.reload()
    page.wait_for_selector(PAGE)
    level = cell(page, "A5.G3", 1).locator(".o_dupq_grid_level")
    expect(level).to_have_text("Getting better")


def test_on_a_phone_one_statement_is_one_screen(open_grid, axe):
    page = open_grid("manager.demo", width=390)
    expect(page.locator("h1.o_dupq_grid_heading")).to_contain_text("A1")
    page.click(".o_dupq_grid_turn .btn-primary")
    expect(page.locator("h1.o_dupq_grid_heading")).to_contain_text("A1.G1")
    wide = f"document.querySelector('{PAGE}').scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    choice = page.locator(".o_dupq_grid_person").nth(1).locator("label").nth(1)
    assert choice.bounding_box()["height"] >= 44
    choice.click()
    expect(choice.locator("input")).to_be_checked()
    axe.check(page, include=PAGE)


def test_who_reads_is_told_why_and_changes_nothing(open_grid):
    page = open_grid("board.demo")
    expect(page.locator(".o_dupq_grid_sentence")).to_contain_text("You read these")
    place = cell(page, "A1.G4", 1)
    before = place.inner_text()
    place.focus()
    page.keyboard.press("4")
    expect(place).to_have_text(before, use_inner_text=True)


def test_axe_finds_nothing_in_the_grid(open_grid, axe):
    page = open_grid("manager.demo", width=1366)
    cell(page, "A1.G4", 1).focus()
    expect(page.locator(".o_dupq_voice").first).to_be_visible()
    axe.check(page, include=PAGE)


@pytest.mark.parametrize("width", [1366, 390])
def test_the_gap_comes_first_and_its_words_open(
    new_page, odoo_server, harbour, axe, width
):
    page = new_page("manager.demo", server=odoo_server, width=width)
    page.goto(f"/odoo/dupq-self-assessments/{harbour}")
    page.click(".o_notebook .nav-link:text-is('Rate')")
    gap = page.locator("[data-gap]").first
    expect(gap).to_contain_text("People pick the staff who support them")
    expect(gap).to_contain_text("People we support: Only beginning.")
    words = gap.locator("details").first
    words.locator("summary").click()
    expect(words).to_contain_text("I want to choose who helps me in the bath.")
    axe.check(page, include=".dupq-gaps")


def test_evidence_opens_beside_each_statement(new_page, odoo_server, harbour, axe):
    page = new_page("manager.demo", server=odoo_server)
    page.goto(f"/odoo/dupq-self-assessments/{harbour}")
    page.click(".o_notebook .nav-link:text-is('Evidence')")
    area = page.locator(".o_dupq_beside_area[data-area=A1]")
    area.locator("summary").click()
    figure = area.locator(".o_dupq_beside_open").first
    figure.click()
    expect(area.locator(".o_dupq_item").first).to_be_visible()
    axe.check(page, include=".o_dupq_evidence_beside")
    area.locator(".o_dupq_beside_add").first.click()
    lines = page.locator(".modal [name=statement_ids] .o_data_row")
    expect(lines).to_have_count(1)
    reference = lines.first.locator("td").first.inner_text()
    page.fill(".modal [name=title] input", "Two asked for other hours, and have them")
    page.click(".modal .o_form_button_save")
    expect(page.locator(".modal")).to_have_count(0)
    # It is in the ledger, as evidence added anywhere, and not in the assessment alone.
    assert odoo_server.sql(
        "SELECT e.state, s.reference FROM dupq_evidence e"
        " JOIN dupq_evidence_statement_rel r ON r.evidence_id = e.id"
        " JOIN dupq_code_statement s ON s.id = r.statement_id"
        " JOIN dupq_assessment a ON a.service_id = e.service_id"
        f" WHERE e.title LIKE 'Two asked for other hours%' AND a.id = {harbour}"
    ) == [["proposed", reference]]
