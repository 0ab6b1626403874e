"""Saving an applicant, a course or a job with all shipped rules on, against the same
database without our addons. The best of several rounds counts."""

from dupq_cli import paths
from dupq_cli.bench_pair import best_seconds
from dupq_cli.bench_verb import Figure

SCRIPT = paths.CHECKOUT / "benchmarks" / "saving" / "run.py"
KINDS = ("applicant", "course", "job")


def measure(chain):
    best = best_seconds(chain, "saving", SCRIPT, KINDS)
    for kind in KINDS:
        without, ours = best["without", kind], best["with", kind]
        yield Figure(f"save a {kind}, without us", without * 1000, None, "ms")
        yield Figure(f"save a {kind}, with us", ours / without, 1.15, "times")
