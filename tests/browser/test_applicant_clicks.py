"""Proves that from Odoo's own form of an applicant HR links and accepts evidence in a
few clicks, and that HR without a service of its own links but cannot accept.
60 seconds."""

import pytest

FEW = 4
SERVICE = "12 Orchard Road (demo)"
MANAGE = """
hr = env.ref("dupq_code.dupq_user_hr_demo")
hr.group_ids += env.ref("dupq_code.dupq_code_group_service_manager")
for name in ("orchard", "harbour"):
    env["dupq.service.member"].create({
        "service_id": env.ref(f"dupq_code.dupq_service_{name}_demo").id,
        "user_id": hr.id,
        "role": "manager",
        "date_from": "2024-01-08",
    })
env.cr.commit()
"""
UNTOUCHED = """
    SELECT id FROM hr_applicant a
     WHERE active AND stage_id IS NOT NULL AND department_id IS NULL AND NOT EXISTS (
           SELECT 1 FROM dupq_evidence e
            WHERE e.res_model = 'hr.applicant' AND e.res_id = a.id)
  ORDER BY id LIMIT 1
"""
LINKED = """
    SELECT e.state, s.name FROM dupq_evidence e
      JOIN dupq_service s ON s.id = e.service_id
     WHERE e.res_model = 'hr.applicant' AND e.res_id = %s
"""


class Hand:
    """Clicks on a page, and counts how often."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.clicks += 1


@pytest.fixture
def server(new_server):
    return new_server("demo")


def open_applicant(new_page, server):
    """Odoo's own form of one without evidence, of whom it knows no department."""
    ((number,),) = server.sql(UNTOUCHED)
    page = new_page("hr.demo", server=server)
    page.goto(f"/odoo/hr.applicant/{number}")
    page.wait_for_selector("button[name=action_dupq_evidence_open]")
    return page, number


def test_hr_that_manages_a_service_links_and_accepts_in_few_clicks(new_page, server):
    server.shell(MANAGE)
    page, number = open_applicant(new_page, server)
    hand = Hand(page)
    hand.click("button[name=action_dupq_evidence_open]")
    page.wait_for_selector(".modal .o_form_view [name=service_id]")
    hand.click(".modal [name=service_id] input")
    hand.click(f".o-autocomplete--dropdown-item:has-text('{SERVICE}')")
    hand.click(".modal button[name=action_accept]:visible")
    page.wait_for_selector(".modal", state="detached")
    page.wait_for_function(
        "document.querySelector('[name=dupq_evidence_count]').innerText[0] === '1'"
    )
    assert hand.clicks <= FEW
    assert server.sql(LINKED % number) == [["accepted", SERVICE]]


def test_hr_without_a_service_links_but_does_not_accept(new_page, server):
    page, number = open_applicant(new_page, server)
    hand = Hand(page)
    hand.click("button[name=action_dupq_evidence_open]")
    page.wait_for_selector(".modal .o_form_view [name=service_id]")
    assert not page.locator("button[name=action_accept]").count()
    hand.click(".modal [name=service_id] input")
    hand.click(f".o-autocomplete--dropdown-item:has-text('{SERVICE}')")
    hand.click(".modal .o_form_button_save")
    page.wait_for_selector(".modal", state="detached")
    assert hand.clicks <= FEW
    assert server.sql(LINKED % number) == [["proposed", SERVICE]]
