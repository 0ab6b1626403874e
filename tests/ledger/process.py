"""An Odoo process without HTTP that does one thing after another, as it is told.

Started by `ledger.provider` with the Odoo configuration, a database and the name of a
module of this folder, whose functions are what it can do. It reads a line of JSON,
[function, arguments], and answers with a line of JSON; each call has a cursor of its
own and is committed. `fork` does a call in a child that stops at a phase and waits
there to be killed.
"""

import contextlib
import importlib
import json
import os
import sys
import threading
import traceback

import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

# What a refused step raises: it did nothing, and the next one goes on.
from odoo.exceptions import UserError  # isort: skip
from psycopg2.errors import Error as DatabaseError  # isort: skip


def main(conf, database, module):
    replies = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # nothing but replies on the way back
    config.parse_config(["-c", conf, "-d", database], setup_logging=False)
    threading.current_thread().dbname = database
    process = Process(database, importlib.import_module(module), replies)
    process.reply("ready")
    for line in sys.stdin:
        name, arguments = json.loads(line)
        process.handle(name, arguments)


class Process:
    def __init__(self, database, module, replies):
        self.database, self.module, self.replies = database, module, replies
        self.held = {}
        self.registry = Registry(database)

    def reply(self, value, error=None):
        self.replies.write(json.dumps({"value": value, "error": error}) + "\n")

    def handle(self, name, arguments):
        try:
            known = {"fork": self.fork, "reset": self.reset, "hold": self.hold}
            known |= {"release_if_held": self.release_if_held, "reap": self.reap}
            function = known.get(name)
            value = function(*arguments) if function else self.call(name, arguments)
            self.reply(value)
        except (UserError, DatabaseError) as error:
            self.reply(None, f"{type(error).__name__}: {error}")
        except Exception:
            self.reply(None, traceback.format_exc())

    def call(self, name, arguments):
        with self.registry.cursor() as cr:
            cr.execute("SET lock_timeout = '400ms'")
            return getattr(self.module, name)(self._env(cr), *arguments)

    def hold(self, key, name, arguments):
        """Do it in a transaction that stays open until it is released."""
        cr = self.registry.cursor()
        try:
            cr.execute("SET lock_timeout = '400ms'")
            env = self._env(cr)
            getattr(self.module, name)(env, *arguments)
            env.flush_all()
        except BaseException:
            cr.rollback()
            cr.close()
            raise
        self.held[key] = cr

    def release_if_held(self, key):
        cr = self.held.pop(key, None)
        if cr is None:
            return
        try:
            cr.commit()
        finally:
            cr.close()

    def reset(self):
        """Forget all connections: the server they led to may be another by now."""
        odoo.sql_db.close_all()

    def fork(self, name, arguments, phase, nth):
        """Do it in a child; return (its process, the phase or how it ended)."""
        self.reset()
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            # A child has nothing to do with the connections of its parent.
            odoo.sql_db._Pool = None
            self._be_child(writer, name, arguments, phase, nth)
        os.close(writer)
        self.pipe = os.fdopen(reader)
        return child, self.pipe.readline().strip()

    def reap(self, child):
        """Wait for its end; how it ended, if it could still say so."""
        last = self.pipe.readline().strip()
        self.pipe.close()
        os.waitpid(child, 0)
        return last

    def _be_child(self, writer, name, arguments, phase, nth):
        out = os.fdopen(writer, "w", buffering=1)
        outcome = "done"
        try:
            with self.module.stopping_at(phase, nth, lambda: self._wait(out, phase)):
                outcome = f"done {json.dumps(self.call(name, arguments))}"
        except BaseException as error:
            outcome = f"failed {type(error).__name__}: {error}".replace("\n", " ")
        with contextlib.suppress(BrokenPipeError):
            out.write(outcome + "\n")
        os._exit(0)

    def _wait(self, out, phase):
        """At the phase: killed here, or told to go on by a line in its file."""
        out.write(phase + "\n")
        self.module.wait_for_signal()

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})


if __name__ == "__main__":
    main(*sys.argv[1:])
