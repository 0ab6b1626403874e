"""Proves that a planner sees at a glance who comes this week, who chose them and where
a stranger is about to arrive: by keys alone, on a phone, on paper, and each role as
much as it may see. 100 seconds."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
PAGE = ".o_dupq_week_page"
SHIFT = ".o_dupq_week_shift"


@pytest.fixture
def open_week(new_page, odoo_server):
    def opener(login, **options):
        page = new_page(login, server=odoo_server, **options)
        page.goto("/odoo/dupq-rota-week")
        page.wait_for_selector(PAGE)
        return page

    return opener


def choose_orchard(page):
    page.select_option("select[name=service_id]", label="12 Orchard Road (demo)")
    expect(page.locator(f"{SHIFT}[data-state=stranger]")).to_have_count(2)


def test_the_week_says_who_comes_and_where_a_stranger_arrives(open_week):
    page = open_week("planner.demo")
    choose_orchard(page)
    expect(page.locator(".o_dupq_week_answer")).to_contain_text("for 2 shifts")
    chosen = page.locator(f"{SHIFT}[data-state=chosen]").first
    expect(chosen).to_contain_text("Ines (demo)")
    expect(chosen).to_contain_text("Jane (demo) said yes on")
    expect(chosen).to_contain_text("08:00 to 15:00")
    stranger = page.locator(f"{SHIFT}[data-state=stranger]").first
    expect(stranger).to_contain_text("Ines (demo) is free: chosen")
    expect(page.locator(".o_dupq_week_faces rect")).to_have_count(12)


def test_it_works_by_keys_alone(open_week):
    page = open_week("planner.demo")
    choose_orchard(page)
    page.locator(SHIFT).first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{SHIFT}:focus")).to_contain_text("Grace (demo)")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_form_view")
    page.go_back()
    page.wait_for_selector(PAGE)


def test_nothing_is_cut_off_on_a_phone(open_week):
    page = open_week("planner.demo", width=390)
    choose_orchard(page)
    box = page.locator(SHIFT).first.bounding_box()
    assert box["width"] > 300
    wide = page.evaluate(
        f"document.querySelector('{PAGE}').scrollWidth"
        f" > document.querySelector('{PAGE}').clientWidth + 1"
    )
    assert not wide


def test_it_fits_on_paper(open_week):
    page = open_week("planner.demo")
    choose_orchard(page)
    page.emulate_media(media="print")
    expect(page.locator(".o_dupq_week_paper")).to_be_visible()
    expect(page.locator(".o_main_navbar")).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_quality_lead_reads_references_and_no_names(open_week):
    page = open_week("quality.demo")
    choose_orchard(page)
    text = page.locator(PAGE).inner_text()
    assert "P-DEMO-1" in text
    assert "Jane" not in text


def test_who_does_not_plan_has_no_menu(new_page, odoo_server):
    page = new_page("worker.demo", server=odoo_server)
    page.goto("/odoo/dupq-shifts")
    page.wait_for_selector(".o_list_view")
    page.click(".o_menu_sections :is(a, button):has-text('Rota')")
    expect(page.locator(".o_menu_sections, .o-dropdown--menu").first).to_be_visible()
    expect(page.locator("text=Who comes this week")).to_have_count(0)


@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing(open_week, axe, width):
    page = open_week("planner.demo", width=width)
    choose_orchard(page)
    axe.check(page, include=PAGE)
