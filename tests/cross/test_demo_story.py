"""Proves that the demo data tell one provider's story in full, that all of it says so,
and that it was lived with the engine. Takes half a minute."""

import json

import pytest
from browser.easy_pages import ROWS, check_easy_read

pytestmark = pytest.mark.parametrize("odoo_server", ["demo"], indirect=True)
WANTED = {
    ("dupq_service", "kind = 'region'"): 2,
    ("dupq_service", "kind != 'region'"): 6,
    ("dupq_assessment", "state = 'published'"): 1,
    ("dupq_assessment", "state = 'running'"): 2,
    ("dupq_publication", "TRUE"): 1,
    ("dupq_tender", "TRUE"): 1,
    ("dupq_bid", "TRUE"): 2,
    ("dupq_tender_evaluator", "role = 'evaluator'"): 2,
}
LOOK = """
import json

# What a reader could take for real: people, places, jobs, courses, reports.
NAMED = (
    "dupq.assessment", "dupq.lesson", "dupq.service", "dupq.tender", "dupq.visit",
    "hr.job", "hr.resume.line", "res.partner", "res.users",
)
unmarked, unlogged, seen = [], [], set()
data = env["ir.model.data"].search([
    ("module", "=like", "dupq%"), ("name", "=like", "%demo%"), ("model", "in", NAMED),
])
for model, names in data.grouped("model").items():
    seen.add(model)
    for record in env[model].browse(names.mapped("res_id")):
        if "(demo)" not in record.display_name:
            unmarked.append(f"{model} {record.display_name}")
log = env["dupq.workflow.log"]
for name in log._get_workflow_models():
    model = env[name].with_context(active_test=False)
    moved = model.search([(model._state_field, "!=", model._get_initial_state())])
    logs = log.search([("model", "=", name), ("res_id", "in", moved.ids)])
    lost = moved - model.browse(logs.mapped("res_id"))
    if name == "dupq.evidence":
        # A rule's items are born accepted: its run says so once for them all.
        lost -= lost.filtered(lambda item: item.rule_id.last_run_id.added_count)
    unlogged += [f"{name} {record.display_name}" for record in lost]
print("LOOK", json.dumps([unmarked, unlogged, sorted(set(NAMED) - seen)]))
"""

ASKED = """
import json

report = env.ref("dupq_assessment.dupq_assessment_orchard_demo")
asked = {one["key"]: one["is_answered"] for one in report._get_remarks()}
print("ASKED", json.dumps(asked))
"""


@pytest.fixture
def look(odoo_server):
    out = odoo_server.shell(LOOK)
    line = next(line for line in out.splitlines() if line.startswith("LOOK "))
    return json.loads(line[5:])


def test_everything_is_there_that_a_visitor_is_shown(odoo_server):
    def count(table, where):
        ((found,),) = odoo_server.sql(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(found)

    assert {key: count(*key) for key in WANTED} == WANTED
    rows = odoo_server.sql("SELECT DISTINCT source_type FROM dupq_evidence")
    assert {kind for (kind,) in rows} >= {"hand", "job", "recruitment", "training"}
    for table in ("dupq_visit", "dupq_lesson", "dupq_action", "dupq_service_member"):
        assert count(table, "TRUE"), table


def test_all_of_it_is_made_up_and_lived_with_the_engine(look):
    unmarked, unlogged, missing = look
    assert not missing, "nothing of this kind in the demo data"
    assert not unmarked, "does not say that it is made up"
    assert not unlogged, "has a state that no step and no record of the past gave it"


def test_the_published_report_answers_all_that_a_reader_asks(odoo_server):
    out = odoo_server.shell(ASKED)
    line = next(line for line in out.splitlines() if line.startswith("ASKED "))
    asked = json.loads(line[6:])
    assert {"who", "how", "checklist", "words", "plan"} <= set(asked)
    assert not [key for key, is_answered in asked.items() if not is_answered]


def test_the_easy_read_report_keeps_the_rules_of_easy_read(odoo_server, page):
    """One picture beside each idea, short sentences, no hard word left as it is."""
    page.goto("/quality/12-orchard-road-demo/easy-read")
    rows = page.evaluate(ROWS)
    assert len(rows) > 30
    assert not check_easy_read(odoo_server, rows)
