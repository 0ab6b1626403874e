"""./dupq test: which parts run, on which databases, with which arguments.

A whole run uses two processors: our addons' tests on the two sets of modules side by
side, one under pytest and one under Odoo's own runner, then the tests of the product
shared between processes.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import browser, modules, node_env, paths, test_parts, test_verdict
from .layers import FULL, KINDS, MINIMAL, Layers
from .process import only_one
from .toolchain import Toolchain

MOST_PROCESSES = 4  # each may hold an Odoo server and a browser
MORE_SELECTORS = ("-m", "--lf", "--last-failed", "--deselect", "--ignore")


def test(options):
    with only_one("test"):
        selection = Selection(options)
        variables = _prepare(options)
        chain = Toolchain.ready()
        results = list(_run(chain, selection, variables))
    return not test_verdict.tell(results, selection.is_complete)


class Selection:
    """What the command line asks for."""

    def __init__(self, options):
        paths_given = [arg for arg in options.rest if _is_path(arg)]
        self.args = [arg for arg in options.rest if arg not in paths_given]
        if options.k:
            self.args += ["-k", options.k]
        chosen = [f"addons/{name}/tests" for name in options.addon] + paths_given
        self.addons = [arg for arg in chosen if _part(arg) == "addons"]
        self.repository = [arg for arg in chosen if _part(arg) != "addons"]
        selectors = any(arg.startswith(MORE_SELECTORS) for arg in self.args)
        self.everywhere = not chosen
        self.is_complete = not (
            chosen or options.k or selectors or options.browser or options.set
        )
        self.kinds = self._kinds(options.set)

    def _kinds(self, wanted):
        if wanted in KINDS:
            return [KINDS[wanted]]
        if wanted or self.is_complete:
            return [MINIMAL, FULL]
        # A bridge that is asked for by name is only in the full set.
        asked = {_addon(arg) for arg in self.addons}
        return [MINIMAL] if asked <= set(modules.installed()) else [FULL]


def _is_path(arg):
    return not arg.startswith("-") and (paths.CHECKOUT / arg.split("::")[0]).exists()


def _part(arg):
    path = (paths.CHECKOUT / arg.split("::")[0]).resolve()
    return path.relative_to(paths.CHECKOUT).parts[0]


def _addon(arg):
    """Name of the addon that a path lies in."""
    path = (paths.CHECKOUT / arg.split("::")[0]).resolve()
    return path.relative_to(paths.ADDONS).parts[0]


def _prepare(options):
    """Variables that tell the tests which browser and which tests are wanted."""
    if options.no_browser:
        return {"DUPQ_BROWSER_TESTS": "without"}
    with ThreadPoolExecutor() as pool:
        chromium, axe = pool.submit(browser.get), pool.submit(node_env.axe_core)
        folder = browser.bin_folder(chromium.result())
        axe.result()
    variables = {"DUPQ_CHROMIUM": str(folder / "google-chrome")}
    if options.browser:
        variables["DUPQ_BROWSER_TESTS"] = "only"
    return variables


def _run(chain, selection, variables):
    layers = Layers(chain)
    if "DUPQ_CHROMIUM" in variables:
        chain.extra_path.append(Path(variables["DUPQ_CHROMIUM"]).parent)
    if selection.is_complete and "DUPQ_BROWSER_TESTS" not in variables:
        yield from _side_by_side(
            lambda: _addons(chain, layers, MINIMAL, selection, variables),
            lambda: _command_line(chain, layers, FULL),
        )
    elif selection.everywhere or selection.addons:
        for kind in selection.kinds:
            yield _addons(chain, layers, kind, selection, variables)
    if selection.everywhere or selection.repository:
        targets = selection.repository or ["tests"]
        is_all = targets == ["tests"]
        processes = min(os.cpu_count(), MOST_PROCESSES) if is_all else 1
        yield test_parts.repository(
            chain, targets, selection.args, variables, processes
        )


def _side_by_side(*parts):
    """The results of parts that run at the same time, in their order."""
    with ThreadPoolExecutor() as pool:
        for future in [pool.submit(part) for part in parts]:
            yield future.result()


def _addons(chain, layers, kind, selection, variables):
    database, complaints = layers.prepare(kind)
    targets = selection.addons or _addon_folders(kind)
    result = test_parts.addons(
        chain, kind, database, targets, selection.args, variables
    )
    result.complaints += [f"install: {line}" for line in complaints]
    return result


def _addon_folders(kind):
    there = modules.installed(kind.extra)
    folders = sorted(paths.ADDONS.glob("*/tests"))
    return [folder for folder in folders if folder.parent.name in there]


def _command_line(chain, layers, kind):
    """Odoo updates the addons while it tests them: on a copy."""
    source, complaints = layers.prepare(kind)
    copy = f"{chain.prefix}_command_line"
    layers.db.clone(source, copy, brief=True)
    result = test_parts.command_line(chain, kind, copy)
    layers.db.drop(copy)
    result.complaints += [f"install: {line}" for line in complaints]
    return result
