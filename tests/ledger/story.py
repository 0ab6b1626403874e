"""What happens to a provider in any order, and what must be true of its ledger then."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

SEED = int(os.environ.get("DUPQ_LEDGER_SEED", "20260401"))
EXAMPLES = int(os.environ.get("DUPQ_LEDGER_EXAMPLES", "50"))
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)

rules = st.one_of(
    st.tuples(st.just({}), st.integers(0, 1)),
    st.tuples(st.just({"polarity": "not_yet"}), st.none()),
    st.tuples(st.just({"date_from": "2020-01-01"}), st.none()),
    st.tuples(st.just({"company_id": 1}), st.none()),
    st.tuples(st.just({"company_id": False}), st.none()),
)


@st.composite
def stories(draw, changes_known):
    """A few kinds of changes for each story: many of them hide one another, because
    some have everything read again.

    :param changes_known: tuples of the name of a step and strategies of its arguments
    """
    kinds_of_change = draw(
        st.lists(st.sampled_from(changes_known), min_size=1, max_size=3)
    )
    changes = st.sampled_from(kinds_of_change).flatmap(
        lambda change: st.tuples(st.just(change[0]), *change[1:])
    )
    doings = {
        "do": changes,
        "hold": changes,
        "release": st.none(),
        "rule": rules,
        "clock": st.integers(1, 30),
        "run": st.sampled_from(["changes", "pass", "full"]),
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
        self.run("pass")
        found = self.last
        for record, row in before.items():
            # A source that was deleted takes nothing away.
            if not found.get(record, [True])[-1]:
                expected[record] = [*row[:-1], False]
        assert found == expected
        *_rest, count = self.provider.do("run", "full")
        assert count == 0, "a run over everything found more to do"
        assert self.provider.do("live") == found


def check(provider, story):
    """Tell a story, and ask whether all agree on where it ended."""
    told = Story(provider)
    for step, what in story:
        told.tell(step, what)
    told.check()
