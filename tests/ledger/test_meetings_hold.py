"""Proves the same as test_rules_hold.py for a rule whose evidence depends on records
one and two steps away: who said yes to an interview, whose it is, and where. Takes a
minute; DUPQ_LEDGER_EXAMPLES=2000 tries longer, DUPQ_LEDGER_SEED another beginning."""

import pytest
from hypothesis import example, given, seed
from hypothesis import strategies as st
from ledger.provider import Provider
from ledger.story import EXAMPLES, SEED, SETTINGS, check, stories

pytestmark = pytest.mark.long

meetings = st.integers(0, 7)
applicants = guests = places = st.integers(0, 2)
organisers = st.integers(0, 1)
days = st.integers(-8, 75)
answers = st.sampled_from(["accepted", "declined", "needsAction"])

# What people do: name of a step in ledger.meetings, and its arguments.
CHANGES = (
    ("create_meeting", applicants, organisers, days, guests),
    ("reschedule", meetings, days),
    ("answer", meetings, guests, answers),
    ("answer_for_organiser", meetings, answers),
    ("invite", meetings, guests),
    ("turn_away", meetings, guests),
    ("organise", meetings, organisers),
    ("meet", meetings, st.none() | applicants),
    ("keep_private", meetings, st.sampled_from(["private", "public", False])),
    ("become", applicants, st.none() | guests),
    ("appoint", applicants, organisers),
    ("move_applicant", applicants, places),
    ("delete", st.just("meeting"), meetings),
    ("delete", st.just("guest"), guests),
    ("delete", st.just("applicant"), applicants),
    ("delete", st.just("department"), places),
    ("archive", st.just("meeting"), meetings),
    ("archive", st.just("applicant"), applicants),
    ("archive", st.just("guest"), guests),
    ("archive", st.just("organiser"), organisers),
    ("archive", st.just("service"), places),
    ("move_department", places, places),
    ("link_service", places, places),
    ("change_company", st.just("service"), places, organisers),
)


class Meetings(Provider):
    steps = "meetings"


@pytest.fixture(scope="module")
def provider(chain):
    provider = Meetings(chain).start()
    yield provider
    provider.stop()


@seed(SEED)
@SETTINGS
@given(story=stories(CHANGES))
@example(story=[("clock", 9)])
@example(story=[("do", ("answer", 0, 0, "declined"))])
@example(story=[("do", ("become", 0, 0))])
@example(story=[("do", ("delete", "guest", 1))])
@example(
    story=[
        ("do", ("answer", 1, 1, "declined")),
        ("run", "changes"),
        ("do", ("appoint", 1, 1)),
    ]
)
def check_stories(provider, story):
    check(provider, story)


def test_changes_and_everything_and_plain_sql_agree(provider):
    print(f"seed {SEED}, {EXAMPLES} examples")  # noqa: T201
    check_stories(provider)
