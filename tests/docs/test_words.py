"""Proves that no text a person can read in our addons and pages judges anybody by the
Code (A13), or is spelt the American way. Reads the sources; takes a second."""

import ast
import re
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
ADDONS = sorted(
    path
    for path in ROOT.glob("addons/dupq_*/**/*")
    if not {"tests", "lib"} & set(path.relative_to(ROOT).parts)
)
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md")]
PAGES += ROOT.glob("addons/dupq_*/README.rst")

JUDGING = re.compile(
    r"\b(pass(es|ed|ing)?|fail(s|ed|ing|ures?)?|certif\w+|(non-)?complian(t|ce))\b",
    re.I,
)
# What the words mean here has nothing to do with the Code.
ALLOWED = (
    "deadline has passed",
    "deadline has already passed",
    "date had passed",
    "bus pass",
    "Skill or certificate",
    "A test fails when",
    "No pass/fail",
    "test_pages_never_speak_of_passing_or_failing",
)
AMERICAN = re.compile(
    r"\b(colors?|colored|favorites?|behaviors?|centers?|organi[z]\w+|recogni[z]\w+"
    r"|anonymi[z]\w+|apologi[z]\w+|summari[z]\w+|prioriti[z]\w+|canceled"
    r"|enrollment|fulfill|labor|neighbors?|judgment|learned the|moms?)\b",
    re.I,
)
SHOWN = ("string", "help", "placeholder", "title", "confirm", "aria-label", "sum")


def texts_of_python(path):
    """Its strings but for docstrings; a lone lower-case word is a name."""
    tree = ast.parse(path.read_text())
    statements = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree):
        text = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
        is_shown = isinstance(text, str) and id(node) not in statements
        if is_shown and re.search(r"[A-Z ]", text):
            yield text


def texts_of_xml(path):
    for element in etree.parse(path).iter(etree.Element):
        yield from (element.get(name, "") for name in SHOWN)
        yield element.text or ""
        yield element.tail or ""


def texts_of_script(path):
    yield from re.findall(r'_t\(\s*"([^"]+)"', path.read_text())


READERS = {".py": texts_of_python, ".xml": texts_of_xml, ".js": texts_of_script}


def shown_texts():
    for path in ADDONS:
        # A list of words that are better not used.
        if path.name == "dupq_glossary_term_data.xml":
            continue
        if path.suffix in READERS:
            for text in READERS[path.suffix](path):
                yield path.relative_to(ROOT), " ".join(text.split())
    for path in PAGES:
        yield path.relative_to(ROOT), " ".join(path.read_text().split())


def found(pattern):
    for path, text in shown_texts():
        for allowed in ALLOWED:
            text = text.replace(allowed, "")
        yield from (f"{path}: {hit[0]}" for hit in pattern.finditer(text))


def test_there_is_something_to_read():
    texts = {text for _path, text in shown_texts()}
    assert len(texts) > 2000
    assert {"Skill or certificate", "Lock my scores", "What we will do"} <= texts


def test_nobody_is_judged():
    assert not list(found(JUDGING))


def test_spelling_is_british():
    assert not list(found(AMERICAN))


@pytest.mark.parametrize(
    "text", ["You have passed", "Not compliant", "a Certificate", "This fails"]
)
def test_a_word_of_judgement_would_be_found(text):
    assert JUDGING.search(text)
