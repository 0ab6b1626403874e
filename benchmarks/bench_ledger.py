"""A full run of 25 rules over many records, against SQL written by hand for the case;
and runs over what has changed, against the full run and in one seventh of the data.

The baseline (baseline/full.sql) makes the same rows and the same figures on a clone
of the same database with the same indexes. SIZES can be given in DUPQ_BENCH_SIZES.
Runs over changes are short: they are compared by the time that the processor spent,
which does not depend on what else the machine was doing.
"""

import os
import re
import time
from typing import NamedTuple

from dupq_cli import paths
from dupq_cli.bench_shell import run_script
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers

FOLDER = paths.CHECKOUT / "benchmarks"
SIZES = os.environ.get("DUPQ_BENCH_SIZES", "10000,100000,1000000")
# A run over changes is done so often: the best counts.
ROUNDS = 3
AT_SCALE = 1_000_000
TIMES = 7


class Run(NamedTuple):
    seconds: float
    mebibytes: float
    processor: float


def measure(chain):
    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    full = {}
    for size in map(int, SIZES.split(",")):
        database = f"{chain.prefix}_bench_ledger"
        rival = f"{database}_rival"
        layers.db.clone(source, database)
        _shell(chain, database, "ledger/fill", SIZE=size)
        layers.db.clone(database, rival)
        by_hand = _by_hand(layers, rival)
        whole = _run(chain, database, "full")
        full[size] = whole.seconds
        _compare(layers, database, rival)
        again = _run(chain, database, "full").seconds
        nothing = _run(chain, database, "changes")
        yield Figure(f"{size} records, by hand in SQL", by_hand, None, "s")
        yield Figure(f"{size} records, full run", full[size], None, "s")
        yield Figure("ratio of the two", full[size] / by_hand, 2.0, "times")
        yield Figure("memory of the full run", whole.mebibytes, 600, "MiB")
        yield Figure("full run again, nothing changed", again, None, "s")
        yield from _map(chain, database, size)
        yield Figure("full run, processor", whole.processor, None, "s")
        yield Figure("run over changes, none, processor", nothing.processor, None, "s")
        # Small databases show what 25 rules cost, and not what the changes do.
        limit = 0.03 if size >= AT_SCALE else None
        for what, one_in in (("of every rule", "id / 25"), ("of one rule", "id / 1")):
            changes = _changes(layers, database, one_in, 100)
            share = changes.processor / whole.processor
            yield Figure(f"run over changes, 1 %, {what}", changes.seconds, None, "s")
            yield Figure("processor", changes.processor, None, "s")
            yield Figure("share of the full run, processor", share, limit, "times")
        few = _changes(layers, database, "id / 25", 100 * TIMES)
        layers.db.drop(rival)
        layers.db.clone(source, database)
        _shell(chain, database, "ledger/fill", SIZE=size // TIMES)
        _run(chain, database, "full")
        _run(chain, database, "changes")
        base = _changes(layers, database, "id / 25", 100)
        layers.db.drop(database)
        grown = few.processor / base.processor
        small = f"1 % of {size // TIMES} records changed, processor"
        yield Figure(small, base.processor, None, "s")
        yield Figure(f"as many of {size}, processor", few.processor, None, "s")
        yield Figure(f"{TIMES} times the data, same change", grown, 1.5, "times")
    if {100_000, 1_000_000} <= full.keys():
        ratio = full[1_000_000] / full[100_000]
        yield Figure("ten times the records", ratio, 12, "times")


def _changes(layers, database, what, share):
    """The best Run after one of so many records has changed.

    :param what: SQL on the number of a record; each rule has every 25th
    """
    runs = []
    layers.db.sql("VACUUM ANALYZE", database)
    for number in range(ROUNDS):
        layers.db.sql(
            "UPDATE hr_resume_line SET date_start = date_start - 1, "
            "date_end = date_end - 1, write_date = now() AT TIME ZONE 'UTC' "
            f"WHERE {what} % {share} = {share - 1 - number}",
            database,
        )
        runs.append(_run(layers.chain, database, "changes"))
    return min(runs, key=lambda run: run.processor)


def _map(chain, database, size):
    """The coverage map of everything, against a GROUP BY over the ledger."""
    baseline = FOLDER / "baseline" / "map.sql"
    out = _shell(chain, database, "ledger/map", BASELINE=baseline)
    ours, by_hand, queries = re.search(r"RESULT (\S+) (\S+) (\S+)", out).groups()
    yield Figure(f"coverage map of {size} items, straight", float(by_hand), None, "s")
    yield Figure(f"coverage map of {size} items", float(ours), None, "s")
    limit = 0.2 if size >= AT_SCALE else None
    yield Figure("ratio of the two", float(ours) / float(by_hand), limit, "times")
    yield Figure("queries of the map", float(queries))


def _shell(chain, database, *names, **variables):
    scripts = (FOLDER / f"{name}.py" for name in names)
    out = run_script(chain, database, *scripts, **variables)
    assert "PAUSED" not in out, out[-500:]
    return out


def _run(chain, database, mode):
    out = _shell(chain, database, "clock", "ledger/run", MODE=mode)
    return Run(*map(float, re.search(r"RESULT (\S+) (\S+) (\S+)", out).groups()))


def _by_hand(layers, database):
    begin = time.monotonic()
    layers.db.sql((FOLDER / "baseline" / "full.sql").read_text(), database)
    return time.monotonic() - begin


def _compare(layers, database, rival):
    """Both have made the same: else the ratio says nothing."""
    query = (
        "SELECT count(*), sum(service_id::bigint * (date_seen - '2000-01-01')), "
        "(SELECT sum(count) FROM dupq_evidence_delta) FROM dupq_evidence"
    )
    assert layers.db.sql(query, database) == layers.db.sql(query, rival)
