"""Our addons: what they are, what they stand on, and whether they changed."""

import ast
import hashlib

from . import paths

# Installed beside our addons' own dependencies in the full set, and only there.
EXTRA = (
    "website",
    "website_hr_recruitment",
    "website_slides",
    "hr_skills_slides",
    "event",
    "hr_skills_event",
    "hr_holidays",
)


def ours():
    """Names of our addons, those that others build on first."""
    depends = {name: set(facts["depends"]) for name, facts in _manifests().items()}
    order = []
    while len(order) < len(depends):
        free = [
            name
            for name in sorted(set(depends) - set(order))
            if not (depends[name] & set(depends)) - set(order)
        ]
        order += free
    return order


def bridges():
    """Our addons that Odoo installs by itself beside a module which the others do
    without, and what they need of Odoo: {name: set of modules}."""
    found = _manifests()
    return {
        name: set(facts["depends"]) - set(found)
        for name, facts in found.items()
        if facts.get("auto_install")
    }


def installed(extra=()):
    """Names of our addons that are there beside our dependencies and some modules
    more, those that others build on first."""
    present = {*dependencies(), *extra}
    absent = [name for name, needed in bridges().items() if needed - present]
    return [name for name in ours() if name not in absent]


def dependencies():
    """What our addons need of Odoo, bridges excepted."""
    found, needed = _manifests(), set()
    for name in set(found) - set(bridges()):
        needed |= set(found[name]["depends"])
    return sorted(needed - set(found))


def hashes():
    """One hash per addon of all its files but its tests."""
    return {name: _hash(paths.ADDONS / name) for name in ours()}


def _manifests():
    found = sorted(paths.ADDONS.glob("*/__manifest__.py"))
    return {path.parent.name: ast.literal_eval(path.read_text()) for path in found}


def _hash(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.parts[0] == "tests" or "__pycache__" in inside.parts:
            continue
        if path.is_file():
            digest.update(str(inside).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
