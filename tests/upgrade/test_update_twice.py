"""Proves that updating our addons twice changes nothing of what a provider loaded,
translated, added or changed, and that no update complains. Takes about a minute."""

import json
from pathlib import Path

import pytest
from dupq_cli import modules, paths
from dupq_cli.layers import FULL, Layers

pytestmark = pytest.mark.long
FILL = Path(__file__).with_name("fill.py")
# What of Odoo's own tables is ours to keep: the names of our records, and the user's
# choice of wording.
OTHERS = {
    "ir_model_data": "SELECT module, name, model, res_id, noupdate FROM ir_model_data"
    " WHERE model LIKE 'dupq.%'",
    "res_users": "SELECT id, dupq_wording_kind FROM res_users",
}


class Provider:
    """A database in which somebody has worked, and its updates."""

    def __init__(self, chain, name):
        self.chain, self.name = chain, name
        self.db = Layers(chain).db
        self.log = paths.logs() / f"{name}.log"
        self.log.unlink(missing_ok=True)

    def fill(self):
        with open(FILL) as script:
            return self.chain.odoo(self.name, "shell", log=self.log, stdin=script)

    def update(self):
        """Update our addons as an administrator does; return what the log complains."""
        ours = ",".join(modules.hashes())
        return self.chain.odoo(
            self.name, "server", "-u", ours, "--stop-after-init", log=self.log
        )

    def picture(self):
        """Every row of every table of ours: {table: {row as JSON}}."""
        tables = self.db.sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema ="
            " 'public' AND table_type = 'BASE TABLE' AND table_name LIKE 'dupq%'",
            self.name,
        )
        queries = {table: f'SELECT * FROM "{table}"' for (table,) in tables} | OTHERS
        return {table: self._rows(query) for table, query in queries.items()}

    def _rows(self, query):
        rows = self.db.sql(f"SELECT to_json(t) FROM ({query}) t", self.name)
        return {row for (row,) in rows}


@pytest.fixture
def provider(chain):
    layers = Layers(chain)
    source, complaints = layers.prepare(FULL)
    assert not complaints, f"the install log complains: {complaints}"
    name = f"{chain.prefix}_update_twice"
    layers.db.clone(source, name, brief=True)
    yield Provider(chain, name)
    layers.db.drop(name)


def differences(before, after):
    """Rows that one picture has and the other has not, by table."""
    return {
        f"{table} {word}": sorted(rows)[:5]
        for table in before.keys() | after.keys()
        for word, rows in {
            "lost": before.get(table, set()) - after.get(table, set()),
            "gained": after.get(table, set()) - before.get(table, set()),
        }.items()
        if rows
    }


def test_updating_twice_changes_nothing_and_complains_of_nothing(provider):
    untouched = provider.picture()
    assert provider.fill() == []
    before = provider.picture()
    wordings = [json.loads(row) for row in before["dupq_code_wording"]]
    assert len(wordings) == 99, "98 official wordings, one of them translated"
    assert len(before["dupq_code_question"]) == len(untouched["dupq_code_question"]) + 1

    for turn in ("first", "second"):
        assert provider.update() == [], f"the {turn} update complains"
        assert differences(before, provider.picture()) == {}, f"after the {turn} update"
