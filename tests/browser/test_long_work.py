"""Proves that long work can be begun, left and found again, and moves by itself in
forms, lists and cards: how far a survey has gone out, whom it has not reached, and how
far the PDF of a report is. 80 seconds."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
BAR = ".o_dupq_long_work [role=progressbar]"
PREPARE = """
survey = env.ref("dupq_assessment.dupq_assessment_survey_harbour_demo").copy()
survey.partner_ids = env["res.partner"].create(
    [
        {"name": f"Relative {number}", "email": f"relative{number}@example.com"}
        for number in range(7)
    ]
    + [{"name": "With a slip", "email": "jo at example.com"}]
)
env.cr.commit()
print("id", survey.id)
"""
BEGIN = """
env["dupq.assessment.survey"].browse({id}).action_send()
env.cr.commit()
"""
SEND = """
env["dupq.assessment.survey"].browse({id})._send_next({batch})
env.cr.commit()
print("sent")
"""
HOLD = """
edition = env["dupq.publication.edition"].search([], limit=1)
edition._make_again()
edition.write({{"part_count": 4, "parts_made": {made}}})
env.cr.commit()
print("id", edition.id)
"""


def get_id(said):
    return int(said.rpartition("id ")[2].split()[0])


def test_a_survey_is_sent_left_and_found_again(new_page, odoo_server, axe):
    number = get_id(odoo_server.shell(PREPARE))
    page = new_page("manager.demo", server=odoo_server)
    page.goto(f"/odoo/dupq-assessment-surveys/{number}")
    expect(page.locator(".alert-warning:visible")).to_contain_text("cannot be reached")
    page.click("button[name=action_send]")
    work = page.locator(".o_dupq_long_work")
    expect(work).to_contain_text("Asked: 0 of 8. Answered: 0.")
    expect(page.locator(".alert-info:visible")).to_contain_text("You can leave")

    page.goto("/odoo/dupq-self-assessments")
    page.wait_for_selector(".o_data_row, .o_kanban_record")
    odoo_server.shell(SEND.format(id=number, batch=3))

    page.goto(f"/odoo/dupq-assessment-surveys/{number}")
    expect(work).to_contain_text("Asked: 3 of 8.")
    expect(page.locator(BAR)).to_have_attribute("aria-valuenow", "42")
    axe.check(page, include=".o_dupq_long_work")
    # Whoever stays sees it move.
    odoo_server.shell(SEND.format(id=number, batch=100))
    expect(work).to_contain_text("Asked: 7 of 8.", timeout=20_000)
    expect(page.locator(".alert-info:visible")).to_have_count(0)

    page.click(".o_notebook .nav-link:text-is('Not reached')")
    row = page.locator("[name=unreached_ids] .o_data_row")
    expect(row).to_contain_text("This is not an e-mail address")
    row.locator("[name=address]").click()
    row.locator("[name=address] input").fill("jo@example.com")
    page.click(".o_form_button_save")
    expect(page.locator(".alert-info:visible")).to_contain_text("You can leave")
    odoo_server.shell(SEND.format(id=number, batch=100))
    expect(work).to_contain_text("Asked: 8 of 8.", timeout=20_000)


@pytest.mark.parametrize("width", [1366, 390])
def test_a_pdf_in_the_making_is_left_and_found_again(new_page, odoo_server, axe, width):
    number = get_id(odoo_server.shell(HOLD.format(made=1)))
    page = new_page("quality.demo", server=odoo_server, width=width)
    page.goto(f"/odoo/dupq-printed-editions/{number}")
    work = page.locator(".o_dupq_long_work")
    expect(work).to_contain_text("Made: 1 of 4 parts.")
    expect(page.locator(BAR)).to_have_attribute("aria-valuenow", "20")
    axe.check(page, include=".o_dupq_long_work")
    page.goto("/odoo/dupq-self-assessments")
    page.wait_for_selector(".o_data_row, .o_kanban_record")
    odoo_server.shell(HOLD.format(made=2))
    page.goto(f"/odoo/dupq-printed-editions/{number}")
    expect(work).to_contain_text("Made: 2 of 4 parts.")


@pytest.mark.parametrize(
    ("width", "row"), [(1366, ".o_data_row"), (390, ".o_kanban_record")]
)
def test_a_list_of_surveys_moves_by_itself(new_page, odoo_server, axe, width, row):
    number = get_id(odoo_server.shell(PREPARE))
    odoo_server.shell(BEGIN.format(id=number))
    page = new_page("manager.demo", server=odoo_server, width=width)
    page.goto("/odoo/dupq-assessment-surveys")
    row = page.locator(row).filter(has=page.locator(".o_dupq_long_work .progress"))
    work = row.locator(".o_dupq_long_work")
    expect(work).to_contain_text("Asked: 0 of 8.")
    axe.check(page, include=".o_dupq_long_work")
    work.evaluate("element => { element.ownerDocument.isTheSamePage = true; }")
    odoo_server.shell(SEND.format(id=number, batch=3))
    expect(work).to_contain_text("Asked: 3 of 8.", timeout=20_000)
    expect(work.locator("[role=progressbar]")).to_have_attribute("aria-valuenow", "42")
    odoo_server.shell(SEND.format(id=number, batch=100))
    # It has ended: no bar any more, and whoever listens is told.
    expect(row).to_have_count(0, timeout=20_000)
    expect(
        page.locator(".o_dupq_long_work [role=status]").filter(has_text="Asked: 7 of 8")
    ).to_have_count(1)
    assert page.evaluate("document.isTheSamePage"), "the page was loaded again"


def test_a_list_of_editions_moves_by_itself(new_page, odoo_server):
    odoo_server.shell(HOLD.format(made=1))
    page = new_page("quality.demo", server=odoo_server)
    page.goto("/odoo/dupq-printed-editions")
    work = page.locator(".o_dupq_long_work:has(.progress)", has_text="of 4 parts")
    expect(work).to_contain_text("Made: 1 of 4 parts.")
    odoo_server.shell(HOLD.format(made=3))
    expect(work).to_contain_text("Made: 3 of 4 parts.", timeout=20_000)
