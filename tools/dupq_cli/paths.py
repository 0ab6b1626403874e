"""Where things live: nothing that is downloaded or built lies in the checkout."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ADDONS = CHECKOUT / "addons"
TESTS = CHECKOUT / "tests"
LOCK = CHECKOUT / "requirements.lock"
LINT_LOCK = CHECKOUT / "requirements-lint.lock"
SOCKET_LIMIT = 100  # a unix socket's path may have 107 bytes, its name needs some


def _xdg(variable, default):
    value = os.environ.get(variable, "")
    return Path(value) if value.startswith("/") else Path.home() / default


def cache():
    """Downloads and unpacked programs, shared by every checkout of this user."""
    return _xdg("XDG_CACHE_HOME", ".cache") / "dupq"


def key():
    """Tell this checkout from any other of the same user."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]


def state():
    """Databases, filestore and logs of this checkout."""
    return _xdg("XDG_STATE_HOME", ".local/state") / "dupq" / key()


def logs():
    return state() / "logs"


def sockets():
    """Folder of PostgreSQL's socket, short enough for the operating system."""
    folder = state() / "sock"
    if len(str(folder)) <= SOCKET_LIMIT:
        return folder
    return Path("/tmp") / f"dupq-{os.getuid()}-{key()}"


def short_hash(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode() + b"\0")
    return digest.hexdigest()[:10]
