"""Write docs/states.md: the life of every kind of record, from its transitions.

Run it with all addons installed: ./dupq shell < tools/docs/states.py
"""

from inspect import getdoc
from pathlib import Path

HEADER = """# The life of each record

Made from the transitions of the models by `./dupq shell < tools/docs/states.py`;
do not edit. A test fails when this page is out of date.

An organisation may add conditions of its own to each step (Configuration > Gates).
Every step is logged: who, when, from, to and why.
"""


def get_page(env):
    """The whole page, for the addons that are installed."""
    return "\n".join([HEADER, *get_sections(env).values()])


def get_sections(env):
    """One section for each kind of record: ``{model name: text}``."""
    env = env(context={"lang": None})
    names = env["dupq.workflow.log"]._get_workflow_models()
    models = sorted(
        (env[name] for name in names),
        key=lambda model: (_get_depth(env, model._original_module), model._name),
    )
    return {model._name: _get_section(model) for model in models}


def _get_depth(env, module):
    """Addons in the order in which they are built on each other."""
    order = ("dupq_code", "dupq_assessment", "dupq_commissioning")
    return order.index(module) if module in order else len(order)


def _get_section(model):
    rows = [_get_row(model, transition) for transition in model._get_transitions()]
    return "\n".join(
        [
            f"## {model._description} (`{model._name}`)",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {line}" for line in _get_diagram(model)),
            "```",
            "",
            "| step | who | only if | reason | by itself |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _get_diagram(model):
    transitions = model._get_transitions()
    field = model._fields[model._state_field]
    for state, label in field._description_selection(model.env):
        yield f'state "{label}" as {state}'
    yield f"[*] --> {model._get_initial_state()}"
    for transition in transitions:
        for source in transition.sources:
            yield f"{source} --> {transition.target}: {transition.title}"
    sources = {source for transition in transitions for source in transition.sources}
    for state in field.get_values(model.env):
        if state not in sources:
            yield f"{state} --> [*]"


def _get_row(model, transition):
    who = [model.env.ref(group).name for group in transition.groups]
    if transition.internal:
        who.append("with another step")
    cells = [
        transition.title,
        ", ".join(who) or "whoever may change it",
        _get_guard(model, transition),
        "yes" if transition.reason else "",
        _get_deadline(model, transition),
    ]
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _get_guard(model, transition):
    if not transition.guard:
        return ""
    doc = getdoc(getattr(model, transition.guard))
    return doc.splitlines()[0] if doc else f"`{transition.guard}`"


def _get_deadline(model, transition):
    if not transition.deadline:
        return ""
    label = model._fields[transition.deadline]._description_string(model.env)
    days = ", ".join(str(days) for days in transition.remind)
    told = f"; reminders {days} days before" if days else ""
    for late, tell in transition.escalate:
        told += f"; {late} days after, {_get_teller(model, tell)} is told"
    return f"after “{label}”{told}"


def _get_teller(model, tell):
    if "." in tell:
        return model.env.ref(tell).name
    return f"“{model._fields[tell]._description_string(model.env)}”"


if "env" in globals():
    from odoo.modules import get_module_path

    root = Path(get_module_path("dupq_code")).parents[1]
    (root / "docs" / "states.md").write_text(get_page(globals()["env"]))
