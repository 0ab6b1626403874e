"""Proves that our addons are guests: on a database with Odoo's own HR, CRM and website
demo, installing, using and uninstalling them leaves every row of every host table as it
was, and nothing of ours behind. Takes about two minutes."""

import json

import psycopg2
import pytest
from cross import host_snapshot
from dupq_cli import modules, paths
from dupq_cli.layers import DEMO, Kind, Layers

pytestmark = pytest.mark.long
HOST = Kind("host", extra=modules.EXTRA, demo=True, base=DEMO)

# Columns of rows that were there before, which Odoo itself touches, and why.
TOUCHED = {
    ("ir_module_module", "write_date"): "Odoo writes every module on each install",
    ("ir_module_module", "latest_version"): "same",
    ("ir_actions_todo", "state"): "Odoo opens its own to-dos after an install",
    ("ir_actions_todo", "write_date"): "same",
    ("ir_model", "info"): "Odoo shows what the last extension says of a model",
    ("res_users", "write_date"): "the administrators join and leave our groups",
    ("res_partner", "write_date"): "same, through their users",
    ("ir_cron", "write_date"): "Odoo plans its own jobs",
    ("ir_cron", "lastcall"): "same",
    ("ir_cron", "nextcall"): "same",
}
# Tables of Odoo's own inventory, in which an installed module is listed.
INVENTORY = {
    "bus_bus",
    "ir_act_client",
    "ir_act_report_xml",
    "ir_act_server",
    "ir_act_server_group_rel",
    "ir_act_window",
    "ir_act_window_group_rel",
    "ir_act_window_view",
    "ir_actions",
    "ir_actions_server_history",
    "ir_asset",
    "ir_attachment",
    "ir_config_parameter",
    "ir_cron",
    "ir_cron_trigger",
    "ir_default",
    "ir_embedded_actions",
    "ir_filters",
    "ir_model",
    "ir_model_access",
    "ir_model_constraint",
    "ir_model_data",
    "ir_model_fields",
    "ir_model_fields_group_rel",
    "ir_model_fields_selection",
    "ir_model_inherit",
    "ir_model_relation",
    "ir_module_category",
    "ir_module_module",
    "ir_module_module_dependency",
    "ir_rule",
    "ir_sequence",
    "ir_ui_menu",
    "ir_ui_menu_group_rel",
    "ir_ui_view",
    "ir_ui_view_group_rel",
    "mail_activity_type",
    "mail_message_subtype",
    "mail_template",
    "orm_signaling_assets",
    "orm_signaling_default",
    "orm_signaling_registry",
    "orm_signaling_routing",
    "orm_signaling_templates",
    "orm_signaling_stable",
    "orm_signaling_groups",
    "report_paperformat",
    "res_groups",
    "res_groups_implied_rel",
    "res_groups_privilege",
    "res_groups_report_rel",
    "res_groups_users_rel",
    "rule_group_rel",
}
# What stays on purpose after an uninstall, and why.
STAYS = {
    "bus_bus": "messages on their way to browsers; Odoo empties it",
    "ir_attachment": "bundles and pictures of host records, remade by Odoo",
    "ir_cron_trigger": "Odoo plans its own jobs",
    "ir_model_data": "the names of our modules in the list of modules",
    "ir_module_module": "our modules, as 'not installed'",
    "ir_module_module_dependency": "what they would need",
    "orm_signaling_registry": "Odoo counts its reloads",
    "orm_signaling_assets": "same",
    "orm_signaling_default": "same",
    "orm_signaling_groups": "same",
    "orm_signaling_routing": "same",
    "orm_signaling_stable": "same",
    "orm_signaling_templates": "same",
    # What people made of host models while they used ours is theirs.
    "mail_followers": "of the applicant that somebody wrote to",
    "mail_followers_mail_message_subtype_rel": "same",
    "mail_message": "what somebody wrote to an applicant",
    "mail_activity": "what somebody planned for an applicant",
    "res_company_users_rel": "the portal user who was invited",
    "res_groups_users_rel": "same",
    "res_partner": "same",
    "res_users": "same",
    "survey_survey": "the survey that somebody made",
    "survey_question": "same",
    "res_lang_survey_survey_rel": "same",
}
USE = """
from odoo.fields import Command, Date
from odoo.tests import Form

applicant = env["hr.applicant"].search([], limit=1)
department = env["hr.department"].search([], limit=1)
service = env["dupq.service"].create(
    {"name": "Guest house", "department_id": department.id}
)
service.message_post(body="Hello", attachments=[("note.txt", b"words")])
service.activity_schedule("mail.mail_activity_data_todo", summary="Look")
action = applicant.action_dupq_evidence_link()
evidence = env["dupq.evidence"].with_context(action["context"]).create({
    "service_id": service.id,
    "statement_ids": [Command.set(env.ref("dupq_code.dupq_code_statement_a1_g5").ids)],
    "polarity": "good", "date_seen": Date.today(),
    "perspective_id": env.ref("dupq_code.dupq_stakeholder_group_families").id,
})
evidence.action_accept()
applicant.message_post(body="We met")
applicant.activity_schedule("mail.mail_activity_data_todo", summary="Call")
portal = env["res.users"].create({
    "name": "Invited guest", "login": "invited.guest",
    "group_ids": [Command.set(env.ref("base.group_portal").ids)],
})
env["survey.survey"].create({
    "title": "What do you think?",
    "question_and_page_ids": [Command.create({"title": "Well?"})],
})
service.message_subscribe(portal.partner_id.ids)
rules = env["dupq.evidence.rule"].search([])
rules.action_switch_on()
env["dupq.evidence.rule"]._run_all("full")
assert env["dupq.evidence"].search_count([("rule_id", "!=", False)])
env["dupq.evidence.summary"]._fold()
rules[0]._pause("Somebody has to look")
env["ir.filters"].create({"name": "Ours", "model_id": "dupq.evidence"})
env["ir.default"].set("dupq.service", "kind", "team")
env.cr.commit()
"""
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "dupq_code")])
module.button_immediate_uninstall()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def story(chain):
    """Pictures of the host's tables before, after install, use and uninstall."""
    layers = Layers(chain)
    template = layers.template(HOST)
    database, log = f"{chain.prefix}_guests", paths.logs() / "guests.log"
    layers.db.clone(template, database, brief=True)
    # A provider's own database: what comes later brings no demo data.
    layers.db.sql("UPDATE ir_module_module SET demo = false", database)
    log.unlink(missing_ok=True)
    pictures, complaints = {"before": picture(chain, database)}, []

    def step(name, *args, stdin=None):
        complaints.extend(run(chain, database, log, *args, stdin=stdin))
        pictures[name] = picture(chain, database)

    ours = ",".join(modules.hashes())
    step("install", "server", "-i", ours, "--stop-after-init")
    step("use", "shell", stdin=USE)
    step("uninstall", "shell", stdin=UNINSTALL)
    yield pictures, complaints
    layers.db.drop(database)


