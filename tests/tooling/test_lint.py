"""Each linter of ./dupq lint stops the run by itself. About 15 seconds."""

import ast
import shutil
import subprocess
import sys

import pytest
from dupq_cli import paths

MODEL = "addons/dupq_code/models/bad.py"
FAULTS = {
    "ruff check": (MODEL, "import os\n"),
    "ruff format": (MODEL, "X = {  1:2 }\n"),
    "pylint-odoo": (MODEL, "def f(self):\n    self.env.cr.commit()\n"),
    "oca-checks-odoo-module": (
        "addons/dupq_code/data/bad.xml",
        '<?xml version="1.0"?>\n<odoo><record id="a" model="b" /></odoo>\n',
    ),
    "oca-checks-po": (
        "addons/dupq_code/i18n/bad.po",
        'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "a"\n\nmsgid "a"\nmsgstr "b"\n',
    ),
    "prettier": ("addons/dupq_code/static/src/bad.js", "export const a = {b :1}\n"),
    "eslint": ("addons/dupq_code/static/src/worse.js", "export const a = noWhere;\n"),
    "codespell": ("docs/bad.md", "gnorw si sihT yletanifed"[::-1] + "\n"),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What ./dupq lint says of a small house with one fault for each linter."""
    copy = tmp_path_factory.mktemp("lint") / "house"
    make_small_house(copy)
    for path, text in FAULTS.values():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        with open(copy / path, "a") as stream:
            stream.write(text)
    done = subprocess.run(
        [sys.executable, copy / "dupq", "lint"], capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def make_small_house(copy):
    """The program, all its settings, and an addon that is not much more than its name.

    The real house is not looked at here: that is for ./dupq lint itself.
    """
    copy.mkdir()
    for path in paths.CHECKOUT.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy2(path, copy)
    shutil.copytree(paths.CHECKOUT / "tools", copy / "tools")
    addon = copy / "addons" / "dupq_code"
    (addon / "models").mkdir(parents=True)
    for folder in (addon, addon / "models"):
        (folder / "__init__.py").touch()
    manifest = ast.literal_eval(
        (paths.ADDONS / "dupq_code/__manifest__.py").read_text()
    )
    manifest |= {"data": ["data/bad.xml"], "demo": [], "assets": {}}
    (addon / "__manifest__.py").write_text(repr(manifest))


@pytest.mark.parametrize("linter", FAULTS)
def test_fault_is_found_and_shown(linter, report):
    _head, _, rest = report.partition(f"FAILED  {linter}\n")
    assert rest, f"{linter} found nothing:\n{report}"
    path = FAULTS[linter][0].rpartition("/")[2]
    shown = rest.split("\nFAILED", 1)[0].split("\nok ", 1)[0]
    assert path.split(".")[0] in shown
