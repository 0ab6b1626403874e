"""A real Odoo server for tests, on a database of its own that may be spoilt."""

import itertools
import os
import re
import secrets

from dupq_cli import logs, paths
from dupq_cli.layers import KINDS, Layers
from dupq_cli.server import Server, free_port
from passlib.context import CryptContext

from .clients import Json2, XmlRpc
from .shell import OdooShell

_number = itertools.count(1)
# Tests share the work between processes, each with databases of its own.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# When two people's tabs note at once what each has seen, the database refuses one of
# them and Odoo tries it again: nobody is told, and it is no fault of ours. A query on
# a table of ours still counts, and so does one that Odoo gave up (it says so apart).
_TRIED_AGAIN = re.compile(
    r"bad query: (?!.*\bdupq_).* ERROR: (could not serialize access|deadlock detected)"
    r"|bus\.websocket: could not serialize access"
)
# How Odoo keeps API keys, and how much of each it keeps to find it by.
_KEYS = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=6000)
_FOUND_BY = 8


class OdooServer:
    """A clone of a ready database and a server on it.

    `kind` is "minimal" (our addons and what they need), "full" (with website,
    eLearning, events and time off) or "demo" (minimal with everybody's demo data).

    .url           address, without a slash at the end
    .db            name of the database
    .sessions      cookies of those who have signed in (harness.pages keeps them)
    .xmlrpc(login) a signed-in XML-RPC client, .json2(login) a JSON-2 client
    .shell(code)   runs Python in the Odoo shell on the database, returns its output
    .sql(text)     runs SQL, returns rows as lists of text
    .expect_log(pattern)  a warning or error that the test provokes on purpose
    """

    def __init__(self, chain, kind="minimal", options=()):
        self.chain, self.kind = chain, kind
        self.layers = Layers(chain)
        self.db = f"{chain.prefix}_server_{kind}_{_WORKER}{next(_number)}"
        # Odoo's own jobs would be cut off in the middle when the server stops.
        self.options = ("--max-cron-threads", "0", *options)
        self.sessions = {}
        self._expected = []
        self._keys = {}
        self._has_shell = False

    def start(self):
        source, complaints = self.layers.prepare(KINDS[self.kind])
        assert not complaints, f"the install log complains: {complaints}"
        self.layers.db.clone(source, self.db, brief=True)
        log = paths.logs() / f"{self.db}.log"
        self._server = Server(self.chain, self.db, free_port(), log, self.options)
        self._server.start()
        self.url = self._server.url
        return self

    def stop(self):
        """Stop it, drop the database, fail on unexpected warnings in its log."""
        # It has nothing to bring to an end: its database goes too.
        if self._has_shell:
            OdooShell.forget(self.db)
        self._server.kill()
        self.layers.db.drop(self.db)
        lines = [
            x for x in logs.complaints(self.read_log()) if not self._is_expected(x)
        ]
        assert not lines, "the server's log complains:\n" + "\n".join(lines)

    def restart(self):
        self._server.stop()
        before = self.read_log()
        self._server.start()
        self._before = before

    def expect_log(self, pattern):
        """Allow log lines ("LEVEL logger: message") in which the pattern is found."""
        self._expected.append(re.compile(pattern))

    def read_log(self):
        return getattr(self, "_before", "") + self._server.read_log()

    def _is_expected(self, line):
        return any(pattern.search(line) for pattern in (_TRIED_AGAIN, *self._expected))

    def xmlrpc(self, login, password=None):
        return XmlRpc(self.url, self.db, login, password or login)

    def json2(self, login):
        """A client with a fresh API key of that user."""
        if login not in self._keys:
            self._keys[login] = self._api_key(login)
        return Json2(self.url, self.db, self._keys[login])

    def _api_key(self, login):
        """What Odoo would make in a shell, which takes seconds to start."""
        key = secrets.token_hex(20)
        found = self.sql(
            "INSERT INTO res_users_apikeys"
            " (name, user_id, scope, expiration_date, key, index)"
            f" SELECT 'tests', id, 'rpc', now() + interval '12 hours',"
            f" '{_KEYS.hash(key)}', '{key[:_FOUND_BY]}'"
            f" FROM res_users WHERE login = '{login}' RETURNING id"
        )
        assert found, f"there is no {login}"
        return key

    def sql(self, text):
        return self.layers.db.sql(text, self.db)

    def shell(self, code):
        self._has_shell = True
        return OdooShell.get(self.chain, self.db).run(self.db, code)