def run(chain, database, log, *args, stdin=None):
    if stdin is None:
        return chain.odoo(database, *args, log=log)
    script = log.with_suffix(".py")
    script.write_text(stdin)
    with script.open() as stream:
        complaints = chain.odoo(database, *args, log=log, stdin=stream)
    assert "Traceback" not in log.read_text(), log.read_text()[-3000:]
    return complaints


def picture(chain, database):
    variables = chain.variables()
    connection = psycopg2.connect(
        dbname=database,
        host=variables["PGHOST"],
        port=variables["PGPORT"],
        user=variables["PGUSER"],
        password=variables.get("PGPASSWORD"),
    )
    try:
        return host_snapshot.take(connection.cursor())
    finally:
        connection.close()


def is_our_module(before, table, key):
    """Whether it is the row in which Odoo knows of one of our addons."""
    row = before[table][key]
    return table == "ir_module_module" and row["name"].startswith("dupq_")


def touched(before, changed):
    return {
        (table, column): values
        for table, rows in changed.items()
        for key, columns in rows.items()
        for column, values in columns.items()
        if (table, column) not in TOUCHED and not is_our_module(before, table, key)
    }


@pytest.mark.parametrize("step", ["install", "use", "uninstall"])
def test_rows_of_the_host_stay_as_they_were(story, step):
    pictures, _complaints = story
    changed, removed, _added = host_snapshot.compare(pictures["before"], pictures[step])
    assert not touched(pictures["before"], changed)
    assert not {name: list(rows.values())[:3] for name, rows in removed.items()}


def test_install_adds_to_the_inventory_only(story):
    pictures, _complaints = story
    added = host_snapshot.compare(pictures["before"], pictures["install"])[2]
    messages = added.pop("mail_message", {}).values()
    # Actions, and our own rules, say in their own chatter that they were made.
    ours = {"ir.cron", "ir.actions.server", "dupq.evidence.rule"}
    assert {message["model"] for message in messages} <= ours
    # How the columns of a file are called is known for our own records only.
    mappings = added.pop("base_import_mapping", {}).values()
    assert all(host_snapshot.is_ours(mapping["res_model"]) for mapping in mappings)
    assert not {
        name: list(rows.values())[:3]
        for name, rows in added.items()
        if name not in INVENTORY
    }


def test_uninstall_leaves_only_what_is_listed(story):
    pictures, _complaints = story
    added = host_snapshot.compare(pictures["before"], pictures["uninstall"])[2]
    assert not {
        name: list(rows.values())[:3]
        for name, rows in added.items()
        if name not in STAYS
    }


def test_uninstall_leaves_no_mention_of_ours(story):
    pictures, _complaints = story
    added = host_snapshot.compare(pictures["before"], pictures["uninstall"])[2]
    mentions = [
        (name, row)
        for name, rows in added.items()
        if name not in {"bus_bus", "ir_module_module", "ir_module_module_dependency"}
        for row in rows.values()
        if "dupq" in json.dumps(row, default=str)
        and not (name == "ir_model_data" and row["name"].startswith("module_dupq"))
    ]
    assert not mentions[:5]


def test_logs_of_install_use_and_uninstall_hold_no_warning(story):
    _pictures, complaints = story
    assert not complaints


def test_the_comparison_sees_a_changed_cell_a_lost_and_a_new_row():
    before = {"t": {1: {"id": 1, "a": 1}, 2: {"id": 2, "a": 2}}}
    after = {"t": {1: {"id": 1, "a": 9}, 3: {"id": 3, "a": 3}}}
    changed, removed, added = host_snapshot.compare(before, after)
    assert changed == {"t": {1: {"a": (1, 9)}}}
    assert (list(removed["t"]), list(added["t"])) == ([2], [3])
