"""Run in the Odoo shell: one run of all rules, its time, its memory, and the time of
the processor: its own and that of its PostgreSQL, which must be on this machine."""

# ruff: noqa: F821
import os
import resource
import time
from pathlib import Path

# What other processes of PostgreSQL did for it would not be counted.
env.cr.execute("SET max_parallel_workers_per_gather = 0")
env.cr.commit()
env.cr.execute("SELECT pg_backend_pid()")
BACKEND = Path(f"/proc/{env.cr.fetchone()[0]}/stat")


def processor():
    fields = BACKEND.read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


begin, begin_processor = time.monotonic(), processor()
env["dupq.evidence.rule"]._run_all(os.environ["MODE"])
seconds, spent = time.monotonic() - begin, processor() - begin_processor
mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("RESULT", seconds, mebibytes, spent)
for rule in env["dupq.evidence.rule"].search([("state", "=", "paused")]):
    print("PAUSED", rule.id, rule.message_ids[0].body)
