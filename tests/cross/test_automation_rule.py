"""Proves, with Odoo's automation rules installed, that neither a rule nor an 'update
record' action sets a state, and that both still do their other work. Takes a minute."""

import json

import pytest
from cross.caller import Caller
from harness.server import OdooServer

INSTALL = """
module = env["ir.module.module"].search([("name", "=", "base_automation")])
module.button_immediate_install()
"""
SETUP = """
import json

house = env["dupq.service"].create({"name": "House"})
user = env["res.users"].create({
    "name": "Manager", "login": "manager", "password": "manager", "group_ids": [(6, 0, [
        env.ref("base.group_user").id,
        env.ref("dupq_code.dupq_code_group_service_manager").id,
    ])],
})
env["dupq.service.member"].create({
    "service_id": house.id, "user_id": user.id, "role": "manager",
    "date_from": "2020-01-01",
})
item = env["dupq.evidence"].create({
    "service_id": house.id, "title": "Seen at lunch", "date_seen": "2026-01-05",
    "statement_ids": [(6, 0, env.ref("dupq_code.dupq_code_statement_a1_g1").ids)],
    "perspective_id": env.ref("dupq_code.dupq_stakeholder_group_families").id,
})
model_id = env["ir.model"]._get_id("dupq.evidence")

def choice(field, value):
    return env["ir.model.fields.selection"].search([
        ("field_id", "=", env["ir.model.fields"]._get("dupq.evidence", field).id),
        ("value", "=", value),
    ]).id

def action(name, field, **values):
    return env["ir.actions.server"].create({
        "name": name, "model_id": model_id, "state": "object_write",
        "update_path": field, "evaluation_type": "value", **values,
    })

def rule(name, watched, action):
    env["base.automation"].create({
        "name": name, "model_id": model_id, "trigger": "on_create_or_write",
        "trigger_field_ids": [(6, 0, [
            env["ir.model.fields"]._get("dupq.evidence", watched).id,
        ])],
        "action_server_ids": [(6, 0, action.ids)],
    })

ACCEPTED = {"selection_value": choice("state", "accepted"), "value": "accepted"}
CODE = {"state": "code", "code": "records.sudo().write({'state': 'accepted'})"}
by_value = action("Set the state", "state", **ACCEPTED)
by_code = action("Set the state with code", "state", **CODE)
detail = action("Say more", "note", value="Said by an action")
rule("State follows the link", "external_url", action("A", "state", **ACCEPTED))
rule("State follows the title", "title", action("B", "state", **CODE))
rule("Details follow the day", "date_seen", action("C", "note", value="Said by a rule"))
(by_value | by_code | detail).create_action()
print("IDS", json.dumps({
    "item": item.id, "by_value": by_value.id, "by_code": by_code.id,
    "detail": detail.id, "house": house.id,
}))
env.cr.commit()
"""
EVIDENCE = "dupq.evidence"
REFUSED = "changes only by its own steps"


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "minimal").start()
    server.shell(INSTALL)
    out = server.shell(SETUP)
    # The running server knows nothing of what the shell has installed.
    server.restart()
    line = next(line for line in out.splitlines() if line.startswith("IDS "))
    server.ids = json.loads(line[4:])
    # Odoo warns of each refusal.
    server.expect_log("odoo.http: ")
    yield server
    server.stop()


@pytest.fixture
def manager(server):
    return Caller(server, "json2", "manager")


def read(server, *fields):
    caller = Caller(server, "json2", "manager")
    ids = [server.ids["item"]]
    return caller.call(EVIDENCE, "read", ids, fields=["state", *fields])[0]


@pytest.mark.parametrize(
    "values", [{"external_url": "https://example.org"}, {"title": "Seen at tea"}]
)
def test_a_rule_that_sets_a_state_is_refused_with_what_set_it_off(
    server, manager, values
):
    words = manager.refused(EVIDENCE, "write", [server.ids["item"]], vals=values)
    assert REFUSED in words
    (field,) = values
    after = read(server, field)
    assert after["state"] == "proposed"
    assert after[field] != values[field], "nothing of it was kept"


def test_a_rule_changes_what_people_may_change(server, manager):
    ids = [server.ids["item"]]
    manager.call(EVIDENCE, "write", ids, vals={"date_seen": "2026-01-06"})
    after = read(server, "note")
    assert after["note"] == "Said by a rule"
    assert after["state"] == "proposed"


@pytest.mark.parametrize("name", ["by_value", "by_code"])
@pytest.mark.parametrize("login", ["manager", "admin"])
def test_an_action_that_sets_a_state_is_refused(server, login, name):
    words = run(server, login, name, refused=True)
    assert REFUSED in words
    assert read(server)["state"] == "proposed"


def test_an_action_changes_what_people_may_change(server):
    run(server, "manager", "detail")
    assert read(server, "note")["note"] == "Said by an action"


def run(server, login, name, refused=False):
    """Run the action on the item as its entry in the cog menu does."""
    caller = Caller(server, "json2", login)
    item = server.ids["item"]
    context = {"active_model": EVIDENCE, "active_id": item, "active_ids": [item]}
    call = caller.refused if refused else caller.call
    return call("ir.actions.server", "run", [server.ids[name]], context=context)
