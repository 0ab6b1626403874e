"""Run in the Odoo shell after clock.py: MODE year, again, month, hand or week; its
time, and that of the processor."""

# ruff: noqa: F821
import os
import time
from datetime import date
from pathlib import Path

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 1)
months = env["dupq.rota.month"]


def year():
    months._count(FIRST, LAST)


def month():
    """What the job does after one shift in June was changed."""
    for company, first, last in months._get_spans():
        assert months._count_changed(company, first, last)


def by_hand():
    env.cr.execute(Path(os.environ["BASELINE"]).read_text())


def week():
    service = env["dupq.service"].search([("kind", "=", "service")], limit=1)
    env["dupq.rota.week"].get_week({"service_id": service.id, "week": "2025-06-11"})


mode = os.environ["MODE"]
if mode == "month":
    shift = env["dupq.shift"].search(
        [("start", ">=", "2025-06-12")], limit=1, order="start"
    )
    env["dupq.rota.change"].search([]).unlink()
    shift.kind = "usual" if shift.kind == "moved" else shift.kind
    shift._note_months()
    env.cr.commit()
call = {"year": year, "again": year, "month": month, "hand": by_hand, "week": week}
# The page is asked for again and again: what it costs once everything is warm.
for _round in range(3 if mode == "week" else 1):
    env.invalidate_all()
    queries = env.cr.sql_log_count
    begin, begin_processor = time.monotonic(), processor()
    call[mode]()
    env.flush_all()
    seconds, spent = time.monotonic() - begin, processor() - begin_processor
env.cr.commit()
print("RESULT", seconds, spent, env.cr.sql_log_count - queries)
