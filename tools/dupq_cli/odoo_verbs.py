"""./dupq shell and ./dupq odoo: Odoo's own tools in our environment."""

import os

from .database import Databases
from .errors import Trouble
from .toolchain import Toolchain


def shell(options):
    chain = Toolchain.ready()
    database = options.database or f"{chain.prefix}_run"
    if database not in Databases(chain).names():
        raise Trouble(
            f"There is no database {database}; make it with ./dupq run, or name one "
            "that exists."
        )
    _become(chain, chain.command("shell", "-d", database, "--no-http"))


def odoo(options):
    chain = Toolchain.ready()
    verb, *rest = options.rest or ["server"]
    if verb.startswith("-"):
        verb, rest = "server", options.rest
    _become(chain, chain.command(verb, *rest))


def _become(chain, command):
    """Replace this program by the other: its input, output and end are the user's."""
    os.execvpe(command[0], command, chain.variables())
