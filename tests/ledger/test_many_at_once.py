"""Proves that many people who decide about evidence of one service at once never wait
for one another in vain, and that every figure is exact all the while. 15 seconds;
DUPQ_LEDGER_SECONDS=30 for longer."""

import os
import subprocess
import threading
import time

import pytest
from harness.clients import Json2Error

PEOPLE = 20
SECONDS = int(os.environ.get("DUPQ_LEDGER_SECONDS", "8"))
REASON = "dupq.workflow.reason"
# Folds and recounts until it is told to stop; each look is one snapshot.
POLL = """
import sys, time
from pathlib import Path
Summary = env["dupq.evidence.summary"]
looks, wrong = 0, []
while not Path({stop!r}).exists():
    env.cr.commit()
    env.invalidate_all()
    wrong += Summary._recount()
    looks += 1
    env.cr.commit()
    try:
        Summary._fold()
        env.cr.commit()
    except Exception:
        env.cr.rollback()
        raise
    time.sleep(0.1)
while Summary._fold():
    env.cr.commit()
wrong += Summary._recount()
print("LOOKS", looks, "WRONG", len(wrong), wrong[:3])
"""


@pytest.fixture(scope="module")
def done(chain, tmp_path_factory):
    """What happened: steps taken, refusals people saw, and what the poller said."""
    from harness.server import OdooServer

    server = OdooServer(chain, "demo").start()
    server.expect_log("odoo.http: ")
    service = server.json2("quality.demo").call(
        "dupq.service", "search", domain=[["kind", "=", "service"]], limit=1
    )[0]
    statement = server.json2("quality.demo").call(
        "dupq.code.statement", "search", domain=[["polarity", "=", "good"]], limit=1
    )
    stop = tmp_path_factory.mktemp("poll") / "stop"
    poller = subprocess.Popen(
        chain.command("shell", "-d", server.db, "--no-http", "--log-level", "warn"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=chain.variables(),
    )  # fmt: skip
    poller.stdin.write(POLL.format(stop=str(stop)))
    poller.stdin.close()
    poller.stdin = None
    steps, refusals = [], []
    end = time.monotonic() + SECONDS
    people = [
        threading.Thread(
            target=_decide,
            args=(
                server.json2("quality.demo"),
                service,
                statement,
                end,
                steps,
                refusals,
            ),
        )
        for _number in range(PEOPLE)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(120)
    stop.touch()
    out, err = poller.communicate(timeout=120)
    yield steps, refusals, out + err, server.read_log()
    server.stop()


def _decide(client, service, statement, end, steps, refusals):
    """One person: records, accepts, disputes, restores and withdraws, again."""
    evidence = "dupq.evidence"
    while time.monotonic() < end:
        try:
            (item,) = client.call(
                evidence,
                "create",
                vals_list=[
                    {
                        "service_id": service,
                        "statement_ids": [[6, 0, statement]],
                        "date_seen": "2026-01-05",
                    }
                ],
            )
            client.call(evidence, "action_accept", ids=[item])
            for step in ("dispute", "restore", "withdraw"):
                _give_reason(client, item, step)
            steps.append(item)
        except Json2Error as error:
            refusals.append(str(error))


def _give_reason(client, item, step):
    (wizard,) = client.call(
        REASON,
        "create",
        vals_list=[
            {
                "model": "dupq.evidence",
                "res_ids": [item],
                "transition": step,
                "reason": "Because",
            }
        ],
    )
    client.call(REASON, "action_confirm", ids=[wizard])


def test_nobody_is_told_to_try_again(done):
    steps, refusals, _poll, _log = done
    assert len(steps) >= PEOPLE, refusals[:3]
    assert refusals == []


def test_no_transaction_had_to_begin_again(done):
    _steps, _refusals, _poll, log = done
    assert "could not serialize" not in log
    assert "deadlock detected" not in log


def test_every_figure_was_exact_at_every_look(done):
    _steps, _refusals, poll, _log = done
    assert "WRONG 0" in poll, poll[-2000:]
    looks = int(poll.partition("LOOKS ")[2].split()[0])
    assert looks >= 5, poll
