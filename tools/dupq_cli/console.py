"""Progress for people: one line per step, with the time since the start."""

import sys
import threading
import time

START = time.monotonic()
_lock = threading.Lock()


def say(text=""):
    """Print one line of the result: what the user asked for."""
    with _lock:
        print(text, flush=True)


def step(part, text):
    """Print one line of progress: which part is at what."""
    with _lock:
        elapsed = time.monotonic() - START
        print(f"{elapsed:6.1f} s  {part}: {text}", file=sys.stderr, flush=True)


def megabytes(size):
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(size, 1) / 1e3:.0f} kB"


class Watch:
    """Report every few seconds how much of a download has arrived in a folder."""

    def __init__(self, part, folder, total, every=3.0):
        self.part, self.folder, self.total, self.every = part, folder, total, every
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._report, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_args):
        self._end.set()
        self._thread.join()

    def _report(self):
        while not self._end.wait(self.every):
            here = sum(f.stat().st_size for f in self._files())
            step(self.part, f"{megabytes(here)} of {megabytes(self.total)}")

    def _files(self):
        return [f for f in self.folder.rglob("*") if f.is_file()]
