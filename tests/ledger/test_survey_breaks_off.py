"""Proves that a survey whose sending is killed, with its process, asks nobody twice and
forgets nobody: it goes on with the next one, and says once that all are asked.
40 seconds."""

import pytest
from ledger.provider import Provider

PEOPLE, BATCH = 60, 20


class Surveys(Provider):
    steps = "surveys"


@pytest.fixture(scope="module")
def provider(chain):
    provider = Surveys(chain).start()
    provider.do("begin", PEOPLE)
    yield provider
    provider.stop()


@pytest.mark.parametrize(
    ("phase", "nth", "kept"),
    [
        ("with the answers to give", 2, BATCH),
        ("with the messages", 1, 0),
        # The first time only how much there is to do is kept.
        ("before it is kept", 3, BATCH),
        ("once it is kept", 3, 2 * BATCH),
    ],
)
def test_a_killed_survey_asks_nobody_twice_and_forgets_nobody(
    provider, phase, nth, kept
):
    provider.do("start")
    provider.kill_at(phase, nth, "send", BATCH)
    assert provider.do("count") == [kept, PEOPLE - kept, kept, kept, kept, 0]
    provider.do("send", BATCH)
    assert provider.do("count") == [PEOPLE, 0, PEOPLE, PEOPLE, PEOPLE, 1]
