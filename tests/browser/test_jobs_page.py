"""Proves that a visitor says on the jobs page's own form, by keys alone and on a phone,
what they like and are like, and that HR sees what they share. Takes half a minute."""

import pytest
from harness.server import OdooServer
from playwright.sync_api import expect

SETUP = """
from odoo.fields import Command, Date
company = env.company
hr = env["res.users"].create({
    "name": "HR", "login": "hr.page", "password": "hr.page",
    "group_ids": [Command.link(env.ref("hr_recruitment.group_hr_recruitment_user").id)],
})
service = env["dupq.service"].create({"name": "12 Orchard Road"})
word = lambda name: env.ref("dupq_code.dupq_trait_" + name)
person = env["dupq.person"].create({
    "preferred_name": "Jane Example", "reference": "P-PAGE",
    "stay_ids": [Command.create({"service_id": service.id, "date_from": "2024-01-01"})],
    "interest_ids": [Command.set((word("hiking") | word("photography")).ids)],
    "quality_ids": [Command.set(word("patient").ids)],
})
env["dupq.person.consent"].create({
    "person_id": person.id, "purpose": "specification", "how": "Green card.",
}).action_give()
job = env["hr.job"].create({
    "name": "Somebody to go out with", "is_published": True,
    "website_description": "<p>You like hiking.</p>",
})
made = env["dupq.job.person"].create({"job_id": job.id, "person_id": person.id})
made.wish_ids.action_keep()
print("JOB", job.id)
env.cr.commit()
"""
VIEWS = (
    {"width": 1280},
    {"width": 320},
    # 400 % zoom of a screen of 1280 by 1024
    {"width": 320, "height": 256},
)
SMALL_TARGETS = """() => [...document.querySelectorAll("#dupq_asked .form-check")]
    .map((node) => node.getBoundingClientRect().height)
    .filter((height) => height < 24)"""


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "full").start()
    out = server.shell(SETUP)
    server.job = out.split("JOB ")[1].split()[0]
    yield server
    server.stop()


@pytest.fixture
def visit(server, new_page):
    """Open the form of the job, as somebody who has just come."""
    # The page's own fonts and maps are out there.
    new_page.expect_error("fonts.googleapis.com|ERR_FAILED")

    def visit(**view):
        page = new_page(server=server, **view)
        page.goto(f"/jobs/apply/{server.job}")
        expect(page.locator("#hr_recruitment_form #dupq_asked")).to_be_visible()
        return page

    return visit


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: "-".join(map(str, v.values())))
def test_what_is_asked_is_accessible_and_fits(visit, axe, view):
    page = visit(**view)
    axe.check(page, include="#dupq_asked")
    assert page.evaluate("document.documentElement.scrollWidth") <= view["width"]
    assert page.evaluate(SMALL_TARGETS) == []


def test_the_page_has_no_fault_that_it_had_not_without_us(visit, axe):
    page = visit()
    faults = axe(page)
    page.evaluate("document.getElementById('dupq_asked').remove()")
    assert faults == axe(page)


def tab_to(page, locator):
    for _step in range(80):
        page.keyboard.press("Tab")
        if locator.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError(f"no key leads to {locator}")


def test_a_visitor_applies_by_keys_alone_and_hr_sees_what_they_share(
    server, visit, new_page
):
    page = visit(width=390)
    page.get_by_label("Your Name").focus()
    page.keyboard.type("Ola Example")
    for label, words in (
        ("Your Email", "ola@example.com"),
        ("Your Phone Number", "01632 960001"),
        ("LinkedIn Profile", "https://www.linkedin.com/in/ola"),
    ):
        tab_to(page, page.get_by_label(label))
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    for label in ("Hiking", "Music", "Patient"):
        box = page.get_by_label(label, exact=True)
        tab_to(page, box)
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    group = page.get_by_role("group", name="What do you like to do?")
    expect(group.get_by_label("Hiking", exact=True)).to_be_checked()
    tab_to(page, page.get_by_label("In your own words"))
    page.keyboard.type("I walk slowly.")
    tab_to(page, page.locator("#apply-btn"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/job-thank-you")

    hr = new_page("hr.page", server=server)
    number = server.sql("SELECT max(id) FROM hr_applicant")[0][0]
    hr.goto(f"/odoo/hr.applicant/{number}")
    hr.get_by_role("tab", name="What they share").click()
    shown = hr.locator(".o_field_widget[name=dupq_match]")
    expect(shown).to_contain_text("P-PAGE")
    expect(shown).to_contain_text("Shared: Hiking, Patient")
    expect(shown).to_contain_text("Nothing known of: Photography")
    expect(hr.locator("[name=dupq_own_words] textarea")).to_have_value("I walk slowly.")


def test_nothing_typed_is_lost_when_something_else_is_missing(visit):
    page = visit()
    page.get_by_label("Hiking", exact=True).check()
    page.get_by_label("In your own words").fill("Mine")
    page.locator("#apply-btn").click()
    expect(page.locator("#s_website_form_result")).to_contain_text("correctly")
    expect(page.get_by_label("Hiking", exact=True)).to_be_checked()
    expect(page.get_by_label("In your own words")).to_have_value("Mine")


def test_a_word_that_goes_meanwhile_turns_nobody_away(server, visit):
    page = visit()
    page.get_by_label("Films", exact=True).check()
    server.shell(
        "env.ref('dupq_code.dupq_trait_films').active = False; env.cr.commit()"
    )
    page.get_by_label("Your Name").fill("Kim Example")
    page.get_by_label("Your Email").fill("kim@example.com")
    page.get_by_label("Your Phone Number").fill("01632 960002")
    page.get_by_label("LinkedIn Profile").fill("https://www.linkedin.com/in/kim")
    page.locator("#apply-btn").click()
    page.wait_for_url("**/job-thank-you")
    notes = server.sql(
        "SELECT m.body FROM mail_message m JOIN hr_applicant a ON a.id = m.res_id"
        " WHERE m.model = 'hr.applicant' AND a.partner_name = 'Kim Example'"
    )
    assert any("Films" in body for (body,) in notes)
