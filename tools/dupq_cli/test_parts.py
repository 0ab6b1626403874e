"""The parts of a test run, each a process of its own with a result to add up."""

import json
import re
import subprocess
from dataclasses import dataclass, field

from . import modules, paths
from .console import say, step
from .logs import complaints
from .server import free_port

COUNTS = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when")
STARTED = re.compile(r"odoo\.addons\.(\w+)\.tests\.\S+: Starting ")
SKIPPED = re.compile(r"odoo\.addons\.(\S+): skipped (\S+) : (.*)$", re.M)
TOURS = re.compile(r"TOUR \S+ SUCCEEDED")
NO_TESTS = 5  # pytest's exit code when a selection leaves nothing


@dataclass
class Result:
    """What a part did; `complaints` are reasons to fail that are no test."""

    part: str
    collected: int = 0
    passed: int = 0
    failed: list = field(default_factory=list)
    skipped: dict = field(default_factory=dict)
    tours: int = 0
    axe_pages: int = 0
    complaints: list = field(default_factory=list)
    of_bridges: int = 0  # of those collected, tests of addons that not every part has


def addons(chain, kind, database, targets, args, variables, is_beside=False):
    """Our addons' tests under pytest, on one set of modules."""
    part = f"addons, {kind.name}"
    command = [
        "--odoo-config", chain.conf, "--odoo-database", database, "--odoo-http",
        "--odoo-log-level", "info", "--log-level", "WARNING", "--show-capture=log",
        *args, *targets,
    ]  # fmt: skip
    return _pytest(chain, part, command, variables, is_beside)


def repository(chain, targets, args, variables, processes=1, is_beside=False):
    """The tests of the whole product: real servers, real browsers, this program.

    Each of several processes takes whole files, the long ones first. With DUPQ_SEATS
    each begins when there is a seat for it.
    """
    shared = ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = ["-p", "no:odoo", *(shared if processes > 1 else ()), *args, *targets]
    return _pytest(chain, "tests", command, variables, is_beside)


def _pytest(chain, part, args, variables, is_beside):
    """Run pytest; what it says comes line by line when another part speaks too."""
    step("Test", part)
    key = paths.short_hash(part)
    report = paths.state() / f"report-{key}.json"
    report.unlink(missing_ok=True)
    command = [
        chain.python, "-m", "pytest", "-p", "dupq_cli.pytest_report",
        "-o", f"cache_dir={paths.state() / 'pytest' / key}", *args,
    ]  # fmt: skip
    with subprocess.Popen(
        list(map(str, command)),
        cwd=paths.CHECKOUT,
        env=chain.variables(
            PYTHONPATH=str(paths.CHECKOUT / "tools"),
            DUPQ_REPORT=str(report),
            **variables,
        ),
        stdout=subprocess.PIPE if is_beside else None,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            say(line.rstrip("\n"))
    code = process.returncode
    if not report.exists():
        return Result(part, complaints=[f"pytest broke off with {code}"])
    result = Result(part, **json.loads(report.read_text()))
    if code not in (0, NO_TESTS) and not result.failed:
        result.complaints.append(f"pytest ended with {code}")
    return result


def command_line(chain, kind, database):
    """Our tests under Odoo's own runner, which also updates the addons."""
    part = f"addons, {kind.name}"
    step("Test", f"{part}, by Odoo's own command line")
    log = paths.logs() / "test-command-line.log"
    log.unlink(missing_ok=True)
    names = modules.installed(kind.extra)
    with open(log, "w") as stream:
        done = subprocess.run(
            chain.command(
                "server", "-d", database, "-u", ",".join(names), "--stop-after-init",
                "--test-tags", ",".join(f"/{name}" for name in names),
                "--http-port", str(free_port()),
            ),
            stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
            env=chain.variables(), cwd=paths.CHECKOUT,
        )  # fmt: skip
    step("Test", f"{part}: Odoo has ended")
    return _read_command_line(part, log, done.returncode)


def _read_command_line(part, log, code):
    text = log.read_text(errors="replace")
    result = Result(part, complaints=complaints(text))
    result.skipped = {f"{m}::{test}": why for m, test, why in SKIPPED.findall(text)}
    bridges = modules.bridges()
    result.of_bridges = sum(name in bridges for name in STARTED.findall(text))
    result.tours = len(TOURS.findall(text))
    totals = [tuple(map(int, numbers)) for numbers in COUNTS.findall(text)]
    bad, result.collected = (
        sum(failed + errors for failed, errors, _all in totals),
        sum(number for _failed, _errors, number in totals),
    )
    result.failed = [f"see {log}"] * bad
    result.passed = result.collected - bad - len(result.skipped)
    if code and not result.failed and not result.complaints:
        result.complaints.append(f"Odoo ended with {code}, see {log}")
    return result
