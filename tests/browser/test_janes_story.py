"""Proves the story of the guide's third area from end to end: a job made for Jane, an
advert about her, staff whom she and her sister choose on a phone, and the choice in
the ledger and on the coverage map without a word typed again. Takes two minutes."""

import re

import pytest
from browser.desk import Desk
from playwright.sync_api import expect

pytestmark = pytest.mark.long
JOB = "Somebody for birds and hills (demo)"
PHONE = {"width": 390, "height": 780, "has_touch": True}
ORCHARD = "12 Orchard Road (demo)"
MAP = ".o_dupq_map_page"
FINAL = "People made their final choice"
# Only the mail that was sent knows the link; a test server sends none.
MAIL = """
mail = env["mail.mail"].search([("email_to", "ilike", "sister.demo@example.com")],
                               order="id desc", limit=1)
print("MAIL", mail.body_html, "END")
"""
RUN = "env['dupq.evidence.rule']._run_all('changes')\nenv.cr.commit()"


@pytest.fixture
def at_desk(new_page, server):
    """Somebody signed in at a desk, all the time of the story."""
    desks = {}

    def get(login):
        if login not in desks:
            desk = Desk(new_page(server=server), server.url)
            desks[login] = desk.sign_in(login)
        return desks[login]

    return get


def test_jane_is_supported_by_whom_she_chose(at_desk, server, new_page):
    hr, manager = at_desk("hr.demo"), at_desk("manager.demo")
    hr_opens_a_job(hr)
    assert "for nobody in particular" in remark(hr)
    manager_makes_it_for_jane(manager)
    assert manager_keeps_wishes(manager, ("Hiking", "Photography")) == 2
    hr_goes_to_the_job(hr)
    assert "could be for anybody" in remark(hr)
    assert "Jane" not in hr.page.content()
    hr_writes_an_advert(hr, "You know birds, and you love hiking in any weather.")
    assert "takes up 1 of 2 wishes" in remark(hr)
    hr_meets_an_applicant(hr, "Robin (demo)", "Hiking")
    hr.tab("What they share")
    assert "Shared: Hiking" in hr.page.inner_text(".o_notebook")
    hr.tab("s choice")
    hr.click("Ask for the final choice")
    jane_says(new_page("jane.demo", server=server, **PHONE), "yes", "He waits for me.")
    manager_invites_her_sister(manager)
    her_sister_says(new_page(server=server, **PHONE), sister_link(server), "Robin")
    hr.page.reload()
    hr.wait()
    hr.tab("s choice")
    assert "He waits for me." in hr.page.inner_text("[name=dupq_choice_ids]")
    server.shell(RUN)
    items = manager_opens_the_map(manager)
    assert FINAL in items
    for secret in ("Jane", "Robin", "He waits", JOB):
        assert secret not in items


def hr_opens_a_job(hr):
    hr.app("Recruitment")
    hr.page.goto(f"{hr.url}/odoo/action-hr_recruitment.action_hr_job_config/new")
    hr.wait()
    hr.type("name", JOB)
    hr.tab("Details")
    hr.choose("department_id", "Research & Development")
    hr.save()


def remark(hr):
    hr.tab("Who it is for")
    return hr.field("dupq_advert_remark").inner_text()


def manager_makes_it_for_jane(manager):
    manager.app("Driving Up Quality")
    manager.menu("Services", "People supported")
    manager.open_row("Jane (demo)")
    manager.tab("Jobs for my staff")
    manager.add_line("job_person_ids")
    manager.choose("job_id", JOB, "[name=job_person_ids]")
    manager.save()


def manager_keeps_wishes(manager, wishes):
    """Keep these of the new job, line by line; the others wait.

    :return: how many were kept
    """
    manager.menu("Choosing staff", "Wishes for staff")
    kept = 0
    for wish in wishes:
        row = manager.page.locator(f".o_data_row:has-text('{JOB}'):has-text('{wish}')")
        row.locator("button[name=action_keep]").click()
        manager.wait()
        expect(row).to_have_count(0)
        kept += 1
    return kept


def hr_goes_to_the_job(hr):
    hr.page.reload()
    hr.wait()


def hr_writes_an_advert(hr, words):
    hr.tab("Summary")
    hr.page.locator("[name=description] [contenteditable=true]:visible").fill(words)
    hr.save()


def hr_meets_an_applicant(hr, name, trait):
    hr.page.click(".oe_stat_button:has-text('Applications')")
    hr.wait()
    hr.page.click(".o-kanban-button-new:visible")
    hr.wait()
    hr.type("partner_name", name)
    hr.tab("What they share")
    hr.choose("dupq_trait_ids", trait)
    hr.save()


def jane_says(page, answer, why):
    page.goto("/my")
    page.click("a:has-text('My choices')")
    page.click("text=Look at Robin")
    page.click(f".dq-answer-{answer}")
    page.fill("#words", why)
    page.click("text=Keep my answer")
    page.wait_for_selector("text=/thank you/i")


def manager_invites_her_sister(manager):
    manager.menu("Services", "People supported")
    manager.open_row("Jane (demo)")
    manager.click("Invite by a link", ".o_form_view")
    with manager.dialog() as dialog:
        manager.choose("circle_member_id", "sister", dialog)
        manager.page.click(".modal button[name=action_send]")


def sister_link(server):
    return re.search(r"/invitation/[\w-]{40,}", server.shell(MAIL))[0]


def her_sister_says(page, link, name):
    page.goto(link)
    page.click("text=Start")
    page.click(f"text=Look at {name}")
    page.click(".dq-answer-yes")
    page.click("text=Keep my answer")
    page.wait_for_selector("text=/thank you/i")


def manager_opens_the_map(manager):
    """What the map lists of the area of staff, in the house where Jane lives."""
    manager.page.goto(f"{manager.url}/odoo/dupq-coverage-map")
    manager.page.wait_for_selector(MAP)
    row = manager.page.locator(f"tr:has-text('{ORCHARD}')")
    row.locator("[aria-expanded]").nth(2).click()
    everything = manager.page.locator("[data-statement=all]")
    everything.click()
    expect(everything).to_have_attribute("aria-expanded", "true")
    return manager.page.locator(".o_dupq_items").first.inner_text()
