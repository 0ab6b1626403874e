"""Proves that rules that take one turn together do it all or not at all, whenever the
process is killed, and keep apart from other runs of the same rules. Takes a minute;
DUPQ_LEDGER_KILLS=20 kills more often, DUPQ_LEDGER_SEED at other moments."""

import os
import random
import signal

import pytest
from ledger.provider import Provider

SEED = int(os.environ.get("DUPQ_LEDGER_SEED", "20260401"))
KILLS = int(os.environ.get("DUPQ_LEDGER_KILLS", "4"))
PHASES = (
    "before the ledger",
    "after the ends",
    "after the insert",
    "after the figures",
)
# Of the commits of a pass the third begins the turn, and the fourth ends it.
COMMITS = (1, 2, 3, 4, 5)
COURSES = 40


@pytest.fixture(scope="module")
def twins(chain):
    """Two rules that read the same, and have a place in one step."""
    provider = Provider(chain).start()
    provider.do("set_batch", 1000)
    provider.do("begin", COURSES)
    provider.do("add_twin")
    yield provider
    provider.stop()


def change(twins, chance):
    twins.do("change_some", chance.randrange(10**6))


def check(twins):
    """Both know the same, it is what there is, and they had one turn for it."""
    twins.do("wait_until_free")
    before, _differences = twins.do("compare_twins")
    change(twins, random.Random(SEED))
    assert twins.do("run", "pass")[:2] == [True, "on"]
    together, differences = twins.do("compare_twins")
    assert (together, differences) == (before + 1, [])
    assert twins.do("live") == twins.do("expected")
    assert twins.do("find_faults") == []
    assert twins.do("find_tables") == []
    *_rest, count = twins.do("run", "full")
    assert count == 0, "a run over everything found more to do"


def kill(twins, phase, nth, chance):
    change(twins, chance)
    twins.kill_at(phase, nth, "run", "pass")
    twins.do("wait_until_free")
    _together, differences = twins.do("compare_twins")
    assert differences == [], "one rule has had its turn, and the other has not"


@pytest.mark.parametrize("phase", PHASES)
def test_a_killed_turn_is_all_or_nothing(twins, phase):
    chance = random.Random(f"{SEED} {phase}")
    print(f"seed {SEED}, {KILLS} kills")  # noqa: T201
    for _kill in range(KILLS):
        kill(twins, phase, 1, chance)
        check(twins)


@pytest.mark.parametrize("phase", ["before commit", "after commit"])
def test_a_pass_killed_at_any_commit_is_all_or_nothing(twins, phase):
    chance = random.Random(f"{SEED} {phase}")
    print(f"seed {SEED}, {len(COMMITS)} kills")  # noqa: T201
    for nth in COMMITS:
        kill(twins, phase, nth, chance)
        check(twins)


def test_a_run_of_one_of_them_is_not_let_in(twins):
    change(twins, random.Random(SEED))
    child, reached = twins.do("fork", "run", ["pass"], "before the ledger", 1)
    assert reached == "before the ledger"
    done, *_rest = twins.do("run", "full")
    assert not done, "a second run was let in"
    os.kill(child, signal.SIGUSR1)
    assert twins.do("reap", child).startswith("done [true")
    check(twins)


def test_one_that_somebody_is_at_is_left_out(twins):
    """The other one has its turn all the same."""
    change(twins, random.Random(SEED))
    child, reached = twins.do("fork", "run", ["full"], "before the ledger", 1)
    assert reached == "before the ledger"
    before = twins.do("live")
    twins.do("run", "pass")
    assert twins.do("live") == before
    _together, differences = twins.do("compare_twins")
    assert differences, "the twin has seen the changes"
    os.kill(child, signal.SIGUSR1)
    assert twins.do("reap", child).startswith("done [true")
    _together, differences = twins.do("compare_twins")
    assert differences == []
    check(twins)


def test_without_a_lock_the_ledger_itself_refuses_the_second(twins):
    """Two turns of the same rules at once: the later one is undone, and looks again."""
    change(twins, random.Random(SEED))
    child, reached = twins.do("fork", "run", ["pass"], "before the ledger", 1)
    assert reached == "before the ledger"
    assert twins.do("run_without_lock", "pass")[0]
    found = twins.do("live")
    assert found == twins.do("expected")
    os.kill(child, signal.SIGUSR1)
    assert twins.do("reap", child).startswith("done [true")
    assert twins.do("live") == found
    check(twins)
