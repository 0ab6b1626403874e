"""./dupq test: which parts run, on which databases, with which arguments.

A whole run keeps all processors busy: our addons' tests on the two sets of modules, one
under pytest and one under Odoo's own runner, and beside them the tests of the product,
shared between as many processes as there are seats.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from . import browser, modules, node_env, paths, seats, test_parts, test_verdict
from .layers import DEMO, FULL, KINDS, MINIMAL, Layers
from .process import only_one
from .toolchain import Toolchain

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
        with TemporaryDirectory(prefix="dupq-seats-") as folder:
            yield from _whole(chain, layers, selection, variables, folder)
        return
    if selection.everywhere or selection.addons:
        for kind in selection.kinds:
            database, complaints = layers.prepare(kind)
            result = _addons(chain, kind, database, selection, variables)
            yield _with_install(result, complaints)
    if selection.everywhere or selection.repository:
        targets = selection.repository or ["tests"]
        processes = seats.count() if targets == ["tests"] else 1
        yield test_parts.repository(
            chain, targets, selection.args, variables, processes
        )


def _whole(chain, layers, selection, variables, folder):
    """The results of all parts, in their order; they work at the same time."""
    number = seats.count()
    # The addons' tests cannot be shared out: theirs are the first seats.
    taken = [seats.take(folder, number) for _part in range(2)]

    def on_a_copy(layer, kind, part, own_seat):
        with own_seat:
            database, complaints = layer.result()
            with _copy(chain, layers, database, kind) as copy:
                return _with_install(part(copy), complaints)

    def minimal(copy):
        return _addons(chain, MINIMAL, copy, selection, variables, is_beside=True)

    def full(copy):
        return test_parts.command_line(chain, FULL, copy)

    def product(layer):
        layer.result()
        sharing = {"DUPQ_SEATS": folder, "DUPQ_SEAT_COUNT": str(number)}
        return test_parts.repository(
            chain,
            ["tests"],
            selection.args,
            variables | sharing,
            number,
            is_beside=True,
        )

    with ThreadPoolExecutor(6) as pool:
        kinds = (MINIMAL, FULL, DEMO)
        ready = {kind: pool.submit(layers.prepare, kind) for kind in kinds}
        parts = (
            pool.submit(on_a_copy, ready[MINIMAL], MINIMAL, minimal, taken[0]),
            pool.submit(on_a_copy, ready[FULL], FULL, full, taken[1]),
            pool.submit(product, ready[DEMO]),
        )
        for part in parts:
            yield part.result()


@contextmanager
def _copy(chain, layers, database, kind):
    """A copy of a ready database: others clone that one meanwhile, and Odoo's own
    runner updates the addons."""
    copy = f"{chain.prefix}_test_{kind.name}"
    layers.db.clone(database, copy, brief=True)
    yield copy
    layers.db.drop(copy)


def _addons(chain, kind, database, selection, variables, is_beside=False):
    targets = selection.addons or _addon_folders(kind)
    return test_parts.addons(
        chain, kind, database, targets, selection.args, variables, is_beside
    )


def _with_install(result, complaints):
    result.complaints += [f"install: {line}" for line in complaints]
    return result


def _addon_folders(kind):
    there = modules.installed(kind.extra)
    folders = sorted(paths.ADDONS.glob("*/tests"))
    return [folder for folder in folders if folder.parent.name in there]
