import doctest
import importlib
import pkgutil


def run_doctests(package):
    """Run the examples in all docstrings of an addon, its tests left out.

    Odoo's own runner collects methods of test classes only, never doctests.

    :param package: the addon as a module
    :return: how many examples ran, and the names of modules where one failed
    """
    attempted, failed = 0, []
    prefix = f"{package.__name__}."
    for info in pkgutil.walk_packages(package.__path__, prefix):
        name = info.name.removeprefix(prefix)
        if name.split(".")[0] in ("tests", "migrations"):
            continue
        result = doctest.testmod(importlib.import_module(info.name))
        attempted += result.attempted
        if result.failed:
            failed.append(name)
    return attempted, failed
