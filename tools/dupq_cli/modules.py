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
    manifests = {path.parent.name: path for path in _manifests()}
    depends = {name: ast.literal_eval(m.read_text()) for name, m in manifests.items()}
    order = []
    while len(order) < len(depends):
        free = [
            name
            for name in sorted(set(depends) - set(order))
            if not (set(depends[name]["depends"]) & set(depends)) - set(order)
        ]
        order += free
    return order


def dependencies():
    """What our addons need of Odoo."""
    needed = set()
    for manifest in _manifests():
        needed |= set(ast.literal_eval(manifest.read_text())["depends"])
    return sorted(needed - set(ours()))


def hashes():
    """One hash per addon of all its files but its tests."""
    return {name: _hash(paths.ADDONS / name) for name in ours()}


def _manifests():
    return sorted(paths.ADDONS.glob("*/__manifest__.py"))


def _hash(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.parts[0] == "tests" or "__pycache__" in inside.parts:
            continue
        if path.is_file():
            digest.update(str(inside).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
