"""Proves that a run that is killed, with its process or with PostgreSQL, leaves neither
a duplicate nor a hole, and that two runs of a rule keep apart. Takes two minutes;
DUPQ_LEDGER_KILLS=20 kills more often, DUPQ_LEDGER_SEED at other moments."""

import os
import random
import signal

import pytest
from dupq_cli.layers import MINIMAL, Layers
from ledger.cluster import copy_database, on_cluster
from ledger.provider import Provider, Refused

pytestmark = pytest.mark.long
SEED = int(os.environ.get("DUPQ_LEDGER_SEED", "20260401"))
KILLS = int(os.environ.get("DUPQ_LEDGER_KILLS", "4"))
PHASES = (
    "before the ledger",
    "after the withdrawals",
    "after the insert",
    "after the figures",
    "before commit",
    "after commit",
)
# PostgreSQL is killed KILLS times in each. The process is killed half as often, but in
# a run over everything, in one over changes, and in a pass of all rules: six times.
COURSES, BATCH = 40, 8


@pytest.fixture(scope="module")
def provider(chain):
    provider = Provider(chain).start()
    begin(provider)
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def killed_provider(chain, tmp_path_factory):
    """On a PostgreSQL of its own, which is killed."""
    home = tmp_path_factory.mktemp("cluster")
    home.chmod(0o755)
    other = on_cluster(chain, home)
    provider = Provider(other)
    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    # Of a copy: whoever clones a ready database cuts what is open on it.
    copy = f"{chain.prefix}_dumped_{os.getpid()}"
    layers.db.clone(source, copy, brief=True)
    copy_database(chain, copy, other, provider.name)
    layers.db.drop(copy)
    provider.open()
    begin(provider)
    yield provider
    provider.close()
    other.postgres.remove()


def begin(provider):
    provider.do("set_batch", BATCH)
    provider.do("begin", COURSES)


def check(provider):
    """A run to the end, and the ledger is as it must be."""
    done, state, *_rest = provider.do("run_when_free")
    assert (done, state) == (True, "on")
    found = provider.do("live")
    # A source that was deleted takes nothing away.
    there = {record: row for record, row in found.items() if row[-1]}
    assert there == provider.do("expected")
    assert provider.do("find_faults") == []


def change(provider, chance):
    """Much has changed in the provider's records since the last run."""
    provider.do("change_much", chance.randrange(10**6))


def some(chance, phase):
    """How often a phase is met before the kill: not every step has withdrawals."""
    return 1 if phase == "after the withdrawals" else chance.randint(1, 4)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("mode", ["full", "changes", "pass"])
def test_a_killed_process_leaves_neither_duplicate_nor_hole(provider, phase, mode):
    chance = random.Random(f"{SEED} {phase} {mode}")
    print(f"seed {SEED}, {KILLS // 2} kills")  # noqa: T201
    for _kill in range(KILLS // 2):
        change(provider, chance)
        provider.kill_at(phase, some(chance, phase), "run", mode)
        check(provider)


@pytest.mark.parametrize("phase", PHASES)
def test_a_killed_postgresql_leaves_neither_duplicate_nor_hole(killed_provider, phase):
    provider = killed_provider
    chance = random.Random(f"{SEED} {phase}")
    print(f"seed {SEED}, {KILLS} kills")  # noqa: T201
    for _kill in range(KILLS):
        change(provider, chance)
        child, reached = provider.do(
            "fork", "run", ["full"], phase, some(chance, phase)
        )
        assert reached == phase
        provider.chain.postgres.kill()
        os.kill(child, signal.SIGUSR1)
        # It finds out by itself, and has nothing to hold on to.
        assert provider.do("reap", child).startswith("failed")
        provider.do("reset")
        check(provider)


def test_two_runs_of_a_rule_exclude_each_other(provider):
    """The second one does nothing, and the first one does not notice."""
    chance = random.Random(SEED)
    for phase in PHASES:
        change(provider, chance)
        child, reached = provider.do(
            "fork", "run", ["full"], phase, some(chance, phase)
        )
        assert reached == phase
        done, _state, _mode, _count = provider.do("run", "full")
        assert not done, "a second run was let in"
        os.kill(child, signal.SIGUSR1)
        assert provider.do("reap", child).startswith("done [true")
        check(provider)


def test_a_run_that_lost_its_lock_undoes_its_step(provider):
    """As when the connection that held the lock was cut: the check that remains."""
    chance = random.Random(SEED)
    change(provider, chance)
    child, reached = provider.do("fork", "run", ["full"], "before the ledger", 2)
    assert reached == "before the ledger"
    done, *_rest = provider.do("run_without_lock", "full")
    assert done
    os.kill(child, signal.SIGUSR1)
    provider.do("reap", child)
    check(provider)


def test_two_at_one_item_is_no_reason_to_pause_a_rule(provider):
    """Somebody withdraws what a run is about to change: the run looks again."""
    provider.do("begin", COURSES)
    provider.do("edit_course", 0, 0, 7)
    child, reached = provider.do(
        "fork", "take_turn", ["changes"], "before the ledger", 1
    )
    assert reached == "before the ledger"
    item = provider.do("withdraw", 0)
    os.kill(child, signal.SIGUSR1)
    assert provider.do("reap", child) == 'done [true, "on"]'
    states = provider.sql(
        f"SELECT e.state FROM dupq_evidence e, dupq_evidence w WHERE w.id = {item}"
        " AND e.rule_id = w.rule_id AND e.res_id = w.res_id ORDER BY e.id"
    )
    # Withdrawn by hand, and changed since: somebody is asked again.
    assert states == [["withdrawn"], ["proposed"]]


def test_without_the_fencing_these_tests_find_the_fault(chain):
    """Neither lock nor check nor index: the same two runs, and duplicates."""
    provider = Provider(chain).start()
    try:
        begin(provider)
        provider.do("set_batch", 1000)
        provider.do("create_course", 0, 0, 5)
        provider.do("remove_fencing")
        child, reached = provider.do("fork", "run", ["full"], "before the ledger", 1)
        assert reached == "before the ledger"
        done, *_rest = provider.do("run", "full")
        assert done, "without a lock nobody waits"
        os.kill(child, signal.SIGUSR1)
        provider.do("reap", child)
        with pytest.raises(Refused, match="twice"):
            check(provider)
    finally:
        provider.stop()
