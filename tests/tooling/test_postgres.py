"""PostgreSQL of our own comes up whoever the user is. About 10 seconds."""

import os
import shutil
from pathlib import Path

import pytest
from dupq_cli import paths
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
