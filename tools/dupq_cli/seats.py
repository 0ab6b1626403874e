"""Seats: how many parts of a test run work at the same time.

Each part takes one while it works; who finds none waits until another has ended. A seat
is a locked file, so one whose holder dies is free again.
"""

import os
import time
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

# Tests of the product wait for pages: one more than processors keeps all of them busy.
MORE = 1
MOST = 5
MEMORY = 3 * 2**29  # for one: an Odoo server, a browser, PostgreSQL's share
PAUSE = 0.2  # seconds


def count():
    """How many there are on this machine."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(2, min(os.cpu_count() + MORE, MOST, memory // MEMORY))


def take(folder, number):
    """Wait for one of so many seats; whoever closes the file gives it back."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        for place in range(number):
            stream = open(folder / f"{place}.lock", "w")  # noqa: SIM115
            try:
                flock(stream, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                stream.close()
            else:
                return stream
        time.sleep(PAUSE)
