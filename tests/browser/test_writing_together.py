"""Proves that two people who write in the form of one self-assessment do not write over
each other: the second is told by name, and has their own words still on the screen.
30 seconds."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
WORDS = ".o_field_widget[name=challenge] textarea"


@pytest.fixture
def open_form(new_page, odoo_server):
    odoo_server.expect_log("odoo.http: .* while you were writing")
    ((number,),) = odoo_server.sql(
        "SELECT a.id FROM dupq_assessment a JOIN dupq_service s ON s.id = a.service_id"
        " WHERE s.name LIKE 'Harbour View%' AND a.state = 'running'"
        " ORDER BY a.id LIMIT 1"
    )

    def opener(login):
        page = new_page(login, server=odoo_server)
        page.goto(f"/odoo/dupq-self-assessments/{number}")
        page.click(".o_notebook .nav-link:text-is('Publish')")
        page.wait_for_selector(WORDS)
        return page

    return opener


def save(page):
    page.click(".o_form_button_save")


def test_the_second_is_told_by_name_and_loses_nothing(open_form):
    first, second = open_form("manager.demo"), open_form("quality.demo")
    first.fill(WORDS, "Ring the bell at number 12.")
    save(first)
    saved = first.locator(".o_form_status_indicator_buttons.invisible")
    expect(saved).to_be_attached()

    second.fill(WORDS, "Write to the quality lead.")
    save(second)
    told = second.locator(".modal")
    expect(told).to_contain_text("while you were writing")
    expect(told).to_contain_text("yours is still on your screen")
    told.locator(".modal-footer .btn-primary, .modal-footer button").first.click()
    expect(told).to_have_count(0)
    expect(second.locator(WORDS)).to_have_value("Write to the quality lead.")

    first.reload()
    first.click(".o_notebook .nav-link:text-is('Publish')")
    expect(first.locator(WORDS)).to_have_value("Ring the bell at number 12.")


def test_different_words_are_both_kept(open_form):
    first, second = open_form("manager.demo"), open_form("quality.demo")
    first.fill(WORDS, "Ring twice.")
    save(first)
    saved = ".o_form_status_indicator_buttons.invisible"
    expect(first.locator(saved)).to_be_attached()
    second.fill(".o_field_widget[name=declaration] textarea", "We stand behind it.")
    save(second)
    expect(second.locator(saved)).to_be_attached()
    expect(second.locator(WORDS)).to_have_value("Ring twice.")
