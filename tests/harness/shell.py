"""One Odoo shell that stays open: to start one for each call takes seconds."""

import json
import os
import subprocess

from dupq_cli import paths

TRACEBACK = "Traceback (most recent call last)"
# What the shell runs: each piece of code as if it were alone in a shell of its own.
LOOP = """
import contextlib, io, json, traceback
import odoo
from odoo.modules.registry import Registry


def run(code):
    out, trace = io.StringIO(), ""
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


database = env.cr.dbname
env.cr.rollback()
with open(codes_from) as codes, open(answers_to, "w") as answers:
    for line in codes:
        print(json.dumps(run(json.loads(line))), file=answers, flush=True)
"""


class OdooShell:
    """Runs pieces of code, each in a transaction and with names of its own."""

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

    def run(self, code):
        """What the code prints; an error, or one in the log, is raised."""
        before = self._log.stat().st_size
        self._codes.write(json.dumps(code) + "\n")
        self._codes.flush()
        answer = json.loads(self._answers.readline() or "{}")
        log = self._log.read_bytes()[before:].decode(errors="replace")
        if not answer or answer["trace"] or TRACEBACK in log:
            raise AssertionError(answer.get("trace") or log[-3000:])
        return answer["out"]

    def stop(self):
        """End it at once: it has nothing to bring to an end."""
        self._process.kill()
        self._process.wait(5)
        self._codes.close()
        self._answers.close()
