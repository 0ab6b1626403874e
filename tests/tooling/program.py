"""How these tests call the program: as a user does, or one of its parts."""

import os
import subprocess
import sys

from dupq_cli import paths

# What ./dupq test gives its tests and a user's shell does not have.
LEFT_BEHIND = {
    "PYTHONPATH",
    "PGHOST",
    "PGPORT",
    "PGUSER",
    "DUPQ_POSTGRES",
    "DUPQ_PYTHON_PATH",
    "DUPQ_REPORT",
    "DUPQ_BROWSER_TESTS",
    "DUPQ_SEATS",
    "DUPQ_SEAT_COUNT",
}
GUARDED = """
import sys
sys.path.insert(0, {tools!r})
from dupq_cli.main import guarded
from dupq_cli import {module}
def call():
    {code}
sys.exit(guarded(call))
"""


def dupq(*args, stdin="", **variables):
    """Run ./dupq, return the finished process."""
    return _run([_python(), paths.CHECKOUT / "dupq", *args], variables, stdin)


def part(module, code, prefix=(), **variables):
    """Run a piece of one module as the program would, errors said as it says them."""
    tools = str(paths.CHECKOUT / "tools")
    script = GUARDED.format(tools=tools, module=module, code=code)
    return _run([*prefix, _python(), "-c", script], variables)


def _python():
    """The Python that the user has: not the one of our environment."""
    return getattr(sys, "_base_executable", sys.executable)


def _run(command, variables, stdin=""):
    inherited = {
        name: value for name, value in os.environ.items() if name not in LEFT_BEHIND
    }
    return subprocess.run(
        list(map(str, command)),
        input=stdin,
        capture_output=True,
        text=True,
        env=inherited | {key: str(value) for key, value in variables.items()},
        cwd=paths.CHECKOUT,
    )


def sentence(done):
    """The one sentence with which the program ended."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    lines = [x for x in done.stderr.splitlines() if x.startswith("dupq: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]
