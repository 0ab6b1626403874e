"""A pytest plugin: counts what a run did, and listens for warnings in its logs.

Loaded by ./dupq test with `-p dupq_cli.pytest_report`; writes what it saw as JSON to
the file named by DUPQ_REPORT. DUPQ_BROWSER_TESTS is `only` or `without` to select
tests that need a browser. DUPQ_SEATS is where a process that shares the work takes a
seat before its first test (see seats.py).
"""

import inspect
import json
import logging
import os
import re
import sys
from pathlib import Path

import pytest

from . import logs, seats

TOUR = re.compile(r"TOUR (\S+) SUCCEEDED")
BROWSER_FIXTURES = {"browser", "page", "new_page", "axe"}
BROWSER_CALLS = re.compile(r"\b(start_tour|browser_js)\(")


class Report:
    """What one pytest process did."""

    def __init__(self):
        self.collected = 0
        self.passed, self.failed = set(), set()
        self.skipped = {}
        self.tours = 0
        self.axe_pages = 0
        self.complaints = {}
        self.current = ""
        self.seat = None

    def merge(self, facts):
        """Add what only the process that ran the tests could see."""
        self.collected = max(self.collected, facts["collected"])
        self.tours += facts["tours"]
        self.axe_pages += facts["axe_pages"]
        self.complaints |= facts["heard"]

    def seen_here(self):
        """What `merge` of another process takes; {str: int or dict}."""
        return {
            "collected": self.collected,
            "tours": self.tours,
            "axe_pages": self.axe_pages,
            "heard": self.complaints,
        }

    def write(self, path):
        # A test with a failing part has failed, whatever its other parts did.
        self.passed -= self.failed | set(self.skipped)
        facts = {
            "collected": self.collected,
            "passed": len(self.passed),
            "failed": sorted(self.failed),
            "skipped": self.skipped,
            "tours": self.tours,
            "axe_pages": self.axe_pages,
            "complaints": [f"{x} (in {y})" for x, y in self.complaints.items()],
        }
        Path(path).write_text(json.dumps(facts, indent=1))


class Listener(logging.Handler):
    """Hears every log record of the process; tests that expect one mute it."""

    def emit(self, record):
        message = record.getMessage()
        if "SUCCEEDED" in message:
            REPORT.tours += len(TOUR.findall(message))
        if record.levelno >= logging.WARNING and not logs.is_noise(
            record.name, message
        ):
            first = message.strip().splitlines()[:1] or [""]
            line = f"{record.levelname} {record.name}: {first[0]}"
            REPORT.complaints.setdefault(line, REPORT.current)


REPORT = Report()


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs a browser")
    logging.getLogger().addHandler(Listener())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    REPORT.collected = len(items)
    wanted = os.environ.get("DUPQ_BROWSER_TESTS")
    if not wanted:
        return
    kept = [item for item in items if needs_browser(item) == (wanted == "only")]
    gone = [item for item in items if item not in kept]
    config.hook.pytest_deselected(items=gone)
    items[:] = kept


def needs_browser(item):
    if item.get_closest_marker("browser"):
        return True
    if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    if not getattr(item, "cls", None) or not hasattr(item.cls, "start_tour"):
        return False
    return bool(BROWSER_CALLS.search(inspect.getsource(item.cls)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item):
    """A process that shares the work begins when there is a seat for it."""
    folder = os.environ.get("DUPQ_SEATS")
    if folder and "PYTEST_XDIST_WORKER" in os.environ and not REPORT.seat:
        REPORT.seat = seats.take(folder, int(os.environ["DUPQ_SEAT_COUNT"]))


def pytest_runtest_logstart(nodeid, location):
    REPORT.current = nodeid


def pytest_runtest_logreport(report):
    if report.failed:
        REPORT.failed.add(report.nodeid)
        if "PYTEST_XDIST_WORKER" not in os.environ:
            _tell_at_once(report)
    elif report.skipped:
        REPORT.skipped[report.nodeid] = _reason(report)
    elif report.when == "call":
        REPORT.passed.add(report.nodeid)


def pytest_collectreport(report):
    if report.failed:
        REPORT.failed.add(report.nodeid)
    elif report.skipped:
        REPORT.skipped[report.nodeid] = _reason(report)


def pytest_sessionfinish(session, exitstatus):
    path = os.environ.get("DUPQ_REPORT")
    if REPORT.seat:
        # The process itself stays until the last of them has ended.
        REPORT.seat.close()
    if hasattr(session.config, "workerinput"):
        session.config.workeroutput["dupq"] = REPORT.seen_here()
    elif path:
        REPORT.write(path)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """A process that shared the work has ended (pytest-xdist)."""
    if hasattr(node, "workeroutput"):
        REPORT.merge(node.workeroutput["dupq"])


def _tell_at_once(report):
    """Say what failed and in what words, long before the run is over."""
    crash = getattr(report.longrepr, "reprcrash", None)
    words = (crash.message if crash else str(report.longrepr)).strip().splitlines()
    sys.__stderr__.write(f"\nFAILED {report.nodeid}: {(words or [''])[0][:300]}\n")
    sys.__stderr__.flush()


def _reason(report):
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2])
    return str(getattr(report, "wasxfail", "") or report.longrepr)
