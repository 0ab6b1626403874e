"""Files of shifts, as a planner sends them: see `ledger.process`."""

from steps import stop_at, wait_for_signal  # noqa: F401

from odoo.sql_db import Cursor

from odoo.addons.dupq_code.models.dupq_shift import DupqShift

FIELDS = ["external_ref", "employee_id", "service_id", "start", "stop"]
# What is called there, and whether the process stops before or after it.
PHASES = {
    "after the first lines": (DupqShift, "_load_records", True),
    "before commit": (Cursor, "commit", False),
    "after commit": (Cursor, "commit", True),
}


def begin(env):
    """A service with its workers."""
    env["dupq.service"].create({"name": "12 Orchard Road"})
    env["hr.employee"].create([{"name": f"Worker {number}"} for number in range(3)])


def send(env, lines):
    """The whole file, in parts as large as Odoo's screen would ask for."""
    rows = [
        [
            f"S{number}",
            f"Worker {number % 3}",
            "12 Orchard Road",
            f"2025-{1 + number % 12:02}-{1 + number % 28:02} 09:00:00",
            f"2025-{1 + number % 12:02}-{1 + number % 28:02} 17:00:00",
        ]
        for number in range(lines)
    ]
    result = env["dupq.shift"].with_context(_import_limit=10).load(FIELDS, rows)
    return [len(result["ids"] or ()), result["messages"]]


def count(env):
    """(shifts, different numbers, months to count)"""
    shifts = env["dupq.shift"].search([("external_ref", "!=", False)])
    months = env["dupq.rota.change"].search([]).mapped("month")
    return [len(shifts), len(set(shifts.mapped("external_ref"))), len(set(months))]


def forget(env):
    env["dupq.shift"].search([("external_ref", "!=", False)]).unlink()
    env["dupq.rota.change"].search([]).unlink()


def stopping_at(phase, nth, wait):
    """Call ``wait`` when the phase is reached for the nth time."""
    owner, name, after = PHASES[phase]
    return stop_at(owner, name, None, after, nth, wait)
