"""Proves that each addon's .pot has every text that can be translated, and no other.
Takes half a minute."""

import os

import pytest
from dupq_cli import modules, pot_verb
from dupq_cli.layers import Layers

AGAIN = "Run ./dupq translations"


@pytest.fixture(scope="module")
def get_copy(chain):
    """A copy of a ready database: whoever clones that one cuts what is open on it."""
    layers, copies = Layers(chain), {}

    def get_copy(kind):
        if kind.name not in copies:
            source, _complaints = layers.prepare(kind)
            copies[kind.name] = f"{chain.prefix}_pot_{kind.name}_{os.getpid()}"
            layers.db.clone(source, copies[kind.name], brief=True)
        return copies[kind.name]

    yield get_copy
    for copy in copies.values():
        layers.db.drop(copy)


@pytest.mark.parametrize("name", modules.ours())
def test_pot_is_up_to_date(chain, get_copy, name, tmp_path):
    database = get_copy(pot_verb.kind_with(name))
    fresh = pot_verb.messages(pot_verb.export(chain, database, name, tmp_path))
    kept = pot_verb.messages(pot_verb.shipped(name))
    assert sorted(fresh - kept) == [], AGAIN
    assert sorted(kept - fresh) == [], AGAIN


@pytest.mark.parametrize("name", modules.ours())
def test_pot_has_no_date_on_which_branches_conflict(name):
    text = pot_verb.shipped(name).read_text()
    assert text == pot_verb.undated(text)


def test_messages_are_read_as_written(tmp_path):
    path = tmp_path / "x.pot"
    path.write_text(
        'msgid ""\nmsgstr ""\n"A: B\\n"\n\n#. module: x\n'
        'msgid "One \\"word\\""\nmsgstr ""\n\n'
        'msgid ""\n"Two\\n"\n"lines"\nmsgstr ""\n'
    )
    assert pot_verb.messages(path) == {'One "word"', "Two\nlines"}
