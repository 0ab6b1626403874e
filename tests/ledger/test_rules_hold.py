"""Proves that after any sequence of changes a run over what has changed leaves the
ledger as a run over everything does, and as a plain SQL statement says. Takes half a
minute; DUPQ_LEDGER_EXAMPLES=2000 tries longer, DUPQ_LEDGER_SEED another beginning."""

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st
from ledger.provider import Provider

SEED = int(os.environ.get("DUPQ_LEDGER_SEED", "20260401"))
EXAMPLES = int(os.environ.get("DUPQ_LEDGER_EXAMPLES", "50"))

employees = st.integers(0, 3)
courses = st.integers(0, 7)
kinds = st.integers(0, 1)
days = st.integers(-8, 75)
places = st.integers(0, 2)

# What people do: name of a step in ledger.steps, and its arguments.
CHANGES = (
    ("create_course", employees, kinds, days),
    ("create_course", employees, st.just(0), st.integers(0, 59)),
    ("edit_course", courses, kinds, days),
    ("give_course", courses, employees),
    ("delete", st.just("course"), courses),
    ("delete", st.just("type"), kinds),
    ("delete", st.just("version"), courses),
    ("delete", st.just("member"), st.just(0)),
    ("delete", st.just("department"), places),
    ("turn_type", kinds),
    ("move", employees, places, days),
    ("correct_version", st.integers(0, 5), places),
    ("archive", st.just("employee"), employees),
    ("archive", st.just("service"), places),
    ("archive", st.just("department"), places),
    ("archive", st.just("version"), st.integers(0, 5)),
    ("change_company", st.just("employee"), employees, st.integers(0, 1)),
    ("change_company", st.just("service"), places, st.integers(0, 1)),
    ("move_department", places, places),
    ("link_service", places, places),
    ("change_member", st.just(0), places, days),
)
rules = st.one_of(
    st.tuples(st.just({}), kinds),
    st.tuples(st.just({"polarity": "not_yet"}), st.none()),
    st.tuples(st.just({"date_from": "2020-01-01"}), st.none()),
    st.tuples(st.just({"company_id": 1}), st.none()),
    st.tuples(st.just({"company_id": False}), st.none()),
)


@st.composite
def stories(draw):
    """A few kinds of changes for each story: many of them hide one another, because
    some have everything read again."""
    kinds_of_change = draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3))
    changes = st.sampled_from(kinds_of_change).flatmap(
        lambda change: st.tuples(st.just(change[0]), *change[1:])
    )
    doings = {
        "do": changes,
        "hold": changes,
        "release": st.none(),
        "rule": rules,
        "clock": st.integers(1, 30),
        "run": st.sampled_from(["changes", "changes", "full"]),
    }
    names = ["do"] * 6 + draw(
        st.lists(st.sampled_from(["hold", "release", "rule", "clock", "run"]))
    )
    doing = st.sampled_from(names).flatmap(
        lambda name: st.tuples(st.just(name), doings[name])
    )
    return draw(st.lists(doing, min_size=1, max_size=12))


class Story:
    """What happens to one provider, and what must be true of its ledger then."""

    def __init__(self, provider):
        self.provider = provider
        self.day, self.held, self.gone = 0, [], {}
        provider.do("begin", 6)
        self.last = self.provider.do("live")

    def tell(self, step, what):
        if step == "do":
            self.provider.try_(*what)
        elif step == "hold":
            key = len(self.held)
            self.provider.try_("hold", key, what[0], what[1:])
            self.held.append(key)
        elif step == "release":
            self.release()
        elif step == "rule":
            self.provider.do("change_rule", *what)
        elif step == "clock":
            self.day += what
            self.provider.do("set_clock", self.day)
        else:
            self.run(what)

    def release(self):
        for key in self.held:
            # What somebody else has changed in the meantime is refused, as ever.
            self.provider.try_("release_if_held", key)
        self.held = []

    def run(self, mode):
        done, state, mode_done, _count = self.provider.do("run", mode)
        assert (done, state) == (True, "on")
        self.last = self.provider.do("live")
        return mode_done

    def check(self):
        self.release()
        before = self.last
        expected = self.provider.do("expected")
        self.run("changes")
        found = self.last
        for record, row in before.items():
            # A source that was deleted takes nothing away.
            if not found.get(record, [True])[-1]:
                expected[record] = [*row[:-1], False]
        assert found == expected
        *_rest, count = self.provider.do("run", "full")
        assert count == 0, "a run over everything found more to do"
        assert self.provider.do("live") == found


@pytest.fixture(scope="module")
def provider(chain):
    provider = Provider(chain).start()
    yield provider
    provider.stop()


@seed(SEED)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(story=stories())
@example(story=[("clock", 20)])
@example(story=[("do", ("delete", "member", 0))])
@example(story=[("do", ("turn_type", 0))])
@example(story=[("do", ("correct_version", 0, 1)), ("do", ("delete", "version", 0))])
def check_stories(provider, story):
    told = Story(provider)
    for step, what in story:
        told.tell(step, what)
    told.check()


def test_changes_and_everything_and_plain_sql_agree(provider):
    print(f"seed {SEED}, {EXAMPLES} examples")  # noqa: T201
    check_stories(provider)


def test_a_transaction_that_stays_open_over_two_runs_is_not_missed(provider):
    story = Story(provider)
    story.tell("hold", ("create_course", 0, 0, 5))
    for _run in range(2):
        # More than the second to which a moment is rounded.
        time.sleep(1.1)
        assert story.run("changes") == "changes"
    missed = len(story.last)
    story.check()
    assert len(story.last) == missed + 1
