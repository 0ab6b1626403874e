"""Timing one script in a database with our addons, and in one without them."""

import re

from .bench_shell import run_script
from .layers import MINIMAL, Layers

ROUNDS = 2


def best_seconds(chain, name, script, kinds):
    """The best of several rounds, each in a fresh copy of the database.

    :param name: part of the name of the copies
    :param script: path of what the Odoo shell is fed; it prints "RESULT kind seconds"
    :param kinds: all that it has to print
    :return: {("with" | "without", kind): seconds}
    """
    layers = Layers(chain)
    with_ours, _complaints = layers.prepare(MINIMAL)
    without = layers.template(MINIMAL)
    best = {}
    for side, source in (("without", without), ("with", with_ours)) * ROUNDS:
        database = f"{chain.prefix}_bench_{name}"
        layers.db.clone(source, database)
        for kind, seconds in _run(chain, database, script, kinds).items():
            key = (side, kind)
            best[key] = min(best.get(key, float("inf")), float(seconds))
        layers.db.drop(database)
    return best


def _run(chain, database, script, kinds):
    out = run_script(chain, database, script)
    found = dict(re.findall(r"RESULT (\w+) (\S+)", out))
    assert set(found) == set(kinds), out
    return found
