"""Proves that docs/requirements.md names every requirement, and only places and
tests that exist. Takes a second."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/requirements.md"
IDS = [
    *(f"C{number:02}" for number in range(1, 47)),
    *(f"A{number:02}" for number in range(1, 62)),
    *(f"T{number:02}" for number in range(1, 12)),
    *(f"X{number:02}" for number in range(1, 4)),
]
ROW = re.compile(r"^\| ([A-Z]\d\d) \| (.+?) \| (.*?) \| ?(.*?) ?\|$")
CODE = re.compile(r"`([^`]+)`")


def rows():
    lines = PAGE.read_text().splitlines()
    return [found.groups() for line in lines if (found := ROW.match(line))]


def test_every_requirement_has_one_row():
    assert [row[0] for row in rows()] == IDS


@pytest.mark.parametrize("identifier, _name, place, proof", rows())
def test_named_places_and_tests_exist(identifier, _name, place, proof):
    if place == "planned":
        assert not proof, f"{identifier} is planned, so no test can prove it"
        return
    places, proofs = CODE.findall(place), CODE.findall(proof)
    assert places, f"{identifier} names no file"
    assert proofs, f"{identifier} is claimed, and no test is named"
    for path in places:
        assert (ROOT / path).exists(), f"{identifier}: {path} does not exist"
    for proof_name in proofs:
        path, _, function = proof_name.partition("::")
        assert (ROOT / path).is_file(), f"{identifier}: {path} does not exist"
        if function:
            assert f"def {function}(" in (ROOT / path).read_text(), proof_name
