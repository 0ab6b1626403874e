"""A database of a provider that may be spoilt, and a process that works on it."""

import itertools
import json
import os
import signal
import subprocess
from pathlib import Path

from dupq_cli import paths
from dupq_cli.layers import MINIMAL, Layers

HERE = Path(__file__).parent
_number = itertools.count(1)
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


class Refused(Exception):
    """The process said no, or failed."""


class Provider:
    """A clone of our ready database and an Odoo process: `provider.do(function, ...)`.

    The functions are those of `ledger.steps`.
    """

    steps = "steps"

    def __init__(self, chain):
        self.chain = chain
        self.db = Layers(chain).db
        self.name = f"{chain.prefix}_ledger_{_WORKER}{next(_number)}"

    def start(self):
        source, complaints = Layers(self.chain).prepare(MINIMAL)
        assert not complaints, f"the install log complains: {complaints}"
        self.db.clone(source, self.name, brief=True)
        return self.open()

    def open(self):
        self.log = open(paths.logs() / f"{self.name}.log", "w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [self.chain.python, HERE / "process.py", self.chain.conf, self.name,
             self.steps],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
            bufsize=1, env=self.chain.variables(PYTHONPATH=str(HERE)),
        )  # fmt: skip
        self._answer()
        return self

    def stop(self):
        self.close()
        self.db.drop(self.name)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.log.close()

    def do(self, name, *arguments):
        self.process.stdin.write(json.dumps([name, arguments]) + "\n")
        return self._answer()

    def try_(self, name, *arguments):
        """Do it if it can be done: what Odoo or PostgreSQL refuses changes nothing."""
        try:
            return self.do(name, *arguments)
        except Refused as refusal:
            if "Traceback" in str(refusal):
                raise
            return None

    def kill_at(self, phase, nth, name, *arguments):
        """Do it in a process that is killed at a phase, the nth time it is there."""
        child, reached = self.do("fork", name, arguments, phase, nth)
        assert reached == phase
        os.kill(child, signal.SIGKILL)
        self.do("reap", child)

    def sql(self, text):
        return self.db.sql(text, self.name)

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.log.seek(0)
            raise AssertionError(f"the process has ended: {self.log.read()[-3000:]}")
        answer = json.loads(line)
        if answer["error"]:
            raise Refused(answer["error"])
        return answer["value"]
