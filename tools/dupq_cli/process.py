"""Running other programs, and telling plainly why one failed."""

import shutil
import subprocess
from contextlib import contextmanager
from fcntl import LOCK_EX, flock

from . import paths
from .errors import Trouble, full_disk, is_full_disk

PACKAGE_OF = {
    "apt-get": "apt",
    "dpkg-deb": "dpkg",
    "tar": "tar",
    "git": "git",
    "unshare": "util-linux",
    "setpriv": "util-linux",
}


def need(tool, purpose):
    """Return the path of a program, or say which package brings it."""
    found = shutil.which(tool)
    if not found:
        package = PACKAGE_OF.get(tool, tool)
        raise Trouble(
            f"The program {tool} is missing and needed to {purpose}; ask an "
            f"administrator to install the package {package}, then try again."
        )
    return found


def run(args, log=None, why=None, **options):
    """Run a program to its end; on failure raise the sentence given in `why`."""
    args = [str(arg) for arg in args]
    done = subprocess.run(
        args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if log:
        with open(log, "a") as stream:
            stream.write(done.stdout)
    if done.returncode:
        raise failure(done.stdout, why or f"{args[0]} failed", log)
    return done.stdout


def failure(output, why, log=None):
    """Make one sentence of a failed program's output."""
    if is_full_disk(output):
        return full_disk(paths.cache())
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    where = f" The whole output is in {log}." if log else ""
    last = f" ({lines[-1][:300]})" if lines else ""
    return Trouble(f"{why}{last}.{where}")


@contextmanager
def only_one(name):
    """Let one process at a time do this piece of work; others wait for it."""
    folder = paths.cache() if name.startswith("get-") else paths.state()
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f".{name}.lock", "w") as lock:
        flock(lock, LOCK_EX)
        yield
