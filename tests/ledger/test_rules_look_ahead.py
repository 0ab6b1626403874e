"""Proves that what happens between the look that is made for all rules and the turn of
one of them is in the ledger after this pass or the next. Takes half a minute."""

import os
import signal
import time

import pytest
from ledger.provider import Provider

# More than the second to which a moment is rounded.
A_MOMENT = 1.1


@pytest.fixture(scope="module")
def provider(chain):
    provider = Provider(chain).start()
    yield provider
    provider.stop()


CHANGES = {
    "a new record": ("create_course", 1, 0, 5),
    "a changed record": ("edit_course", 2, 0, 9),
    "a deleted record": ("delete", "course", 3),
    "a changed record on the way": ("turn_type", 0),
    "a deleted record on the way": ("delete", "member", 0),
    "a transfer": ("move", 1, 2, 20),
    "a place that belongs to another service": ("link_service", 0, 2),
}


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "busy"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_after_the_look_is_found(provider, change, idle):
    provider.do("begin", 6)
    if not idle:
        provider.do("edit_course", 0, 0, 7)
    child, reached = provider.do("fork", "run", ["pass"], "after the look", 1)
    assert reached == "after the look"
    time.sleep(A_MOMENT)
    provider.do(*change)
    time.sleep(A_MOMENT)
    os.kill(child, signal.SIGUSR1)
    assert provider.do("reap", child).startswith("done [true")
    before = provider.do("live")
    done, state, *_rest = provider.do("run", "pass")
    assert (done, state) == (True, "on")
    found = provider.do("live")
    # A source that was deleted takes nothing away.
    assert {key for key in before if not before[key][-1]} <= set(found)
    there = {record: row for record, row in found.items() if row[-1]}
    assert there == provider.do("expected")
    *_rest, count = provider.do("run", "full")
    assert count == 0, "a run over everything found more to do"


def test_a_pass_takes_up_what_a_killed_one_left(provider):
    """After the look, before any turn: the next pass does it all."""
    provider.do("begin", 6)
    provider.do("edit_course", 0, 0, 7)
    provider.kill_at("after the look", 1, "run", "pass")
    provider.do("run", "pass")
    assert provider.do("live") == provider.do("expected")


def test_no_table_of_the_look_is_left_behind(provider):
    """The connection is used by others afterwards."""
    provider.do("begin", 6)
    provider.do("edit_course", 0, 0, 7)
    provider.do("run", "pass")
    assert provider.do("find_tables") == []
