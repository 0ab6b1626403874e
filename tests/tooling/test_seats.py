"""The parts of a whole run share the machine: who finds no seat waits, who dies gives
theirs back, and is told of. A few seconds."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from dupq_cli import paths, seats

TAKE = """
import sys, time
from dupq_cli import seats
taken = seats.take(sys.argv[1], 1)
print("taken", flush=True)
time.sleep(600)
"""
PATIENCE = 30


@pytest.fixture
def ours():
    """The environment of a program that finds our modules."""
    return os.environ | {"PYTHONPATH": str(paths.CHECKOUT / "tools")}


def test_who_finds_no_seat_waits_until_one_is_free(tmp_path):
    first, second = (seats.take(tmp_path, 2) for _seat in range(2))
    with ThreadPoolExecutor() as pool:
        third = pool.submit(seats.take, tmp_path, 2)
        with pytest.raises(StillWaiting):
            third.result(timeout=3 * seats.PAUSE)
        first.close()
        third.result(timeout=PATIENCE).close()
    second.close()


def test_the_seat_of_one_who_was_killed_is_free(tmp_path, ours):
    command = [sys.executable, "-c", TAKE, tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ours) as other:
        assert other.stdout.readline() == b"taken\n"
        with ThreadPoolExecutor() as pool:
            mine = pool.submit(seats.take, tmp_path, 1)
            with pytest.raises(StillWaiting):
                mine.result(timeout=3 * seats.PAUSE)
            other.send_signal(signal.SIGKILL)
            mine.result(timeout=PATIENCE).close()


def test_there_are_seats_for_both_parts_of_the_addons():
    assert 2 <= seats.count() <= seats.MOST


def test_processes_with_one_seat_do_all_the_work_and_a_dead_one_is_told_of(
    tmp_path, ours
):
    for name, line in (("a", "pass"), ("b", "os._exit(7)"), ("c", "pass")):
        code = f"import os\n\n\ndef test_{name}():\n    {line}\n"
        (tmp_path / f"test_{name}.py").write_text(code)
    report = tmp_path / "report.json"
    ours |= {
        "DUPQ_SEATS": str(tmp_path / "seats"),
        "DUPQ_SEAT_COUNT": "1",
        "DUPQ_REPORT": str(report),
    }
    ours.pop("PYTEST_XDIST_WORKER", None)
    command = [
        sys.executable, "-m", "pytest", "-p", "dupq_cli.pytest_report", "-p", "no:odoo",
        "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile", tmp_path,
    ]  # fmt: skip
    done = subprocess.run(
        list(map(str, command)),
        env=ours,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    facts = json.loads(report.read_text())
    assert (facts["collected"], facts["passed"]) == (3, 2), done.stdout
    assert facts["failed"] == ["test_b.py::test_b"]
