"""How long our three addons take to install, against Odoo's survey.

Our three addons may take three times what one `survey` takes. `survey` is one of the
modules that ours stand on, so it goes first on a database that has the others, and
ours follow on the same database. The best of three rounds counts: what else the
machine does can only slow a round down.
"""

import time

from dupq_cli import modules, paths
from dupq_cli.bench_verb import Figure
from dupq_cli.database import Databases

RIVAL = "survey"
ROUNDS = 3


def measure(chain):
    db = Databases(chain)
    base, copy = f"{chain.prefix}_bench_base", f"{chain.prefix}_bench_copy"
    log = paths.logs() / "bench.log"
    names = modules.installed()
    db.drop(base)
    needed = [name for name in modules.dependencies() if name != RIVAL]
    _install(chain, base, needed, log)
    # Survey alone, without the small bridges that its arrival would bring in.
    db.sql("UPDATE ir_module_module SET auto_install = false", base)
    rival, ours = [], []
    with_rival = f"{chain.prefix}_bench_rival"
    for _round in range(ROUNDS):
        db.clone(base, with_rival)
        rival.append(_install(chain, with_rival, [RIVAL], log))
        db.clone(with_rival, copy)
        ours.append(_install(chain, copy, names, log))
    for name in (base, with_rival, copy):
        db.drop(name)
    yield Figure(f"install {RIVAL}", min(rival), None, "s")
    yield Figure(f"install {', '.join(names)}", min(ours), None, "s")
    yield Figure("ratio of the two", min(ours) / min(rival), 3.0, "times")


def _install(chain, database, names, log):
    begin = time.monotonic()
    chain.odoo(database, "server", "-i", ",".join(names), "--stop-after-init", log=log)
    return time.monotonic() - begin
