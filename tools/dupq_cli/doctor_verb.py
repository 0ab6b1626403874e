"""./dupq doctor: what is here, what is missing, how to mend it. Changes nothing."""

import importlib.util
import platform
import shutil
import sys
from dataclasses import dataclass

from . import apt, browser, node_env, odoo_source, paths, python_env, run_verb
from .console import megabytes, say
from .errors import Trouble
from .toolchain import Toolchain

ROOM = 3_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well, merely absent (fetched when needed), or wrong."""

    name: str
    text: str
    mark: str = "ok"


def doctor(_options):
    findings = [check() for check in CHECKS]
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        say(f"{finding.mark:8}{finding.name:{width}}  {finding.text}")
    wrong = [finding for finding in findings if finding.mark == "WRONG"]
    say(
        f"\n{len(wrong)} things to mend before ./dupq run can work."
        if wrong
        else "\nNothing stands in the way of ./dupq run; what is absent it fetches."
    )
    return bool(wrong)


def _python():
    if not importlib.util.find_spec("venv"):
        return Finding(
            "Python",
            "has no venv module: ask an administrator for the package python3-venv",
            "WRONG",
        )
    return Finding("Python", f"{platform.python_version()} ({sys.executable})")


def _tools():
    """Programs that only an administrator can add."""
    needed = ["apt-get", "dpkg-deb", "tar"] if apt.is_debian() else ["git", "tar"]
    if odoo_source.find():
        needed = []
    missing = [tool for tool in needed if not shutil.which(tool)]
    if missing:
        text = f"missing: {', '.join(missing)}: ask an administrator to install them"
        return Finding("Programs", text, "WRONG")
    return Finding("Programs", ", ".join(needed) or "none needed")


def _disk():
    folder = paths.cache()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < ROOM and not Toolchain.found():
        text = f"only {megabytes(free)} free in {folder}: 3 GB are needed"
        return Finding("Disk", text, "WRONG")
    return Finding("Disk", f"{megabytes(free)} free for {paths.cache()}")


def _odoo():
    try:
        home = odoo_source.find()
    except Trouble as trouble:
        return Finding("Odoo 19", str(trouble), "WRONG")
    if home:
        return Finding("Odoo 19", str(home))
    return Finding("Odoo 19", f"not yet fetched ({_source()})", "absent")


def _source():
    if apt.is_debian():
        return "from the Debian package"
    return "this is no Debian: from Odoo's public repository, or set ODOO_HOME"


def _packages():
    env = python_env.find("odoo-python", paths.LOCK)
    if env:
        return Finding("Python packages", str(env))
    return Finding("Python packages", "not yet installed, 230 MB", "absent")


def _postgres():
    chain = Toolchain.found()
    if not chain:
        return Finding("PostgreSQL", "comes with the Python packages", "absent")
    whose = "yours, named by PGHOST" if chain.is_theirs else f"{chain.postgres.home}"
    if chain.postgres.is_ready():
        return Finding("PostgreSQL", f"{whose}: running")
    if chain.is_theirs:
        return Finding("PostgreSQL", f"{whose}: does not answer; start it", "WRONG")
    return Finding("PostgreSQL", f"{whose}: stopped, ./dupq run starts it")


def _browser():
    found = browser.find()
    if found:
        return Finding("Browser", str(found))
    text = "none; ./dupq test fetches Chromium, or use ./dupq test --no-browser"
    return Finding("Browser", text, "absent")


def _linters():
    env = python_env.find("linters", paths.LINT_LOCK)
    if env and node_env.find():
        return Finding("Linters and Node", str(env))
    return Finding("Linters and Node", "not yet installed, 110 MB", "absent")


def _server():
    url = run_verb.Place("run").url
    if url:
        return Finding("Server", f"runs at {url}")
    return Finding("Server", "not running; ./dupq run starts it", "absent")


CHECKS = (
    _python,
    _tools,
    _disk,
    _odoo,
    _packages,
    _postgres,
    _browser,
    _linters,
    _server,
)
