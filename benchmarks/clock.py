"""Run in the Odoo shell before a benchmark: the time of the processor, its own and that
of its PostgreSQL, which must be on this machine."""

# ruff: noqa: F821
import os
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
