"""The life of a record as data: what a transition is, without any ORM."""

from contextlib import contextmanager
from dataclasses import dataclass

# Keys of what the engine keeps with the cursor. Nothing of it ever stands in a
# context, so that no client can send it and no other code finds it there.
STATE_GRANT = object()
GIVEN_REASON = object()


@dataclass(frozen=True)
class Transition:
    """One allowed move of a record from one state to another.

    :param name: the verb, as in ``action_<name>``
    :param source: the state, or tuple of states, it may start from
    :param target: the state it ends in
    :param group: XML id of the group whose members may take it (or a tuple)
    :param guard: name of a method giving ``{record: sentence}`` for the refused
    :param reason: whether the person has to say why
    :param deadline: name of the date field after which it is taken by itself
    :param internal: taken by other code only, and so without a button
    :param label: the words people see, if the name does not say it well
    :param remind: days before the deadline on which somebody is told
    :param escalate: pairs of days after the deadline and who is told then, each
        as in ``tell``
    :param tell: who is told, then and when the step is refused on its day: a field
        of the record with the user, or the XML id of a group; else the ``group``

    >>> publish = Transition("publish", source="draft", target="active")
    >>> publish.sources, publish.title
    (('draft',), 'Publish')
    >>> Transition("x", source="a", target="b", remind=(30,))
    Traceback (most recent call last):
    ValueError: x: nobody can be reminded of a step without a deadline
    """

    name: str
    source: str | tuple[str, ...]
    target: str
    group: str | tuple[str, ...] | None = None
    guard: str | None = None
    reason: bool = False
    deadline: str | None = None
    label: str | None = None
    remind: tuple[int, ...] = ()
    escalate: tuple[tuple[int, str], ...] = ()
    tell: str | None = None
    internal: bool = False

    def __post_init__(self):
        if (self.remind or self.escalate) and not self.deadline:
            raise ValueError(
                f"{self.name}: nobody can be reminded of a step without a deadline"
            )

    @property
    def sources(self):
        """The states this move may start from, always as a tuple."""
        return _as_tuple(self.source)

    @property
    def groups(self):
        """The groups whose members may take this move, always as a tuple."""
        return _as_tuple(self.group)

    @property
    def title(self):
        """The words people see for this move."""
        return str(self.label or self.name.replace("_", " ").capitalize())

    def is_done(self, state):
        """Whether a record in ``state`` has this move behind it.

        >>> Transition("close", source="open", target="done").is_done("done")
        True
        """
        return state == self.target and state not in self.sources


def _as_tuple(value):
    """
    >>> _as_tuple(None), _as_tuple("a"), _as_tuple(("a", "b"))
    ((), ('a',), ('a', 'b'))
    """
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


@contextmanager
def kept_with_cursor(cr, key, value):
    """Keep ``value`` under the object ``key`` while the block runs.

    What was kept before, by a move around this one, is there again afterwards.
    """
    before = cr.cache.get(key)
    cr.cache[key] = value
    try:
        yield value
    finally:
        cr.cache.pop(key, None)
        if before is not None:
            cr.cache[key] = before


@dataclass
class StateGrant:
    """The leave to write one state, once, on the records of one move."""

    model: str
    ids: set
    state: str

    def use(self, model, ids, state):
        """Whether these records may be written now; they may not a second time.

        >>> grant = StateGrant("x", {1, 2}, "done")
        >>> grant.use("x", [1], "draft"), grant.use("x", [3], "done")
        (False, False)
        >>> grant.use("x", [1, 2], "done"), grant.use("x", [1], "done")
        (True, False)
        """
        if (model, state) != (self.model, self.state) or not self.ids.issuperset(ids):
            return False
        self.ids.difference_update(ids)
        return True
