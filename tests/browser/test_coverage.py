"""Proves that coverage is told by words and shapes, not by colour alone, and that
having seen nothing bad raises no alarm. Half a minute."""

import pytest

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)


def badge(page, reference):
    return page.locator(f".o_data_row:has-text('{reference}') [name=coverage] .badge")


def test_nothing_seen_of_what_is_bad_is_no_alarm(new_page, odoo_server):
    page = new_page("manager.demo", server=odoo_server)
    page.goto("/odoo/dupq-coverage")
    page.click(".o_group_header:has-text('12 Orchard Road')")
    page.click(".o_group_header:has-text('A1')")
    page.wait_for_selector(".o_data_row")
    for reference, words, shape, colour in (
        ("A1.G1", "Nothing yet", "fa-circle-o", "text-bg-danger"),
        ("A1.G5", "One source only", "fa-adjust", "text-bg-info"),
        ("A1.B1", "Nothing seen", "fa-circle-o", "text-bg-300"),
    ):
        found = badge(page, reference)
        assert found.inner_text().strip() == words
        assert found.locator(f".{shape}").count() == 1, reference
        assert colour in found.get_attribute("class").split(), reference
