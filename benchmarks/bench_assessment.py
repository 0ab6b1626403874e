"""Opening the self-assessment of a whole organisation: 600 services with their own,
51 statements seen by 12 groups, and the voices that DUPQ_BENCH_SIZES says; against the
bare SQL for the figures shown. Compared by the time that the processor spent, in Odoo
and in PostgreSQL together. The same page with 60 services asks as many questions."""

import os
import re
import subprocess

from dupq_cli import paths
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers

SCRIPT = paths.CHECKOUT / "benchmarks" / "assessment" / "run.py"
SIZES = os.environ.get("DUPQ_BENCH_SIZES", "5000")
SERVICES = (60, 600)
# Of fewer voices, what they do not cause weighs too much.
AT_SCALE = 50_000


def measure(chain):
    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    database = f"{chain.prefix}_bench_assessment"
    for size in map(int, SIZES.split(",")):
        queries = {}
        for services in SERVICES:
            layers.db.drop(database)
            layers.db.clone(source, database)
            found = _run(chain, database, size, services)
            queries[services] = found["queries"]
        limit = 1.3 if size >= AT_SCALE else None
        yield Figure(f"{size} voices, the figures in SQL", found["sql"], None, "s")
        yield Figure("the figures by us", found["figures"], None, "s")
        yield Figure("ratio", found["figures"] / found["sql"], limit, "times")
        yield Figure("the whole form with its lists", found["form"], None, "s")
        yield Figure("its queries", queries[SERVICES[1]])
        few, many = (queries[services] for services in SERVICES)
        yield Figure("more queries with ten times the services", many - few, 0)
    layers.db.drop(database)


def _run(chain, database, voices, services):
    variables = chain.variables(VOICES=str(voices), SERVICES=str(services))
    done = subprocess.run(
        chain.command("shell", "-d", database, "--no-http", "--log-level", "warn"),
        input=SCRIPT.read_text(),
        capture_output=True,
        text=True,
        env=variables,
    )
    if done.returncode or "Traceback" in done.stderr:
        raise AssertionError(done.stdout[-500:] + done.stderr[-3000:])
    found = re.findall(r"RESULT (\w+) (\S+)", done.stdout)
    return {name: float(value) for name, value in found}
