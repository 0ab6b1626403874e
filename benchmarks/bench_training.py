"""Importing 50,000 training records with us, against the same records through Odoo's
own import without our addons. The best of two rounds counts. DUPQ_BENCH_LINES chooses
another number of lines."""

from dupq_cli import paths
from dupq_cli.bench_pair import best_seconds
from dupq_cli.bench_verb import Figure

SCRIPT = paths.CHECKOUT / "benchmarks" / "training" / "run.py"


def measure(chain):
    best = best_seconds(chain, "training", SCRIPT, ("import",))
    without, ours = best["without", "import"], best["with", "import"]
    yield Figure("import training records, without us", without, None, "s")
    yield Figure("import training records, with us", ours / without, 1.3, "times")
