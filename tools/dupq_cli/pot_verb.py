"""./dupq translations: the words of each addon that translators start from."""

import ast
import re
import subprocess
import tempfile
from pathlib import Path

from . import modules, paths
from .console import say, step
from .errors import Trouble
from .layers import FULL, MINIMAL, Layers
from .toolchain import Toolchain

DATE = re.compile(r'"(POT-Creation|PO-Revision)-Date: ')


def translations(_options):
    chain = Toolchain.ready()
    layers = Layers(chain)
    with tempfile.TemporaryDirectory() as folder:
        for name in modules.ours():
            step("Translations", name)
            target = shipped(name)
            database, _complaints = layers.prepare(kind_with(name))
            fresh = export(chain, database, name, Path(folder))
            if target.exists() and messages(target) == messages(fresh):
                continue
            target.parent.mkdir(exist_ok=True)
            target.write_text(undated(fresh.read_text()))
            say(f"Written anew: {target.relative_to(paths.CHECKOUT)}")


def kind_with(name):
    """The smallest set of modules in which an addon is."""
    return MINIMAL if name in modules.installed(MINIMAL.extra) else FULL


def shipped(name):
    """The file that the addon brings along."""
    return paths.ADDONS / name / "i18n" / f"{name}.pot"


def export(chain, database, name, folder):
    """What Odoo finds to translate in an addon now, without any demo data."""
    target = folder / f"{name}.pot"
    command = chain.command("i18n", "export", "-d", database, "-o", target, name)
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=chain.variables()
    )
    if done.returncode or not target.exists():
        raise Trouble(f"Odoo could not export {name}: {done.stderr.strip()[-300:]}")
    return target


def undated(text):
    """Without the dates in its head, on which any two branches would conflict."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not DATE.match(line))


def messages(path):
    """The texts to translate in a .pot file, whatever its dates and order."""
    found, parts = set(), None
    for line in path.read_text().splitlines():
        if line.startswith("msgid "):
            parts = [line[len("msgid ") :]]
        elif line.startswith('"') and parts is not None:
            parts.append(line)
        elif parts is not None:
            found.add("".join(map(ast.literal_eval, parts)))
            parts = None
    return found - {""}
