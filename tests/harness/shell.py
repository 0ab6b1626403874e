"""One Odoo shell that stays open for all databases: to start one takes seconds."""

import json
import os
import subprocess

from dupq_cli import paths

TRACEBACK = "Traceback (most recent call last)"
# What the shell runs: each piece of code as if it were alone in a shell of its own.
LOOP = """
import contextlib, io, json, threading, traceback
import odoo
from odoo.modules.registry import Registry


def run(database, code):
    out, trace = io.StringIO(), ""
    threading.current_thread().dbname = database
    registry = Registry(database).check_signaling()
    with contextlib.closing(registry.cursor()) as cr:
        fresh = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        fresh = fresh(context=fresh["res.users"].context_get())
        names = {"env": fresh, "self": fresh.user, "odoo": odoo, "__name__": "__main__"}
        cr.rollback()
        try:
            with contextlib.redirect_stdout(out):
                exec(code, names)
        except BaseException:
            trace = traceback.format_exc()
        cr.rollback()
    return {"out": out.getvalue(), "trace": trace}


def forget(database):
    Registry.delete(database)
    odoo.sql_db.close_db(database)
    return {"out": "", "trace": ""}


env.cr.close()
with open(codes_from) as codes, open(answers_to, "w") as answers:
    for line in codes:
        database, code = json.loads(line)
        answer = forget(database) if code is None else run(database, code)
        print(json.dumps(answer), file=answers, flush=True)
"""


class OdooShell:
    """Runs pieces of code, each in a transaction and with names of its own."""

    _running = None

    def __init__(self, chain, database):
        self._log = paths.logs() / f"{database}-shell.log"
        self._log.parent.mkdir(parents=True, exist_ok=True)
        codes_from, codes_to = os.pipe()
        answers_from, answers_to = os.pipe()
        with open(self._log, "w") as log:
            self._process = subprocess.Popen(
                chain.command("shell", "-d", database, "--no-http"),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(codes_from, answers_to),
                env=chain.variables(),
                text=True,
            )
        os.close(codes_from)
        os.close(answers_to)
        self._codes = open(codes_to, "w")  # noqa: SIM115
        self._answers = open(answers_from)  # noqa: SIM115
        with self._process.stdin as stdin:
            stdin.write(f"codes_from, answers_to = {codes_from}, {answers_to}\n{LOOP}")

    @classmethod
    def get(cls, chain, database):
        """The one that runs, or a new one that begins with this database."""
        if not cls._running or cls._running._process.poll() is not None:
            cls._running = cls(chain, database)
        return cls._running

    @classmethod
    def forget(cls, database):
        """Have no more to do with a database that is dropped."""
        if cls._running and cls._running._process.poll() is None:
            cls._running.run(database, None)

    @classmethod
    def stop(cls):
        """End the one that runs at once: it has nothing to bring to an end."""
        running, cls._running = cls._running, None
        if running:
            running._process.kill()
            running._process.wait(5)
            running._codes.close()
            running._answers.close()

    def run(self, database, code):
        """What the code prints; an error, or one in the log, is raised."""
        before = self._log.stat().st_size
        self._codes.write(json.dumps([database, code]) + "\n")
        self._codes.flush()
        answer = json.loads(self._answers.readline() or "{}")
        log = self._log.read_bytes()[before:].decode(errors="replace")
        if not answer or answer["trace"] or TRACEBACK in log:
            raise AssertionError(answer.get("trace") or log[-3000:])
        return answer["out"]
