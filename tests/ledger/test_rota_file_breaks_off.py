"""Proves that a file of shifts whose import is killed, with its process, leaves nothing
half done, and that the same file again is taken once. 20 seconds."""

import pytest
from ledger.provider import Provider

LINES = 60


class RotaFiles(Provider):
    steps = "rota_files"


@pytest.fixture(scope="module")
def provider(chain):
    provider = RotaFiles(chain).start()
    provider.do("begin")
    yield provider
    provider.stop()


@pytest.mark.parametrize(
    ("phase", "kept"),
    [("after the first lines", 0), ("before commit", 0), ("after commit", LINES)],
)
def test_a_killed_import_leaves_nothing_half_done(provider, phase, kept):
    provider.do("forget")
    provider.kill_at(phase, 1, "send", LINES)
    assert provider.do("count")[0] == kept
    assert provider.do("send", LINES) == [LINES, []]
    # Twelve months, and the one in which the week of 1 January begins.
    assert provider.do("count") == [LINES, LINES, 13]
