"""Odoo 19: the user's own, ours from the cache, the Debian package, or a clone."""

import hashlib
import os
import shutil
from pathlib import Path

from . import paths
from .apt import PrivateApt, unpack
from .console import step
from .errors import Trouble
from .process import only_one, run

PART = "Odoo 19"
PACKAGE = "odoo-19"
VERSION = "19.0.0+dfsg-1"
SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
FONTS = (
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    "fonts-font-awesome",
    "fonts-inconsolata",
)
SIZE = 132_000_000
PUBLIC_REPOSITORY = "https://github.com/odoo/odoo.git"
DIST = "usr/lib/python3/dist-packages"
# Translations are three quarters of the package; English and Welsh stay.
LEFT_OUT = (
    *(f"{DIST}/{stray}" for stray in ("addons", "doc", "setup")),
    "usr/share/nodejs",
    *(f"*/i18n/{names}.po" for names in ("[abdf-z]*", "e[a-mo-z]*", "c[a-xz]*")),
)
# Debian leaves this library out; without a file of that name every page that loads
# the web client logs an error. Only background blur in video calls uses it.
STUB = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def find():
    """Return the folder that holds the `odoo` package, without fetching anything."""
    given = os.environ.get("ODOO_HOME")
    if given:
        return _checked(Path(given).expanduser().resolve())
    done = [folder for folder in _cached() if (folder / ".done").exists()]
    return _python_folder(done[0]) if done else None


def get():
    """Return the folder that holds the `odoo` package, fetching it when need be."""
    with only_one("get-odoo"):
        return find() or _python_folder(_fetch())


def version(home):
    """Text that changes whenever this Odoo does; part of the test database's key."""
    release = home / "odoo" / "release.py"
    return hashlib.sha256(release.read_bytes() + str(home).encode()).hexdigest()[:10]


def addons_paths(home):
    """Folders of Odoo's own addons beside the core package (a git checkout has one)."""
    beside = home / "addons"
    return [beside] if (beside / "web" / "__manifest__.py").exists() else []


def _cached():
    pinned = paths.cache() / f"odoo-{VERSION}"
    others = [p for p in paths.cache().glob("odoo-19*") if p != pinned]
    return [pinned, *sorted(others, reverse=True)]


def _python_folder(root):
    packaged = root / DIST
    return packaged if packaged.exists() else root


def _checked(home):
    release = home / "odoo" / "release.py"
    if not release.exists() or "(19, 0" not in release.read_text():
        raise Trouble(
            f"ODOO_HOME is {home}, which holds no Odoo 19; name the folder that "
            "contains the folder odoo with its release.py."
        )
    return home


def _fetch():
    try:
        apt = PrivateApt("odoo", ("sid", "bookworm")).update()
        wanted = apt.newest(PACKAGE, VERSION) or apt.newest(PACKAGE, "19.0")
    except Trouble as trouble:
        return _clone(trouble)
    if not wanted:
        return _clone("The Debian mirror offers no odoo-19.")
    return _fetch_package(apt, wanted)


def _fetch_package(apt, wanted):
    if wanted != VERSION:
        step(PART, f"WARNING: {VERSION} has left the archive, taking {wanted}")
    debs = paths.cache() / "downloads" / "odoo"
    apt.download(PART, [f"{PACKAGE}={wanted}", *FONTS], debs, SIZE)
    package = next(debs.glob(f"{PACKAGE}_*.deb"))
    if wanted == VERSION:
        check_sha256(package, SHA256)
    target = paths.cache() / f"odoo-{wanted}"
    partial = unpack(PART, sorted(debs.glob("*.deb")), target, LEFT_OUT)
    return _finish(partial, target, debs)


def check_sha256(path, expected):
    """Refuse a file that is not the one we know, and remove it."""
    with open(path, "rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        path.unlink()
        raise Trouble(
            f"{path.name} is not the file we know (its checksum is wrong), so it was "
            "removed; type the same command again to download it afresh."
        )


def _clone(reason):
    """Odoo's public repository, where apt offers no Odoo 19."""
    if not shutil.which("git"):
        raise Trouble(
            f"No Odoo 19 can be had: {reason} To clone it from its public repository "
            "ask an administrator to install the package git, or set ODOO_HOME to an "
            "Odoo 19 that you have."
        )
    step(PART, f"{reason} Cloning branch 19.0 of Odoo's public repository instead")
    target = paths.cache() / "odoo-19-git"
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    run(
        [
            "git",
            "clone",
            "-q",
            "--depth=1",
            "--branch=19.0",
            PUBLIC_REPOSITORY,
            partial,
        ],
        why=f"No Odoo 19 can be had: {reason} And its public repository does not "
        "answer; mend the network, or set ODOO_HOME to an Odoo 19 that you have",
    )
    return _finish(partial, target)


def _finish(partial, target, debs=None):
    stub = _python_folder(partial) / STUB
    if (debs or not stub.exists()) and stub.parents[3].exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("/* left out of the Debian package */\n")
    (partial / ".done").touch()
    partial.rename(target)
    if debs:
        shutil.rmtree(debs, ignore_errors=True)
    step(PART, f"ready in {target}")
    return target
