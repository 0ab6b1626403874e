"""Databases with their filestores: made, cloned in a blink, renamed, dropped."""

import os
import shutil
import subprocess

from . import memory
from .errors import Trouble, full_disk, is_full_disk


class Databases:
    """The databases of one cluster, and the filestore beside each."""

    def __init__(self, chain):
        self.chain = chain

    def sql(self, text, database="postgres"):
        """Run SQL, return the rows as lists of text."""
        out = self._tool("psql", "-AtqX", "-F", "\t", "-c", text, database)
        return [line.split("\t") for line in out.splitlines()]

    def names(self):
        return {name for (name,) in self.sql("SELECT datname FROM pg_database")}

    def clone(self, source, target, brief=False):
        """Make `target` a copy of `source`; files are shared by hard links.

        What had that name before is gone. A brief one lives as long as a test, in
        memory where there is room.
        """
        self.drop(target)
        self.disconnect(source)
        place = brief and memory.tablespace(self)
        options = ("-D", place, "-S", "file_copy") if place else ()
        self._tool("createdb", "-T", source, *options, target)
        files = self.filestore(source)
        if files.exists():
            # Odoo names a file after its content and never rewrites one in place.
            shutil.copytree(files, self.filestore(target), copy_function=os.link)

    def rename(self, source, target):
        self.disconnect(source)
        self.sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
        if self.filestore(source).exists():
            shutil.rmtree(self.filestore(target), ignore_errors=True)
            self.filestore(source).rename(self.filestore(target))

    def drop(self, name):
        self._tool("dropdb", "--if-exists", "--force", name)
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def disconnect(self, name):
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}'"
        )

    def filestore(self, name):
        return self.chain.data / "filestore" / name

    def _tool(self, name, *args):
        done = subprocess.run(
            [self.chain.postgres.bin / name, *args],
            capture_output=True,
            text=True,
            env=self.chain.variables(PGOPTIONS="-c client_min_messages=warning"),
        )
        if done.returncode and is_full_disk(done.stderr):
            raise full_disk(self.chain.data)
        if done.returncode:
            raise Trouble(
                f"PostgreSQL refused: {done.stderr.strip()[:300]} (the command was "
                f"{name}; ./dupq doctor tells more)."
            )
        return done.stdout
