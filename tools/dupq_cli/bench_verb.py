"""./dupq bench: the figures that the project promises, measured."""

import importlib.util
from dataclasses import dataclass

from . import paths
from .console import say, step
from .errors import Trouble
from .process import only_one
from .toolchain import Toolchain

FOLDER = paths.CHECKOUT / "benchmarks"


@dataclass(frozen=True)
class Figure:
    """Something measured; `limit` is what it may be at most, None when free."""

    what: str
    value: float
    limit: float | None = None
    unit: str = ""

    @property
    def is_too_much(self):
        return self.limit is not None and self.value > self.limit


def bench(options):
    with only_one("bench"):
        chain = Toolchain.ready()
        figures = [
            figure for file in _files(options.names) for figure in _measure(chain, file)
        ]
    say()
    for figure in figures:
        say(_line(figure))
    return any(figure.is_too_much for figure in figures)


def _files(names):
    files = sorted(FOLDER.glob("bench_*.py"))
    if names:
        files = [file for file in files if file.stem.removeprefix("bench_") in names]
    if not files:
        raise Trouble(f"There is nothing to measure in {FOLDER}.")
    return files


def _measure(chain, file):
    step("Bench", file.stem)
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.measure(chain))


def _line(figure):
    limit = f"  (at most {figure.limit:g})" if figure.limit is not None else ""
    mark = "TOO MUCH" if figure.is_too_much else "ok" if limit else ""
    return f"{figure.value:8.2f} {figure.unit:6} {figure.what}{limit}  {mark}".rstrip()
