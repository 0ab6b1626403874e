"""Proves that after any sequence of changes a run over what has changed leaves the
ledger as a run over everything does, and as a plain SQL statement says. Takes half a
minute; DUPQ_LEDGER_EXAMPLES=2000 tries longer, DUPQ_LEDGER_SEED another beginning."""

import time

import pytest
from hypothesis import example, given, seed
from hypothesis import strategies as st
from ledger.provider import Provider
from ledger.story import EXAMPLES, SEED, SETTINGS, Story, check, stories

pytestmark = pytest.mark.long

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


@pytest.fixture(scope="module")
def provider(chain):
    provider = Provider(chain).start()
    yield provider
    provider.stop()


@seed(SEED)
@SETTINGS
@given(story=stories(CHANGES))
@example(story=[("clock", 20)])
@example(story=[("do", ("delete", "member", 0))])
@example(story=[("do", ("turn_type", 0))])
@example(story=[("do", ("correct_version", 0, 1)), ("do", ("delete", "version", 0))])
def check_stories(provider, story):
    check(provider, story)


def test_changes_and_everything_and_plain_sql_agree(provider):
    print(f"seed {SEED}, {EXAMPLES} examples")  # noqa: T201
    check_stories(provider)


@pytest.mark.parametrize("mode", ["changes", "pass"])
def test_a_transaction_that_stays_open_over_two_runs_is_not_missed(provider, mode):
    story = Story(provider)
    story.tell("hold", ("create_course", 0, 0, 5))
    for _run in range(2):
        # More than the second to which a moment is rounded.
        time.sleep(1.1)
        assert story.run(mode) == "changes"
    missed = len(story.last)
    story.check()
    assert len(story.last) == missed + 1
