"""Proves that the roles of a person, chosen on the user form, stay what they are when
somebody later edits another right of that person there. 30 seconds."""

import re

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=15_000)

PERSON = "A colleague with three roles (test)"
ROLES = {
    "Quality": ("Service manager", "dupq_code_group_service_manager"),
    "Board": ("Board member", "dupq_code_group_board_member"),
    "Safeguarding panel": ("Panel member", "dupq_code_group_panel"),
}
OFFICER = "Officer: Manage all applicants"


class UserForm:
    """The form of one user under Settings, as an administrator clicks it."""

    def __init__(self, page):
        self.page = page

    def open(self, name):
        page = self.page
        page.goto("/odoo/settings")
        page.click(".o_menu_sections :is(a, button):has-text('Users & Companies')")
        page.click(".o-dropdown--menu .dropdown-item:text-is('Users')")
        page.click(f".o_data_row .o_data_cell:text-is('{name}')")
        page.wait_for_selector(".o_field_res_user_group_ids")
        return self

    def right(self, label):
        """The control beside the label, whether or not the label has a help mark."""
        exactly = re.compile(rf"^{re.escape(label)}\s*\??$")
        label = self.page.locator(".o_field_res_user_group_ids label").filter(
            has_text=exactly
        )
        return self.page.locator(f"#{label.get_attribute('for')}")

    def choose(self, label, option):
        self.right(label).click()
        self.page.click(f".o_select_menu_item :text-is('{option}')")
        expect(self.right(label)).to_have_value(option)

    def save(self):
        self.page.click(".o_form_button_save")
        self.page.wait_for_selector(
            ".o_form_status_indicator_buttons.invisible", state="attached"
        )

    def expect_roles(self):
        for label, (option, _group) in ROLES.items():
            expect(self.right(label)).to_have_value(option)


@pytest.fixture
def server(new_server):
    return new_server("minimal")


@pytest.fixture
def person(server):
    """An internal user without any role; the id."""
    values = {"name": PERSON, "login": "three.roles"}
    return server.xmlrpc("admin").call("res.users", "create", [values])


def chosen_groups(server, person):
    """XML ids of the groups given to the person, as another client reads them."""
    client = server.xmlrpc("admin")
    (user,) = client.call("res.users", "read", [[person]], fields=["group_ids"])
    rows = client.call(
        "ir.model.data",
        "search_read",
        [[("model", "=", "res.groups"), ("res_id", "in", user["group_ids"])]],
        fields=["name"],
    )
    return {row["name"] for row in rows}


def test_three_roles_outlive_the_edit_of_other_rights(new_page, server, person):
    roles = {group for _option, group in ROLES.values()}
    assert not roles & chosen_groups(server, person)
    page = new_page("admin", server=server, height=1200)

    form = UserForm(page).open(PERSON)
    for label, (option, _group) in ROLES.items():
        form.choose(label, option)
    form.save()
    assert roles <= chosen_groups(server, person)

    form.open(PERSON).expect_roles()
    form.choose("Recruitment", OFFICER)
    form.save()
    groups = chosen_groups(server, person)
    assert roles | {"group_hr_recruitment_user"} <= groups

    form.open(PERSON).expect_roles()
    form.choose("Export", "Allowed")
    form.save()
    assert chosen_groups(server, person) == groups | {"group_allow_export"}

    form.open(PERSON).expect_roles()
    expect(form.right("Recruitment")).to_have_value(OFFICER)
