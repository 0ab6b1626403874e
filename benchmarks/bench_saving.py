"""Saving an applicant, a course or a job with all shipped rules on, against the same
database without our addons. The best of several rounds counts."""

import re
import subprocess

from dupq_cli import paths
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers

SCRIPT = paths.CHECKOUT / "benchmarks" / "saving" / "run.py"
KINDS = ("applicant", "course", "job")


def measure(chain):
    layers = Layers(chain)
    with_ours, _complaints = layers.prepare(MINIMAL)
    without = layers.template(MINIMAL)
    best = {}
    for name, source in (("without", without), ("with", with_ours)) * 2:
        database = f"{chain.prefix}_bench_saving"
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
        found = dict(re.findall(r"RESULT (\w+) (\S+)", done.stdout))
        assert set(found) == set(KINDS), done.stdout + done.stderr[-3000:]
        for kind, seconds in found.items():
            key = (name, kind)
            best[key] = min(best.get(key, float("inf")), float(seconds))
        layers.db.drop(database)
    for kind in KINDS:
        yield Figure(
            f"save a {kind}, without us", best["without", kind] * 1000, None, "ms"
        )
        ratio = best["with", kind] / best["without", kind]
        yield Figure(f"save a {kind}, with us", ratio, 1.15, "times")
