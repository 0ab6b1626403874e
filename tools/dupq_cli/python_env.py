"""Virtual environments made of a lock file whose every hash is checked."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import paths
from .apt import PrivateApt, codename, unpack
from .console import step
from .errors import Trouble, full_disk, is_full_disk
from .process import only_one, run

# Read at start-up of every Python in the environment: puts Odoo behind the
# environment's own packages.
PTH = (
    "import os, sys; "
    'sys.path.extend(filter(None, os.environ.get("DUPQ_PYTHON_PATH", "").split(":")))\n'
)


def folder(name, lock):
    """Where the environment of a lock file lies; a changed lock is a new folder."""
    key = paths.short_hash(lock.read_text(), sys.version_info[:3], sys.base_prefix)
    return paths.cache() / f"{name}-{key}"


def find(name, lock):
    """Return the environment when it is complete, else None."""
    env = folder(name, lock)
    return env if (env / ".done").exists() else None


def get(name, lock, size):
    """Return an environment with exactly the packages of the lock file."""
    with only_one(f"get-{name}"):
        return find(name, lock) or _make(folder(name, lock), lock, size)


def _make(env, lock, size):
    part = f"Python ({env.name.split('-')[0]})"
    step(part, f"installing {_count(lock)} pinned packages, {size}")
    shutil.rmtree(env, ignore_errors=True)
    _venv(env)
    python = env / "bin" / "python"
    pip = [python, _pip_wheel() / "pip", "--disable-pip-version-check", "install"]
    _install(
        [*pip, "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:",
         "--no-warn-script-location", "-r", lock]
    )  # fmt: skip
    _link_pdf_tool(env)
    (env / ".done").touch()
    step(part, "ready")
    return env


def _count(lock):
    return lock.read_text().count("==")


def _venv(env):
    if not importlib.util.find_spec("venv"):
        raise Trouble(
            "This Python has no venv module; ask an administrator to install the "
            "package python3-venv, then try again."
        )
    run(
        [sys.executable, "-m", "venv", "--without-pip", env],
        why="A Python environment could not be made",
    )
    (site,) = env.glob("lib/python3*/site-packages")
    (site / "dupq.pth").write_text(PTH)


def _install(command):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    if done.returncode:
        raise _pip_trouble(done.stdout)


def _pip_trouble(output):
    """Say in one sentence why pip stopped."""
    if is_full_disk(output):
        return full_disk(paths.cache())
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in output:
        return Trouble(
            "A Python package is not the file that our lock names (its checksum is "
            "wrong), so nothing was installed; try again, and if it stays so, tell us."
        )
    if "No matching distribution" in output:
        wanted = output.rsplit("No matching distribution found for ", 1)[-1].split()[0]
        return Trouble(
            f"The Python package {wanted} could not be fetched for this machine; check "
            "that it reaches the Python package index, then try again."
        )
    lines = [line for line in output.splitlines() if line.startswith("ERROR")]
    return Trouble(
        "The Python packages could not be installed; type the same command again "
        f"({(lines or output.splitlines() or ['no reason given'])[-1][:200]})."
    )


def _pip_wheel():
    """A pip that needs no installation: Python's bundled one, else Debian's."""
    bundled = _bundled()
    if bundled:
        return bundled
    cached = paths.cache() / "pip"
    if not cached.exists():
        _fetch_pip(cached)
    return next(cached.rglob("pip-*.whl"))


def _bundled():
    spec = importlib.util.find_spec("ensurepip")
    places = [Path("/usr/share/python-wheels")]
    if spec and spec.submodule_search_locations:
        places.append(Path(spec.submodule_search_locations[0]) / "_bundled")
    return next((w for place in places for w in place.glob("pip-*.whl")), None)


def _fetch_pip(target):
    apt = PrivateApt("pip", (codename(),)).update()
    debs = paths.cache() / "downloads" / "pip"
    apt.download("pip", ["python3-pip-whl"], debs, 1_700_000)
    unpack("pip", sorted(debs.glob("*.deb")), target).rename(target)
    shutil.rmtree(debs, ignore_errors=True)


def _link_pdf_tool(env):
    """Put the wheel's wkhtmltopdf where Odoo looks for it."""
    for tool in env.glob("lib/python3*/site-packages/pydf/bin/wkhtmltopdf"):
        (env / "bin" / "wkhtmltopdf").symlink_to(tool)
