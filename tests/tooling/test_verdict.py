"""What makes ./dupq test fail, and what its last lines say. Under a second."""

import pytest
from dupq_cli import logs, test_verdict
from dupq_cli.test_parts import Result


@pytest.fixture(autouse=True)
def house(tmp_path, monkeypatch):
    """A floor and allowed skips of our own."""
    (tmp_path / "skips").write_text("tests/a.py::* because the moon is full\n")
    (tmp_path / "floor").write_text("# a remark\naddons, minimal: 3\ntests: 1\n")
    monkeypatch.setattr(test_verdict, "SKIPS", tmp_path / "skips")
    monkeypatch.setattr(test_verdict, "FLOOR", tmp_path / "floor")


def _minimal(**facts):
    return Result(**{"part": "addons, minimal", "collected": 3, "passed": 3} | facts)


def test_clean_run_is_well(capsys):
    results = [_minimal(tours=2), Result("tests", 4, 4, axe_pages=5)]
    assert test_verdict.tell(results, complete=True)
    out = capsys.readouterr().out.splitlines()
    assert out[-3:] == [
        "tours run: 2",
        "axe pages checked: 5",
        "7 passed, 0 failed, 0 skipped",
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"passed": 2, "failed": ["t::x"]}, "failed: t::x"),
        ({"skipped": {"tests/b.py::x": "tired"}}, "skipped without leave"),
        ({"collected": 2}, "fewer than the 3"),
        ({"complaints": ["WARNING odoo.x: off"]}, "WARNING odoo.x: off"),
        ({"passed": 0}, "no test ran at all"),
    ],
)
def test_each_reason_to_fail(facts, words, capsys):
    assert not test_verdict.tell([_minimal(**facts)], complete=True)
    assert words in capsys.readouterr().out


def test_part_that_was_not_run_is_noticed(capsys):
    assert not test_verdict.tell([_minimal()], complete=True)
    assert "tests: was not run" in capsys.readouterr().out
    assert test_verdict.tell([_minimal()], complete=False)


def test_skip_with_a_reason_on_the_list_is_well():
    results = [
        _minimal(skipped={"tests/a.py::test_x": "the moon"}),
        Result("tests", 1, 1),
    ]
    assert test_verdict.tell(results, complete=True)


def test_floor_is_not_asked_of_a_selection():
    assert test_verdict.tell([_minimal(collected=1, passed=1)], complete=False)


def test_file_that_no_init_imports_is_noticed(capsys):
    by_odoo = Result("addons, full", collected=2, passed=2)
    assert not test_verdict.tell([_minimal(), by_odoo], complete=True)
    assert "missing from some tests/__init__.py" in capsys.readouterr().out


def test_a_bridge_does_not_hide_a_file_that_no_init_imports(capsys):
    by_odoo = Result("addons, full", collected=4, passed=4, of_bridges=2)
    assert not test_verdict.tell([_minimal(), by_odoo], complete=True)
    assert "ran 2 tests where pytest found 3" in capsys.readouterr().out


def test_log_lines_that_count():
    text = (
        "2026-01-01 10:00:00,000 7 INFO db odoo.a: fine\n"
        "2026-01-01 10:00:00,000 7 WARNING db odoo.b: off\n"
        "Traceback (most recent call last):\n"
        "2026-01-01 10:00:00,000 7 \x1b[1;31mERROR\x1b[0m ? odoo.c: broken\n"
    )
    assert logs.complaints(text) == ["WARNING odoo.b: off", "ERROR odoo.c: broken"]


def test_no_query_is_noise_and_each_has_its_answer():
    """Servers of tests let pass what Odoo tries again; see tests/harness/server.py."""
    query = "odoo.sql_db: bad query: b' UPDATE \"discuss_channel_member\" SET'"
    text = (
        f"2026-01-01 10:00:00,000 7 ERROR db {query}\n"
        "ERROR: could not serialize access due to concurrent update\n\n"
        f"2026-01-01 10:00:00,000 7 ERROR db {query}\n"
    )
    answer = "ERROR: could not serialize access due to concurrent update"
    assert logs.complaints(text) == [f"ERROR {query} {answer}", f"ERROR {query}"]


def test_each_noise_has_a_reason():
    assert all(why for _name, _start, why in logs.NOISE)


def test_real_lists_can_be_read(monkeypatch):
    monkeypatch.undo()
    assert all(why for _pattern, why in test_verdict.allowed_skips())
    assert set(test_verdict.floor()) == {"addons, minimal", "addons, full", "tests"}
