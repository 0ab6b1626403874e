"""Proves that the PDF of a long report whose maker is killed, with its process, goes on
with the part it was at: each part is printed and stands in it once, and who published
it is told once. 60 seconds."""

import pytest
from ledger.provider import Provider

# So many quotes make three parts.
QUOTES, PARTS = 125, 3


class Editions(Provider):
    steps = "editions"


@pytest.fixture(scope="module")
def provider(chain):
    provider = Editions(chain).start()
    provider.do("begin", QUOTES)
    yield provider
    provider.stop()


@pytest.mark.parametrize(
    ("phase", "nth", "kept"),
    [
        ("with a part printed", 2, 1),
        # The first time only how much there is to do is kept.
        ("before it is kept", 3, 1),
        ("once it is kept", 3, 2),
        # Put together and told, but not yet kept: told again, by whoever goes on.
        ("with the message", 1, PARTS),
    ],
)
def test_a_killed_maker_goes_on_and_makes_each_part_once(provider, phase, nth, kept):
    provider.do("start")
    provider.kill_at(phase, nth, "make")
    assert provider.do("count") == [kept, kept, False, 0]
    assert provider.do("make") == PARTS - kept
    assert provider.do("count") == [PARTS, 0, True, 1]
    assert provider.do("read") == {"1": QUOTES}
