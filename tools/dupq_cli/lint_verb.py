"""./dupq lint: every linter at once, each failure shown under its own name."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from . import modules, node_env, paths
from .console import say

WEB_FILES = "{addons,tests}/**/*.{xml,js,mjs,scss}"


@dataclass(frozen=True)
class Linter:
    """A command that fails when it finds something, and one that repairs."""

    name: str
    check: tuple
    fix: tuple = ()


def lint(options):
    node_env.get()
    linters = _linters()
    if options.fix:
        for linter in linters:
            if linter.fix:
                _run(linter, linter.fix)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda x: _run(x, x.check), linters))
    failed = [name for name, code, output in results if _told(name, code, output)]
    say(f"\n{len(results) - len(failed)} linters content, {len(failed)} not")
    return bool(failed)


def _linters():
    addons = [f"addons/{name}" for name in modules.ours()]
    python = ("dupq", "addons", "tests", "tools", "benchmarks")
    translations = sorted(map(_relative, paths.ADDONS.glob("*/i18n/*.po*")))
    modules_bin = node_env.folder() / "node_modules"
    node = (str(node_env.tools() / "bin" / "node"),)
    prettier = (*node, str(modules_bin / "prettier/bin/prettier.cjs"))
    eslint = (*node, str(modules_bin / "eslint/bin/eslint.js"))
    linters = [
        # It does not see through `_ = self.env._`; ruff bans the import instead.
        Linter("pylint-odoo",
               ("pylint", "-j", "1", "--disable=prefer-env-translation", *addons)),
        Linter("prettier", (*prettier, "--check", "--log-level=warn", WEB_FILES),
               (*prettier, "--write", "--log-level=warn", WEB_FILES)),
        Linter("ruff check", ("ruff", "check", "--quiet", *python),
               ("ruff", "check", "--fix", "--quiet", *python)),
        Linter("ruff format", ("ruff", "format", "--check", "--quiet", *python),
               ("ruff", "format", "--quiet", *python)),
        Linter("oca-checks-odoo-module", ("oca-checks-odoo-module", *addons),
               ("oca-checks-odoo-module", "--fix", *addons)),
        Linter("eslint", (*eslint, "--max-warnings=0", "."), (*eslint, "--fix", ".")),
        Linter("codespell", ("codespell", *python, "docs", "README.md",
                             "CHANGELOG.md", "CONTRIBUTING.md")),
    ]  # fmt: skip
    if translations:
        linters.append(
            Linter(
                "oca-checks-po",
                ("oca-checks-po", "--disable=po-pretty-format", *translations),
            )
        )
    return linters


def _relative(path):
    return str(path.relative_to(paths.CHECKOUT))


def _run(linter, command):
    """Run from the checkout; return (name, exit code, what it said)."""
    here = [arg for arg in command if not _is_missing(arg)]
    done = subprocess.run(
        here, cwd=paths.CHECKOUT, env=node_env.environment(), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return linter.name, done.returncode, done.stdout


def _is_missing(arg):
    """A folder of the house that does not exist (yet) is left out of a command."""
    return (
        arg in ("docs", "benchmarks", "tests") and not (paths.CHECKOUT / arg).exists()
    )


def _told(name, code, output):
    """Print how a linter fared; true when it found something."""
    say(f"{'FAILED' if code else 'ok    '}  {name}")
    if code:
        for line in output.rstrip().splitlines():
            say(f"        {line}")
    return bool(code)
