"""Proves that a manager erases a person from the person's own form, an administrator by
the reference alone, and nobody before the reference is typed. 30 seconds."""

from playwright.sync_api import expect

ERASED = """
    SELECT p.active, p.matters_to_me, p.reference FROM dupq_person p
      JOIN ir_model_data d ON d.model = 'dupq.person' AND d.res_id = p.id
     WHERE d.name = '%s'
"""
ADMINISTRATOR = """
lead = env.ref("dupq_code.dupq_user_quality_demo")
lead.group_ids += env.ref("dupq_code.dupq_code_group_administrator")
env.cr.commit()
"""
# The demo also took words back from what is published.
LOG = "SELECT kind, reason FROM dupq_erasure WHERE kind <> 'record' ORDER BY id"
DIALOG = ".modal-dialog"


def person(server, name):
    ((active, words, reference),) = server.sql(ERASED % name)
    return active, words, reference


def erase(page, reference):
    """Fill in the dialog and press; the numbers are there before that."""
    dialog = page.locator(DIALOG)
    dialog.locator("div[name=typed_reference] input").wait_for()
    assert "Person supported: 1" in dialog.inner_text()
    dialog.locator("div[name=typed_reference] input").fill(reference)
    dialog.locator("button[name=action_erase]").click()


def test_a_manager_erases_from_the_form(new_page, server):
    server.expect_log("Type the reference as it stands")
    _active, words, reference = person(server, "dupq_person_jane_demo")
    assert words
    page = new_page("manager.demo", server=server)
    page.goto("/odoo/action-dupq_code.dupq_person_action")
    page.locator(".o_kanban_record", has_text="Jane").first.click()
    page.locator(".o_form_view .o_cp_action_menus button").first.click()
    page.get_by_role("menuitem", name="Erase").click()
    erase(page, "P-OTHER")
    page.get_by_text("Type the reference as it stands").wait_for()
    assert person(server, "dupq_person_jane_demo")[1] == words
    page.locator(".modal-dialog", has_text="Type the reference as").get_by_role(
        "button", name="Close"
    ).last.click()
    expect(page.locator(DIALOG)).to_have_count(1)
    erase(page, reference)
    page.get_by_text("The figures stay as they were").wait_for()
    page.wait_for_selector(".o_kanban_view")
    # The page that was left shows what it knew until it has asked again.
    expect(page.locator(".o_kanban_record", has_text="Jane")).to_have_count(0)
    active, words, new_reference = person(server, "dupq_person_jane_demo")
    assert (active, words) == ("f", "")
    assert new_reference != reference
    assert server.sql(LOG) == [["person", "asked"]]


def test_an_administrator_erases_by_the_reference(new_page, server):
    server.shell(ADMINISTRATOR)
    page = new_page("quality.demo", server=server)
    page.goto("/odoo/action-dupq_code.dupq_person_erase_action")
    dialog = page.locator(DIALOG)
    dialog.locator("div[name=reference] input").fill("P-NOBODY")
    dialog.locator("div[name=reference] input").blur()
    page.get_by_text("There is nobody with this reference").wait_for()
    expect(dialog.locator("button[name=action_erase]")).to_have_count(0)
    dialog.locator("div[name=reference] input").fill("P-DEMO-3")
    dialog.locator("div[name=reference] input").blur()
    erase(page, "P-DEMO-3")
    page.get_by_text("The figures stay as they were").wait_for()
    page.goto("/odoo/action-dupq_code.dupq_erasure_action")
    page.locator(".o_data_row", has_text="A person supported").first.wait_for()
