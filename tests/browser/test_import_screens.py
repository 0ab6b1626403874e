"""Proves that a planner takes in a rota, and HR a file of training, on Odoo's own
import screen: an example to fill in, a trial that says in plain words what is wrong
and keeps nothing, and the corrected file. 60 seconds."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long
ROTA = """Shift ID,Worker,Client reference,Service,Start,End,Kind
N-1,ines (DEMO),P-DEMO-1,,2026-03-02 08:00:00,2026-03-02 15:00:00,Usual
N-2,{worker},P-DEMO-1,,2026-03-02 15:00:00,2026-03-02 22:00:00,Cover for sickness
N-3,{other},,12 Orchard Road (demo),2026-03-03 08:00:00,2026-03-03 15:00:00,Usual
"""
TRAINING = """UNIQUEWORKERID,DESCRIPTION,DATECOMPLETED,EXPIRYDATE
W-DEMO-1,Being heard,05/03/2025,05/03/2028
{worker},Being heard,05/03/2025,
"""
SUM = ".o_import_data_content > .border-bottom .alert"
REPORT = ".o_import_data_content .o_import_report"
# Odoo's own upload sends more than its route asks for.
UPLOAD = "odoo.http: .*set_file. called ignoring args"


@pytest.fixture
def server(new_server):
    server = new_server("demo")
    server.expect_log(UPLOAD)
    return server


def send(page, content):
    page.set_input_files(
        ".o_file_input input, input[type=file]",
        {"name": "file.csv", "mimeType": "text/csv", "buffer": content.encode()},
    )
    expect(page.locator(".o_import_data_content table")).to_be_visible()
    # What was said of the file before is gone with it.
    expect(page.locator(SUM)).to_have_count(0)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_planner_tries_corrects_and_takes_in_a_rota(new_page, server):
    page = new_page("planner.demo", server=server, width=1366)
    page.goto("/odoo/dupq-shifts")
    page.wait_for_selector(".o_list_view")
    page.click(".o_cp_action_menus button:has(.fa-cog)")
    page.click(".o_import_menu")
    example = page.get_by_role("link", name="Download")
    expect(example).to_have_text("Example of a rota")
    answer = page.request.get(example.get_attribute("href"))
    assert answer.ok
    assert answer.text().startswith("Shift ID,Worker,")

    send(page, ROTA.format(worker="Nobody Known", other="4713"))
    # Each heading has found its field.
    expect(page.locator(".o_import_data_content .text-warning")).to_have_count(0)
    press(page, "Test")
    expect(page.locator(REPORT)).to_contain_text("“Nobody Known” is not known here")
    send(page, ROTA.format(worker="Nobody Known", other="Somebody New"))
    press(page, "Test")
    expect(page.locator(REPORT)).to_contain_text("Nobody Known at row 2")
    expect(page.locator(REPORT)).to_contain_text("Somebody New at row 3")

    send(page, ROTA.format(worker="MAREK (demo)", other="4713"))
    press(page, "Test")
    expect(page.locator(SUM)).to_contain_text("Everything seems valid")
    assert shifts(server) == 0, "A trial keeps nothing."
    press(page, "Import")
    expect(page.locator(".o_notification").first).to_contain_text("3 records")
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(3)
    assert shifts(server) == 3


def shifts(server):
    [[count]] = server.sql(
        "SELECT count(*) FROM dupq_shift WHERE external_ref LIKE 'N-_'"
    )
    return int(count)


def test_hr_tries_corrects_and_takes_in_training(new_page, server):
    page = new_page("hr.demo", server=server, width=1366)
    page.goto("/odoo/dupq-training-import/new")
    page.click("button[name=action_upload]")
    page.wait_for_selector(".o_import_action")
    send(page, TRAINING.format(worker="W-NOBODY"))
    press(page, "Test")
    expect(page.locator(SUM).last).to_contain_text("Unknown worker (W-NOBODY)")
    send(page, TRAINING.format(worker="w-demo-2"))
    press(page, "Test")
    expect(page.locator(SUM)).to_contain_text("Everything seems valid")
    press(page, "Import")
    expect(page.locator(".o_notification").first).to_contain_text("2 records")
    page.goto("/odoo/dupq-training-import")
    page.locator(".o_data_row .o_data_cell").first.click()
    page.click("button[name=action_take]")
    page.click(".modal .btn-primary")
    expect(page.locator("button[name=action_take]")).to_have_count(0)
    [[count]] = server.sql(
        "SELECT count(*) FROM hr_resume_line WHERE date_end = '2025-03-05'"
        " AND name->>'en_US' = 'Being heard'"
    )
    assert int(count) == 2
