"""PostgreSQL of our own comes up whoever the user is, and keeps brief databases in
memory. About 10 seconds."""

import os
import shutil
from pathlib import Path

import pytest
from dupq_cli import memory, paths
from dupq_cli.database import Databases
from program import part

CODE = """
    env = python_env.find("odoo-python", python_env.paths.LOCK)
    from dupq_cli.postgres import Postgres
    import os, subprocess
    postgres = Postgres(env).start()
    ask = [postgres.bin / "psql", "-Atqc", "SELECT current_user", "postgres"]
    settings = os.environ | postgres.variables()
    print(subprocess.check_output(ask, env=settings, text=True))
    print("owner", (postgres.data / "PG_VERSION").owner())
    postgres.start().stop()
    assert not postgres.is_ready()
"""


def test_cluster_starts_and_stops(tmp_path):
    done = part("python_env", CODE.strip(), XDG_STATE_HOME=tmp_path)
    assert done.stdout.startswith("odoo\n"), done.stderr


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to become somebody else")
def test_root_without_namespaces_becomes_nobody(tmp_path):
    """As in a plain container, where `unshare` is refused."""
    refusing = tmp_path / "bin" / "unshare"
    refusing.parent.mkdir()
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    path = f"{refusing.parent}:{os.environ['PATH']}"
    try:
        done = part("python_env", CODE.strip(), XDG_STATE_HOME=tmp_path, PATH=path)
    finally:
        shutil.rmtree(Path("/var/tmp") / f"dupq-{paths.key()}", ignore_errors=True)
    assert done.stdout.startswith("odoo\n"), done.stderr
    assert "owner nobody" in done.stdout


def test_a_brief_database_lies_in_memory_and_its_loss_does_no_harm(chain, monkeypatch):
    """What is in memory goes with a restart of the machine; the next is made anew."""
    monkeypatch.setattr(memory, "NAME", f"memory_{os.getpid()}")
    monkeypatch.setattr(memory, "ROOM", 0)
    db = Databases(chain)
    first, second = (f"{chain.prefix}_brief_{n}_{os.getpid()}" for n in (1, 2))
    try:
        db.clone("template1", first, brief=True)
        assert _tablespace_of(db, first) == memory.NAME
        shutil.rmtree(memory.folder())
        db.clone("template1", second, brief=True)
        assert db.sql("SELECT 1", second) == [["1"]]
        assert first not in db.names()
        db.clone("template1", first)
        assert _tablespace_of(db, first) == "pg_default"
    finally:
        db.drop(first)
        db.drop(second)
        db.sql(f"DROP TABLESPACE IF EXISTS {memory.NAME}")
        shutil.rmtree(memory.folder(), ignore_errors=True)


def _tablespace_of(db, name):
    ((place,),) = db.sql(
        "SELECT spcname FROM pg_tablespace t JOIN pg_database d"
        f" ON t.oid = d.dattablespace WHERE datname = '{name}'"
    )
    return place
