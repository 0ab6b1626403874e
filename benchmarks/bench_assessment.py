"""Opening the self-assessment of a whole organisation: 600 services with their own,
51 statements seen by 12 groups, and the voices that DUPQ_BENCH_SIZES says; against the
bare SQL (baseline/assessment.sql) for what is shown. Both must say the same. Opened by
a quality lead, with all that the form asks for; compared by the time that the processor
spent, in Odoo and in PostgreSQL together. The same page with 60 services asks as many
questions."""

import os
import re

from dupq_cli import paths
from dupq_cli.bench_shell import run_script
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers

FOLDER = paths.CHECKOUT / "benchmarks"
SCRIPTS = [
    FOLDER / name for name in ("assessment/fill.py", "clock.py", "assessment/run.py")
]
BY_HAND = FOLDER / "baseline" / "assessment.sql"
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
            layers.db.clone(source, database)
            found = _run(chain, database, size, services)
            queries[services] = found["queries"]
        limit = 1.3 if size >= AT_SCALE else None
        yield Figure(f"{size} voices, all by hand in SQL", found["sql"], None, "s")
        yield Figure("the form with its lists, opened", found["form"], None, "s")
        yield Figure("ratio", found["form"] / found["sql"], limit, "times")
        yield Figure("of it, overview, services and years", found["figures"], None, "s")
        yield Figure("its queries", queries[SERVICES[1]])
        yield Figure("the picture of the gaps, on its tab", found["picture"], None, "s")
        few, many = (queries[services] for services in SERVICES)
        yield Figure("more queries with ten times the services", many - few, 0)
    layers.db.drop(database)


def _run(chain, database, voices, services):
    sizes = {"VOICES": voices, "SERVICES": services, "BY_HAND": BY_HAND}
    out = run_script(chain, database, *SCRIPTS, **sizes)
    found = re.findall(r"RESULT (\w+) (\S+)", out)
    return {name: float(value) for name, value in found}
