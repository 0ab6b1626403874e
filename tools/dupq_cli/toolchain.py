"""Everything that running Odoo takes, put together: one object that verbs ask."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from . import logs, odoo_source, paths, python_env
from .errors import Trouble
from .postgres import Postgres, is_theirs
from .process import failure

ODOO = "from odoo.cli import main; main()"
# Odoo's verbs that take their options after a second word.
TWO_WORDS = ("i18n", "module")


class Toolchain:
    """Odoo, its Python and a running PostgreSQL."""

    def __init__(self, home, env):
        self.home, self.env = home, env
        self.python = env / "bin" / "python"
        self.postgres = Postgres(env)
        self.extra_path = []
        self.data = paths.state() / "data"
        self.conf = paths.state() / "odoo.conf"
        # Databases of several checkouts may meet on the user's own PostgreSQL.
        self.prefix = f"dupq_{paths.key()}" if is_theirs() else "dupq"

    @classmethod
    def ready(cls):
        """Fetch what is missing, start PostgreSQL, return the toolchain."""
        with ThreadPoolExecutor() as pool:
            home = pool.submit(odoo_source.get)
            env = pool.submit(
                python_env.get, "odoo-python", paths.LOCK, "230 MB to download"
            )
            chain = cls(*_results(home, env))
        chain.postgres.start()
        chain.write_conf()
        return chain

    @classmethod
    def found(cls):
        """The toolchain when it is complete, without fetching or starting anything."""
        home = odoo_source.find()
        env = python_env.find("odoo-python", paths.LOCK)
        return cls(home, env) if home and env else None

    @property
    def is_theirs(self):
        return is_theirs()

    def variables(self, **more):
        """The environment of every program that we start."""
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        path = [
            *self.extra_path,
            self.env / "bin",
            self.postgres.bin,
            os.environ.get("PATH", ""),
        ]
        return (
            inherited
            | self.postgres.variables()
            | {
                "PATH": os.pathsep.join(map(str, path)),
                "DUPQ_PYTHON_PATH": str(self.home),
                "PYTHONDONTWRITEBYTECODE": "" if self._may_write() else "1",
            }
            | more
        )

    def _may_write(self):
        return os.access(self.home / "odoo", os.W_OK)

    def addons_path(self):
        folders = [paths.ADDONS, *odoo_source.addons_paths(self.home)]
        return ",".join(map(str, folders))

    def write_conf(self):
        """Write the configuration file that every Odoo of this checkout reads."""
        pg = self.postgres.variables()
        options = {
            "addons_path": self.addons_path(),
            "data_dir": self.data,
            "db_host": pg.get("PGHOST"),
            "db_port": pg.get("PGPORT"),
            "db_user": pg.get("PGUSER"),
            "db_password": pg.get("PGPASSWORD"),
            "pg_path": self.postgres.bin,
            "http_interface": "127.0.0.1",
            "max_cron_threads": 0,
            "workers": 0,
            "without_demo": None,
        }
        lines = [f"{key} = {value}" for key, value in options.items() if value]
        self.data.mkdir(parents=True, exist_ok=True)
        text = "[options]\n" + "\n".join(lines) + "\n"
        if not self.conf.exists() or self.conf.read_text() != text:
            partial = self.conf.with_suffix(f".{os.getpid()}")
            partial.write_text(text)
            partial.rename(self.conf)

    def command(self, *args):
        """Command line of Odoo: `server ...`, `shell ...`, `i18n export ...`."""
        words = 2 if args[0] in TWO_WORDS else 1
        verb, rest = args[:words], args[words:]
        return [str(self.python), "-c", ODOO, *verb, "-c", str(self.conf), *rest]

    def odoo(self, database, *args, log, stdin=None):
        """Run Odoo to its end on a database; its log must be free of warnings."""
        log.parent.mkdir(parents=True, exist_ok=True)
        start = log.stat().st_size if log.exists() else 0
        with open(log, "ab") as stream:
            done = subprocess.run(
                self.command(*args, "-d", database, "--no-http"),
                stdin=stdin or subprocess.DEVNULL,
                stdout=stream, stderr=stream, env=self.variables(),
            )  # fmt: skip
        text = log.read_text(errors="replace")[start:]
        if done.returncode:
            raise failure(text, f"Odoo stopped with an error on {database}", log)
        return logs.complaints(text)


def _results(*futures):
    """Results of all, or the first Trouble after every one has ended."""
    problems = [f.exception() for f in futures if f.exception()]
    troubles = [p for p in problems if isinstance(p, Trouble)]
    if problems:
        raise (troubles or problems)[0]
    return [f.result() for f in futures]
