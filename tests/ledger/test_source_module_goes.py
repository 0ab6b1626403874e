"""Proves that uninstalling the module of a rule's records withdraws no evidence: the
rule is paused and the quality lead is told. About 40 seconds."""

import json

import pytest
from dupq_cli import paths
from dupq_cli.layers import MINIMAL, Layers

INSTALL = """
module = env["ir.module.module"].search([("name", "=", "maintenance")])
module.button_immediate_install()
"""
RUN = """
service = env["dupq.service"].create({"name": "House"})
lead = env["res.users"].create({
    "name": "Lead", "login": "lead",
    "group_ids": [(6, 0, env.ref("dupq_code.dupq_code_group_quality_lead").ids)],
})
env["maintenance.request"].create({"name": "Door"})
rule = env["dupq.evidence.rule"].create({
    "name": "Repairs", "model": "maintenance.request", "domain": "[]",
    "date_path": "request_date", "service_id": service.id,
    "statement_ids": [(6, 0, env["dupq.code.statement"].search([], limit=1).ids)],
    "title_template": "Asked for on {request_date}",
})
rule.action_switch_on()
rule._run("full")
env.cr.commit()
"""
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "maintenance")])
module.button_immediate_uninstall()
"""
AFTER = """
import json
rule = env["dupq.evidence.rule"].search([("name", "=", "Repairs")])
env["dupq.evidence.rule"]._run_all("full")
item = env["dupq.evidence"].search([("rule_id", "=", rule.id)])
print("FACTS", json.dumps({
    "module": env["ir.module.module"].search([("name", "=", "maintenance")]).state,
    "rule": rule.state,
    "items": item.mapped("state"),
    "told": rule.activity_ids.user_id.mapped("login"),
    "why": rule.message_ids[:1].body or "",
    "name": item.display_name,
    "differences": env["dupq.evidence.summary"]._recount(),
}))
"""


@pytest.fixture(scope="module")
def facts(chain):
    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    database, log = f"{chain.prefix}_source_goes", paths.logs() / "source-goes.log"
    layers.db.clone(source, database, brief=True)
    log.unlink(missing_ok=True)
    for code in (INSTALL, RUN, UNINSTALL, AFTER):
        script = log.with_suffix(".py")
        script.write_text(code)
        with script.open() as stream:
            complaints = chain.odoo(database, "shell", log=log, stdin=stream)
        # Odoo tells of its own links when it uninstalls; of ours there is nothing.
        assert not [line for line in complaints if "dupq" in line]
    text = log.read_text()
    assert "FACTS " in text, text[-3000:]
    yield json.loads(text.rpartition("FACTS ")[2].splitlines()[0])
    layers.db.drop(database)


def test_nothing_is_withdrawn(facts):
    assert facts["module"] == "uninstalled"
    assert facts["items"] == ["accepted"]
    assert facts["differences"] == []


def test_the_rule_is_paused_and_the_lead_is_told(facts):
    assert facts["rule"] == "paused"
    assert "lead" in facts["told"]
    assert "has been uninstalled" in facts["why"]


def test_what_was_seen_can_still_be_read(facts):
    assert facts["name"].startswith("Asked for on ")
