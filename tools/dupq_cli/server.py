"""A running Odoo server: started on a port of its own, waited for, stopped."""

import errno
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .errors import Trouble
from .process import failure

PATIENCE = 120  # seconds


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_taken(port):
    """Tell whether another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Trouble(
                    f"Port {port} is reserved for administrators; choose one above "
                    "1023, for example: ./dupq run --port 8070"
                ) from error
            return True
    return False


class Server:
    """One Odoo server on one database."""

    def __init__(self, chain, database, port, log, options=()):
        self.chain, self.database, self.port, self.log = chain, database, port, log
        self.options = list(options)
        self.url = f"http://127.0.0.1:{port}"
        self.process = None

    def start(self):
        """Start it and wait until it answers."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        # No filter of databases: one is named, and with a filter Odoo would connect
        # once more at every request, to ask which there are.
        command = self.chain.command(
            "server", "-d", self.database, "--http-port", str(self.port), *self.options
        )
        self.log.write_text("")
        with open(self.log, "a") as stream:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                env=self.chain.variables(), start_new_session=True,
            )  # fmt: skip
        self._wait()
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait(5)

    def read_log(self):
        return self.log.read_text(errors="replace")

    def _wait(self):
        end = time.monotonic() + PATIENCE
        while not self.is_healthy():
            if self.process.poll() is not None:
                raise failure(self.read_log(), "The Odoo server stopped", self.log)
            if time.monotonic() > end:
                self.stop()
                raise failure(
                    self.read_log(),
                    f"The Odoo server did not answer within {PATIENCE} seconds",
                    self.log,
                )
            time.sleep(0.2)

    def is_healthy(self):
        return answers(f"{self.url}/web/health")


def answers(url, timeout=10):
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return not _is_zombie(pid)


def _is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def end(pid, patience=20):
    """Stop a process that an earlier command of ours started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if not is_alive(pid):
            return
        os.kill(pid, sign)
        limit = time.monotonic() + patience
        while is_alive(pid) and time.monotonic() < limit:
            time.sleep(0.1)
