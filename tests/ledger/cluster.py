"""A PostgreSQL of our own that may be killed: nobody else works on it."""

import contextlib
import copy
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from dupq_cli.postgres import PORT, USER, Postgres


class Cluster(Postgres):
    """A second cluster beside the one that all tests share."""

    def __init__(self, env, home):
        super().__init__(env)
        self.home = home
        # The name of a socket is short.
        self.folder = Path(tempfile.mkdtemp(prefix="dupq-"))

    @property
    def sockets(self):
        return self.folder

    def variables(self):
        return {
            "PGHOST": str(self.sockets),
            "PGPORT": PORT,
            "PGUSER": USER,
            "DUPQ_POSTGRES": "ours",
            # What was committed is there after a kill; the shared one may lose it.
            "PGOPTIONS": "-c synchronous_commit=on",
        }

    def start(self):
        self.give(self.folder)
        self._create()
        self._start()
        return self

    def kill(self):
        """kill -9 of every process of the server at once, then start it again."""
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        processes = [main, *_children(main)]
        for process in processes:
            _kill(process)
        _wait_for_the_end_of(processes)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._start()

    def remove(self):
        self._ctl("-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)


def on_cluster(chain, home):
    """The same toolchain on a cluster of its own."""
    other = copy.copy(chain)
    other.postgres = Cluster(chain.env, home / "postgres")
    other.data, other.conf = home / "data", home / "odoo.conf"
    other.postgres.start()
    other.write_conf()
    return other


def copy_database(chain, name, other, target):
    """A database of one cluster, on another."""
    dump = home_of(other) / "dump"
    _run(chain, "pg_dump", "-Fc", "-Z0", "-f", dump, name)
    _run(other, "createdb", target)
    _run(other, "pg_restore", "-j2", "--no-owner", "-d", target, dump)
    dump.unlink()


def home_of(chain):
    return chain.conf.parent


def _run(chain, program, *arguments):
    subprocess.run(
        [chain.postgres.bin / program, *arguments], env=chain.variables(), check=True
    )


def _children(parent):
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                found.append(int(folder.name))
    return found


def _wait_for_the_end_of(processes):
    for _attempt in range(200):
        if not any(_is_alive(process) for process in processes):
            return
        time.sleep(0.02)


def _is_alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
