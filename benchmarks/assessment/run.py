"""Run in the Odoo shell after fill.py and clock.py: open the self-assessment of the
organisation, as a quality lead does; ask for the same by hand; and see that both say
the same. The time of the processor."""

# ruff: noqa: F821
import itertools
import os
import re
from pathlib import Path

from lxml import etree

ROUNDS, LINES = 5, 40

# === THE FORM, AS THE BROWSER ASKS FOR IT === #


def specify(node, model):
    """The fields of a view, as the web client reads them."""
    found = {}
    for field in node.iter("field"):
        around = itertools.takewhile(lambda up: up is not node, field.iterancestors())
        if any(up.tag == "field" for up in around):
            continue
        name = field.get("name")
        of = model._fields[name]
        if of.type in ("one2many", "many2many") and len(field):
            inner = field.find("list")
            inner = field[0] if inner is None else inner
            lines = specify(inner, env[of.comodel_name])
            found[name] = {"fields": lines, "limit": LINES}
        elif of.relational:
            found[name] = {"fields": {"display_name": {}}}
        else:
            found[name] = {}
    return found


opened = whole.with_user(reader).with_context(lang="en_US", tz="UTC")
views = opened.get_views([(False, "form")])
spec = specify(etree.fromstring(views["views"]["form"]["arch"]), opened)
BIG = ("step_row", "overview", "missing_count", "rollup")


def by_form():
    return opened.web_read(spec)[0]


def by_figures():
    return opened.web_read({name: {} for name in BIG})[0]


def by_picture():
    return opened.web_read({"gap_picture": {}})[0]


# === BY HAND === #

parts = re.split(r"-- name: (\w+)\n", Path(os.environ["BY_HAND"]).read_text())
STATEMENTS = dict(zip(parts[1::2], parts[2::2], strict=True))
PARAMETERS = {
    "company": whole.company_id.id,
    "start": whole.date_from,
    "stop": whole.date_to,
    "id": whole.id,
    "before": last.id,
    "code": code.id,
    "key": code.key,
    "scale": whole.scale_id.id,
}


def by_hand():
    found = {}
    for name, statement in STATEMENTS.items():
        env.cr.execute(statement, PARAMETERS)
        found[name] = env.cr.fetchall()
    return found


# === BOTH SAY THE SAME === #

env.invalidate_all()
ours, hand = by_form(), by_hand()
rollup = ours["rollup"]
spread = {}
for reference, level, _sequence, number, names in hand["spread"]:
    spread.setdefault(reference, []).append((level, number, ", ".join(names)))
evidence = {(area, polarity): number for area, polarity, number in hand["evidence"]}
then = {reference: level for reference, _sequence, level in hand["rated_before"]}
pairs = {
    "services": (rollup["services"], len(hand["services"])),
    "assessed": (rollup["assessed"], len([s for s in hand["services"] if s[2]])),
    "spread": (
        [
            (
                area["reference"],
                area["lowest"],
                [(one["level"], one["number"]) for one in area["spread"]],
            )
            for area in rollup["areas"]
        ],
        [
            (
                reference,
                spread[reference][0][2],
                [(level, number) for level, number, _names in spread[reference]],
            )
            for _id, reference, *_rest in hand["areas"]
        ],
    ),
    "breadth": (
        [
            (one["name"], one["people"], one["places"], one["without_names"])
            for one in rollup["groups"]
        ],
        [
            (name, people, places, ", ".join(names or []))
            for _id, name, people, places, _without, names in hand["breadth"]
        ],
    ),
    "voices": (ours["voice_count"], sum(count for *_rest, count in hand["voices"])),
    "printed": (
        [one["words"] for one in ours["printed_voice_ids"]],
        [row[2] for row in hand["printed"]],
    ),
    "evidence": (
        [
            (one["evidence_good_count"], one["evidence_not_yet_count"])
            for one in ours["summary_ids"]
        ],
        [
            (evidence.get((area, "good"), 0), evidence.get((area, "not_yet"), 0))
            for area, *_rest in hand["areas"]
        ],
    ),
    "comparison": (
        [row["last"] for row in opened.comparison["rows"]],
        [then[reference] for _id, reference, *_rest in hand["areas"]],
    ),
    "steps": (
        [(one["key"], one["state"]) for one in ours["step_row"]],
        [tuple(row[:2]) for row in hand["steps"]],
    ),
    "people": (
        [one["actual"] for one in ours["participant_ids"]],
        [20 + number for number in range(len(hand["participants"]))],
    ),
    "gaps": (
        [
            " ".join(f"{one['group']}: {one['level']}" for one in entry["perspectives"])
            for entry in opened._get_gaps(3)
        ],
        [" ".join(said) for *_rest, said in hand["gaps"]],
    ),
}
for name, (shown, counted) in pairs.items():
    assert shown == counted, (name, shown, counted)

# === WHAT IT COSTS === #

CALLS = (
    ("sql", by_hand),
    ("figures", by_figures),
    ("picture", by_picture),
    ("form", by_form),
)
for name, call in CALLS:
    best = None
    # What it costs once everything is warm; a tick of the clock is 10 ms.
    for _round in range(5):
        begin = processor()
        for _time in range(ROUNDS):
            env.invalidate_all()
            queries = env.cr.sql_log_count
            call()
        spent = (processor() - begin) / ROUNDS
        best = min(best or spent, spent)
    print("RESULT", name, best)
print("RESULT", "queries", env.cr.sql_log_count - queries)
