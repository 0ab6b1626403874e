"""The months of a year of shifts, against SQL written by hand for the case; one month
after a change; counting again; and the planner's page.

The baseline (baseline/rota.sql) makes the same lines and the same figures on a clone of
the same database. SIZES can be given in DUPQ_BENCH_SIZES; 2,200,000 shifts are a year
of the largest providers. Compared by the time that the processor spent, in Odoo and in
PostgreSQL together, which does not depend on what else the machine was doing.
"""

import os
import re
from typing import NamedTuple

from dupq_cli import paths
from dupq_cli.bench_shell import run_script
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers

FOLDER = paths.CHECKOUT / "benchmarks"
SCRIPTS = [FOLDER / name for name in ("clock.py", "rota/run.py")]
SIZES = os.environ.get("DUPQ_BENCH_SIZES", "200000,2200000")
# Each run begins with a database as it was before: the best counts.
ROUNDS = 3
# Of fewer shifts, what they do not cause weighs too much.
AT_SCALE = 2_200_000


class Run(NamedTuple):
    seconds: float
    processor: float
    queries: int


def measure(chain):
    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    for size in map(int, SIZES.split(",")):
        filled = f"{chain.prefix}_bench_rota"
        database, rival = f"{filled}_ours", f"{filled}_rival"
        layers.db.clone(source, filled)
        run_script(chain, filled, FOLDER / "rota/fill.py", SIZE=size)
        by_hand, whole = [], []
        for _round in range(ROUNDS):
            for name, mode, runs in (
                (rival, "hand", by_hand),
                (database, "year", whole),
            ):
                layers.db.clone(filled, name)
                runs.append(_run(chain, name, mode))
        _compare(layers, database, rival)
        layers.db.sql("VACUUM ANALYZE", database)
        again = _run(chain, database, "again")
        months = [_run(chain, database, "month") for _round in range(ROUNDS)]
        week = _run(chain, database, "week")
        hand, year, month = map(_best, (by_hand, whole, months))
        limit = 0.1 if size >= AT_SCALE else None
        yield Figure(f"{size} shifts, by hand in SQL", hand.seconds, None, "s")
        yield Figure("processor", hand.processor, None, "s")
        yield Figure(f"{size} shifts, their months", year.seconds, None, "s")
        yield Figure("processor", year.processor, None, "s")
        yield Figure("ratio", year.processor / hand.processor, 1.5, "times")
        yield Figure("the same again, processor", again.processor, None, "s")
        yield Figure("one month after a change", month.seconds, None, "s")
        yield Figure("processor", month.processor, None, "s")
        yield Figure("share", month.processor / year.processor, limit, "times")
        yield Figure("planner's page of one service", week.seconds, None, "s")
        yield Figure("its queries", week.queries)
        yield from _sizes(layers, database)
        for name in (filled, database, rival):
            layers.db.drop(name)


def _sizes(layers, database):
    """How large the shifts are on disk, and the months that are made of them."""
    for table in ("dupq_shift", "dupq_rota_month"):
        [[size]] = layers.db.sql(f"SELECT pg_total_relation_size('{table}')", database)
        yield Figure(f"{table} with its indexes", int(size) / 2**20, None, "MiB")


def _best(runs):
    return min(runs, key=lambda run: run.processor)


def _run(chain, database, mode):
    baseline = FOLDER / "baseline" / "rota.sql"
    out = run_script(chain, database, *SCRIPTS, MODE=mode, BASELINE=baseline)
    seconds, processor, queries = re.search(r"RESULT (\S+) (\S+) (\S+)", out).groups()
    return Run(float(seconds), float(processor), int(queries))


def _compare(layers, database, rival):
    """Both have made the same: else the ratio says nothing."""
    query = (
        "SELECT count(*), sum(hours), sum(chosen_hours), sum(matched_hours), "
        "sum(agency_hours), sum(cover_hours), sum(cover_known_hours), "
        "sum(moved_hours), sum(faces_sum), sum(faces_max), sum(shift_count), "
        "(SELECT sum(value) FROM dupq_rota_indicator) FROM dupq_rota_month"
    )
    found = []
    for name in (database, rival):
        [row] = layers.db.sql(query, name)
        found.append([round(float(value), 3) for value in row])
    assert found[0] == found[1], found
