"""Adding up a test run, and every reason to call it failed."""

from fnmatch import fnmatchcase

from . import paths
from .console import say

SKIPS = paths.TESTS / "allowed_skips.txt"
FLOOR = paths.TESTS / "floor.txt"
BECAUSE = " because "


def tell(results, complete):
    """Print the last lines of a run; true when all is well."""
    problems = list(_problems(results, complete))
    say("\n" + "=" * 72)
    for result in results:
        say(
            f"{result.part:24} {result.passed:5} passed {len(result.failed):4} failed "
            f"{len(result.skipped):4} skipped"
        )
    for problem in problems:
        say(f"PROBLEM: {problem}")
    if not complete:
        say("This was a selection, so the floor of tests was not asked for.")
    _totals(results)
    return not problems


def _totals(results):
    passed = sum(result.passed for result in results)
    failed = sum(len(result.failed) for result in results)
    skipped = sum(len(result.skipped) for result in results)
    say(f"tours run: {sum(result.tours for result in results)}")
    say(f"axe pages checked: {sum(result.axe_pages for result in results)}")
    say(f"{passed} passed, {failed} failed, {skipped} skipped")


def _problems(results, complete):
    allowed = [pattern for pattern, _why in allowed_skips()]
    for result in results:
        for test in result.failed:
            yield f"{result.part}: failed: {test}"
        for complaint in dict.fromkeys(result.complaints):
            yield f"{result.part}: {complaint}"
        for test, reason in result.skipped.items():
            if not any(fnmatchcase(test, pattern) for pattern in allowed):
                yield f"{result.part}: skipped without leave: {test} ({reason})"
    if not sum(result.passed + len(result.failed) for result in results):
        yield "no test ran at all"
    if complete:
        yield from _below_floor(results)


def _below_floor(results):
    floors = floor()
    for part in floors.keys() - {result.part for result in results}:
        yield f"{part}: was not run"
    for result in results:
        if result.collected < floors.get(result.part, 0):
            yield (
                f"{result.part}: {result.collected} tests collected, fewer than the "
                f"{floors[result.part]} that tests/floor.txt asks for"
            )
    counts = {r.part: r.collected - r.of_bridges for r in results}
    under_pytest = counts.get("addons, minimal", 0)
    by_odoo = counts.get("addons, full", under_pytest)
    if by_odoo < under_pytest:
        yield (
            f"Odoo's command line ran {by_odoo} tests where pytest found "
            f"{under_pytest}: a test file is missing from some tests/__init__.py"
        )


def allowed_skips():
    """(pattern of test ids, reason) of each skip that is right."""
    return [tuple(line.split(BECAUSE, 1)) for line in _lines(SKIPS) if BECAUSE in line]


def floor():
    """Tests that each part must at least collect."""
    pairs = [line.rsplit(":", 1) for line in _lines(FLOOR)]
    return {part.strip(): int(number) for part, number in pairs}


def _lines(path):
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.strip() for line in lines if line.strip() and line[0] != "#"]
