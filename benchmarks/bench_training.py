"""Importing 50,000 training records with us, against the same records through Odoo's
own import without our addons. The best of two rounds counts. DUPQ_BENCH_LINES chooses
another number of lines."""

import re
import subprocess

from dupq_cli import paths
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers

SCRIPT = paths.CHECKOUT / "benchmarks" / "training" / "run.py"


def measure(chain):
    layers = Layers(chain)
    with_ours, _complaints = layers.prepare(MINIMAL)
    without = layers.template(MINIMAL)
    best = {}
    for name, source in (("without", without), ("with", with_ours)) * 2:
        database = f"{chain.prefix}_bench_training"
        layers.db.drop(database)
        layers.db.clone(source, database)
        done = subprocess.run(
            chain.command("shell", "-d", database, "--no-http", "--log-level", "warn"),
            input=SCRIPT.read_text(),
            capture_output=True,
            text=True,
            env=chain.variables(),
        )
        assert not done.returncode, done.stderr[-3000:]
        found = re.findall(r"RESULT import (\S+)", done.stdout)
        assert found, done.stdout + done.stderr[-3000:]
        best[name] = min(best.get(name, float("inf")), float(found[0]))
        layers.db.drop(database)
    yield Figure("import training records, without us", best["without"], None, "s")
    ratio = best["with"] / best["without"]
    yield Figure("import training records, with us", ratio, 1.3, "times")
