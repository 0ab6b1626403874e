"""./dupq screenshots: the main screens as pictures, from a fresh demo database."""

import subprocess

from . import browser, node_env, paths
from .console import say, step
from .errors import Trouble
from .layers import DEMO, Layers
from .process import only_one
from .server import Server, free_port
from .toolchain import Toolchain

PART = "Screenshots"
SCRIPT = paths.CHECKOUT / "tools" / "docs" / "screenshots.py"
LOG = "server-screenshots.log"


def screenshots(_options):
    with only_one("screenshots"):
        chain = Toolchain.ready()
        # Playwright's own Node needs a library that a bare machine does not have.
        node, program = node_env.program(), browser.get()
        layers = Layers(chain)
        ready, _complaints = layers.prepare(DEMO)
        database = f"{chain.prefix}_screenshots"
        layers.db.clone(ready, database)
        try:
            _serve_and_photograph(chain, database, program, node)
        finally:
            layers.db.drop(database)
    say(f"The pictures lie in {paths.CHECKOUT / 'docs' / 'screenshots'}.")


def _serve_and_photograph(chain, database, program, node):
    server = Server(chain, database, free_port(), paths.logs() / LOG).start()
    try:
        step(PART, "walking through the screens")
        done = subprocess.run(
            [chain.python, SCRIPT, server.url, program],
            env=chain.variables(PLAYWRIGHT_NODEJS_PATH=str(node)),
        )
    finally:
        server.stop()
    if done.returncode:
        raise Trouble(
            "A screen did not look as expected, see above; the server's log is "
            f"{paths.logs() / LOG}."
        )
