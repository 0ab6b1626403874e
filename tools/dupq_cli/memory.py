"""A tablespace in memory for databases that live as long as a test.

Copying and dropping a database is thousands of small files: on a disk that takes
seconds, in memory a blink. What lies there is gone after a restart of the machine, so
only databases that nobody will miss belong there.
"""

import shutil
from pathlib import Path

from . import paths
from .process import only_one

NAME = "memory"
DISK = Path("/dev/shm")  # noqa: S108
ROOM = 3 * 2**30


def tablespace(db):
    """Name of the tablespace, made when absent; None where memory has no room."""
    if db.chain.is_theirs or not DISK.is_dir():
        return None
    if shutil.disk_usage(DISK).free < ROOM:
        return None
    with only_one("memory"):
        if not _is_ready(db):
            _remove(db)
            _make(db)
    return NAME


def folder():
    """Where it lies."""
    return DISK / f"dupq-{paths.short_hash(paths.state(), NAME)}"


def _is_known(db):
    return db.sql(f"SELECT 1 FROM pg_tablespace WHERE spcname = '{NAME}'")


def _is_ready(db):
    return folder().is_dir() and any(folder().iterdir()) and _is_known(db)


def _make(db):
    place = folder()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    db.chain.postgres.give(place)
    db.sql(f"CREATE TABLESPACE {NAME} LOCATION '{place}'")


def _remove(db):
    """Forget what the machine's restart took."""
    if not _is_known(db):
        return
    for (name,) in db.sql(
        "SELECT datname FROM pg_database d JOIN pg_tablespace t"
        f" ON t.oid = d.dattablespace WHERE spcname = '{NAME}'"
    ):
        db.drop(name)
    db.sql(f"DROP TABLESPACE {NAME}")
