"""Ready-made databases, each layer kept while what goes into it stays the same.

    template   Odoo's own modules that ours stand on            built once
    ours       the template with our addons, assets generated   anew when they change

Tests roll back, so they use the second layer itself; servers get a clone of it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from . import modules, odoo_source, paths
from .console import step
from .database import Databases
from .process import only_one

PART = "Database"
ASSETS = Path(__file__).with_name("assets_script.py")


@dataclass(frozen=True)
class Kind:
    """A set of modules to prove ourselves on."""

    name: str
    extra: tuple = ()
    demo: bool = False
    base: "Kind | None" = None  # whose template this one's begins with

    @property
    def flags(self):
        return ["--with-demo"] if self.demo else []


MINIMAL = Kind("minimal")
FULL = Kind("full", extra=modules.EXTRA, base=MINIMAL)
# The demo has time off too, which the Code asks about.
DEMO = Kind("demo", extra=("hr_holidays",), demo=True)
KINDS = {kind.name: kind for kind in (MINIMAL, FULL, DEMO)}


class Layers:
    """Makes and keeps the databases of a toolchain."""

    def __init__(self, chain):
        self.chain = chain
        self.db = Databases(chain)

    def prepare(self, kind):
        """Return (database, complaints of its install log), made when absent."""
        with only_one(f"layer-{kind.name}"):
            name = self._names(kind)[1]
            if name not in self.db.names():
                self._build(kind, self.template(kind), name)
            return name, json.loads(self._complaints_file(kind).read_text())

    def template(self, kind):
        """Return the database with only Odoo's modules of a kind, made when absent.

        It has a lock of its own: a kind that begins with it need not wait for ours.
        """
        with only_one(f"template-{kind.name}"):
            name = self._names(kind)[0]
            if name not in self.db.names():
                self._make_template(kind, name)
                self._forget(kind, keep={name})
            return name

    def _names(self, kind):
        needed = [*modules.dependencies(), *kind.extra]
        key = paths.short_hash(
            paths.LOCK.read_text(),
            odoo_source.version(self.chain.home),
            sorted(needed),
            kind,
        )
        prefix = f"{self.chain.prefix}_{kind.name}"
        ours = paths.short_hash(key, sorted(modules.hashes().items()))
        return f"{prefix}_template_{key}", f"{prefix}_{ours}"

    def _build(self, kind, template, name):
        """Our addons on a clone of the template.

        Always installed, never updated from what was there: an update leaves alone
        what is marked noupdate, so it would not give what a user gets.
        """
        work = f"{self.chain.prefix}_{kind.name}_work"
        log = paths.logs() / f"install-{kind.name}.log"
        log.unlink(missing_ok=True)
        ours = ",".join(modules.installed(kind.extra))
        step(PART, f"{kind.name}: installing {ours}")
        self.db.clone(template, work)
        complaints = self._odoo(work, "-i", ours, *kind.flags, log=log)
        step(PART, f"{kind.name}: generating the asset bundles")
        complaints += self.generate_assets(work, log)
        self._complaints_file(kind).write_text(json.dumps(complaints))
        self.db.rename(work, name)
        self._forget(kind, keep={template, name})

    def _make_template(self, kind, template):
        work = f"{template}_work"
        log = paths.logs() / f"template-{kind.name}.log"
        self.db.drop(work)
        needed = [*modules.dependencies(), *kind.extra]
        if kind.base:
            self.db.clone(self.template(kind.base), work)
            needed = kind.extra
        demo = " with demo data" if kind.demo else ""
        step(PART, f"{kind.name}: installing Odoo's {', '.join(needed)}{demo}")
        # What stock Odoo complains about here has nothing of ours in it.
        self._odoo(work, "-i", ",".join(needed), *kind.flags, log=log)
        self.db.rename(work, template)

    def generate_assets(self, database, log):
        """Build the bundles that first pages and tours load, once and for all."""
        with open(ASSETS) as script:
            return self.chain.odoo(database, "shell", log=log, stdin=script)

    def _odoo(self, database, *args, log):
        return self.chain.odoo(database, "server", *args, "--stop-after-init", log=log)

    def _forget(self, kind, keep):
        """Drop the layers of this kind that nothing uses any more."""
        prefix = f"{self.chain.prefix}_{kind.name}_"
        for name in self.db.names():
            if name.startswith(prefix) and name not in keep:
                self.db.drop(name)

    def _complaints_file(self, kind):
        """What the install of this kind's newest layer complained about."""
        return paths.state() / f"complaints-{kind.name}.json"
