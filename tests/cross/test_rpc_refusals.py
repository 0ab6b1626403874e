"""Proves over XML-RPC and JSON-2, with real clients on a real server, that what the
screens do not offer is refused to every client too, and that the owner succeeds.
Takes half a minute."""

import json

import pytest
from cross.caller import Caller
from harness.server import OdooServer

SETUP = """
from datetime import datetime, timedelta
from odoo.fields import Command

def group(*names):
    return [Command.set([env.ref(name).id for name in names])]

def user(login, company, *groups):
    return env["res.users"].create({
        "name": login, "login": login, "password": login, "group_ids": group(*groups),
        "company_id": company.id, "company_ids": [Command.set(company.ids)],
    })

Q = "dupq_code.dupq_code_group_"
first = env.ref("base.main_company")
second = env["res.company"].create({"name": "Second provider"})
Service = env["dupq.service"]
house = Service.create({"name": "House", "company_id": first.id})
other = Service.create({"name": "Other house", "company_id": first.id})
theirs = Service.create({"name": "Theirs", "company_id": second.id})
manager = user("rpc_manager", first, "base.group_user", Q + "service_manager")
quality = user("rpc_quality", first, "base.group_user", Q + "quality_lead")
administrator = user("rpc_admin", first, "base.group_user", Q + "administrator")
env["dupq.service.member"].create({
    "service_id": house.id, "user_id": manager.id, "role": "manager",
    "date_from": "2020-01-01",
})
statement = env.ref("dupq_code.dupq_code_statement_a1_g1")
group_id = env.ref("dupq_code.dupq_stakeholder_group_families").id

def evidence(service, **values):
    return env["dupq.evidence"].create({
        "service_id": service.id, "statement_ids": [Command.set(statement.ids)],
        "polarity": "good", "date_seen": datetime.now().date(),
        "perspective_id": group_id, "title": "Seen at lunch", **values,
    })

draft = env["dupq.code"].create({"name": "Draft code", "key": "rpc", "version": "1"})
ids = {
    "house": house.id, "other": other.id, "theirs": theirs.id,
    "mine": evidence(house).id, "others": evidence(other).id,
    "foreign": evidence(theirs).id, "draft": draft.id,
    "code": env.ref("dupq_code.dupq_code_duq").id, "statement": statement.id,
    "area": statement.area_id.id, "group": group_id,
}
"""
DONE = """
import json
env.cr.commit()
print("IDS", json.dumps(ids))
"""


@pytest.fixture(scope="module")
def server(chain):
    server = OdooServer(chain, "minimal").start()
    out = server.shell(SETUP + DONE)
    line = next(line for line in out.splitlines() if line.startswith("IDS "))
    server.ids = json.loads(line[4:])
    # Odoo announces the end of XML-RPC at each call.
    server.expect_log("xmlrpc")
    server.expect_log("odoo.http: ")
    yield server
    server.stop()


@pytest.fixture(params=["xmlrpc", "json2"])
def caller(request, server):
    return lambda login: Caller(server, request.param, login)


def test_setting_a_state_is_refused_by_every_door(caller, server):
    quality = caller("rpc_quality")
    evidence, ids = "dupq.evidence", [server.ids["mine"]]
    values = {
        "service_id": server.ids["house"],
        "statement_ids": [[6, 0, [server.ids["statement"]]]],
        "polarity": "good",
        "date_seen": "2026-01-05",
        "perspective_id": server.ids["group"],
    }
    state = {"state": "accepted"}
    contexts = [
        {},
        {"dupq_state": True},
        {"dupq_state": {}},
        {"state_grant": "StateGrant"},
        {"sudo": True, "su": True, "uid": 1, "install_mode": True},
        {"module": "dupq_code", "import_file": True, "tracking_disable": True},
    ]
    for context in contexts:
        words = quality.refused(evidence, "write", ids, vals=state, context=context)
        assert "state" in words.lower()
    quality.refused(evidence, "web_save", ids, vals=state, specification={"state": {}})
    quality.refused(evidence, "create", vals_list=[values | state])
    quality.refused(
        evidence, "create", vals_list=[values], context={"default_state": "accepted"}
    )
    quality.refused(evidence, "copy", ids, default=state)
    for verb in ("_take", "_record_past", "_move"):
        quality.refused(evidence, verb, ids)
    rows = quality.call(evidence, "read", ids, fields=["state"])
    assert [row["state"] for row in rows] == ["proposed"]


def test_the_button_moves_what_the_client_may_move(caller, server):
    copies = caller("rpc_quality").call("dupq.evidence", "copy", [server.ids["mine"]])
    new_id = copies[0] if isinstance(copies, list) else copies
    manager = caller("rpc_manager")
    manager.call("dupq.evidence", "action_accept", [new_id])
    rows = manager.call("dupq.evidence", "read", [new_id], fields=["state"])
    assert rows[0]["state"] == "accepted"


def test_published_edition_cannot_be_edited_but_a_draft_can(caller, server):
    administrator = caller("rpc_admin")
    ids = server.ids
    doors = [
        ("dupq.code.statement", "write", [ids["statement"]], {"vals": {"text": "x"}}),
        ("dupq.code.statement", "unlink", [ids["statement"]], {}),
        ("dupq.code.area", "write", [ids["area"]], {"vals": {"reference": "Z9"}}),
        ("dupq.code", "write", [ids["code"]], {"vals": {"version": "2"}}),
        ("dupq.code", "unlink", [ids["code"]], {}),
    ]
    for model, method, records, kwargs in doors:
        administrator.refused(model, method, records, **kwargs)
    administrator.call("dupq.code", "write", [ids["draft"]], vals={"version": "2"})
    rows = administrator.call("dupq.code", "read", [ids["draft"]], fields=["version"])
    assert rows[0]["version"] == "2"


@pytest.mark.parametrize("model", ["dupq.service", "dupq.evidence"])
def test_other_services_and_companies_stay_unseen(caller, server, model):
    keys = {
        "dupq.service": ("house", "other", "theirs"),
        "dupq.evidence": ("mine", "others", "foreign"),
    }[model]
    own, others, foreign = (server.ids[key] for key in keys)
    manager, quality = caller("rpc_manager"), caller("rpc_quality")
    read = {"fields": ["display_name"]}

    assert manager.call(model, "read", [own], **read)
    manager.refused(model, "read", [others], **read)
    manager.refused(model, "read", [foreign], **read)
    found = manager.call(model, "search", domain=[["id", "in", [own, others, foreign]]])
    assert found == [own]

    assert len(quality.call(model, "read", [own, others], **read)) == 2
    quality.refused(model, "read", [foreign], **read)
    domain = [["id", "=", foreign]]
    company = {"allowed_company_ids": [1, 2]}
    assert quality.call(model, "search_count", domain=domain) == 0
    quality.refused(model, "search", domain=domain, context=company)


def test_nobody_sees_the_evidence_of_a_service_without_a_role(caller, server):
    words = caller("rpc_manager").refused(
        "dupq.evidence", "write", [server.ids["others"]], vals={"note": "x"}
    )
    assert words
