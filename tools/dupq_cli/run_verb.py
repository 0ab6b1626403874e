"""./dupq run: everything up, with demo data, and where to go next."""

import json

from . import modules, paths
from .console import say, step
from .errors import Trouble
from .layers import DEMO, MINIMAL, Layers
from .process import only_one
from .server import Server, answers, end, free_port, is_alive, is_taken
from .toolchain import Toolchain

PART = "Run"
FIRST_PAGES = ("/web/login", "/odoo")
LOGINS = """
    SELECT partner.name, users.login
      FROM res_users users JOIN res_partner partner ON partner.id = users.partner_id
     WHERE users.active AND users.login LIKE '%.demo' ORDER BY users.id
"""


def run(options):
    with only_one("run"):
        place = Place(options.name)
        place.check_port(options.port)
        chain = Toolchain.ready()
        layers = Layers(chain)
        database = f"{chain.prefix}_{options.name}"
        changed = _database(layers, database, place, options)
        url = _serve(chain, database, place, options, restart=changed)
    for page in FIRST_PAGES:
        answers(url + page, timeout=60)
    _tell(layers.db, database, url)


def stop(options):
    """Stop the server and, unless it is one of several, our PostgreSQL."""
    stopped = Place(options.name).end_server()
    say("The Odoo server is stopped." if stopped else "No Odoo server was running.")
    chain = Toolchain.found()
    if chain and not chain.is_theirs and options.name == "run":
        chain.postgres.stop()
        say("PostgreSQL is stopped.")


class Place:
    """What is remembered of a demo server between two commands."""

    def __init__(self, name):
        self.file = paths.state() / f"{name}.json"

    def __getitem__(self, key):
        facts = json.loads(self.file.read_text()) if self.file.exists() else {}
        return facts.get(key)

    def remember(self, **facts):
        known = json.loads(self.file.read_text()) if self.file.exists() else {}
        self.file.write_text(json.dumps(known | facts, indent=1))

    @property
    def is_running(self):
        return bool(self["pid"]) and is_alive(self["pid"])

    @property
    def url(self):
        return f"http://127.0.0.1:{self['port']}" if self.is_running else None

    def end_server(self):
        """Stop the server; tell whether there was one."""
        if not self.is_running:
            return False
        end(self["pid"])
        return True

    def check_port(self, port):
        """Say so before any work when another program has the port."""
        if not (self.is_running and self["port"] == port) and is_taken(port):
            raise Trouble(
                f"Port {port} is taken by another program; stop that program, or "
                f"choose another port: ./dupq run --port {port + 1}"
            )


def _database(layers, database, place, options):
    """Make or update the demo database; tell whether anything changed."""
    hashes, known = modules.hashes(), place["hashes"] or {}
    here = database in layers.db.names() and not options.fresh
    if here and known == hashes:
        return False
    place.end_server()
    if here and set(known) == set(hashes):
        changed = [name for name in hashes if hashes[name] != known[name]]
        _update(layers, database, changed)
    else:
        ready, complaints = layers.prepare(MINIMAL if options.no_demo else DEMO)
        _report(complaints)
        layers.db.clone(ready, database)
    place.remember(hashes=hashes)
    return True


def _update(layers, database, changed):
    step("Database", f"updating {', '.join(changed)}, your records stay")
    log = paths.logs() / "update-run.log"
    complaints = layers.chain.odoo(
        database, "server", "-u", ",".join(changed), "--stop-after-init", log=log
    )
    _report(complaints + layers.generate_assets(database, log))


def _report(complaints):
    for line in complaints:
        step("Database", line)


def _serve(chain, database, place, options, restart):
    """Have a server on the wanted port; leave one alone that is right already."""
    wanted = {"port": options.port, "workers": options.workers}
    same = all(place[key] == value for key, value in wanted.items())
    if place.is_running and same and not restart and answers(f"{place.url}/web/health"):
        step(PART, "already running")
        return place.url
    place.end_server()
    step(PART, "starting the server")
    server = Server(
        chain, database, options.port, paths.logs() / f"server-{options.name}.log",
        ("--workers", str(options.workers), "--max-cron-threads", "1",
         "--gevent-port", str(free_port())),
    )  # fmt: skip
    server.start()
    place.remember(pid=server.process.pid, **wanted)
    return server.url


def _tell(databases, database, url):
    people = databases.sql(LOGINS, database)
    rows = [("Administrator of the whole Odoo", "admin"), *people]
    width = max(len(name) for name, _login in rows)
    say(f"\nDriving Up Quality runs at {url}\n")
    say(f"  {'Role':{width}}  Login (the password is the same)")
    for name, login in rows:
        say(f"  {name:{width}}  {login}")
    say("\nStop it with ./dupq stop. Start afresh with ./dupq run --fresh.")
    say(f"Its log lies in {paths.logs()}.")
