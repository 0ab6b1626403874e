"""50 people who lead discussions of one self-assessment save into it at once for a
minute, and their screens ask for what the others wrote; against one of them alone.

Each saves a voice or a note, thinks for some seconds as somebody does who writes down
what is said, and saves the next. Every save is looked for in the database afterwards.

DUPQ_BENCH_PEOPLE, DUPQ_BENCH_SECONDS and DUPQ_BENCH_PAUSE (the seconds between two
saves, on average) choose another size; DUPQ_BENCH_WORKERS the server's processes.
"""

import json
import os
import random
import re
import threading
import time
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar
from statistics import median, quantiles

from dupq_cli import paths
from dupq_cli.bench_shell import run_script
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers
from dupq_cli.server import Server, free_port

FILL = paths.CHECKOUT / "benchmarks" / "room" / "fill.py"
PEOPLE = int(os.environ.get("DUPQ_BENCH_PEOPLE", "50"))
SECONDS = float(os.environ.get("DUPQ_BENCH_SECONDS", "60"))
PAUSE = float(os.environ.get("DUPQ_BENCH_PAUSE", "6"))
WORKERS = os.environ.get("DUPQ_BENCH_WORKERS", "2")
POLL = 4
MODEL = "dupq.assessment.discussion"
CONFLICTS = ("could not serialize", "deadlock detected", "duplicate key")


class Facilitator:
    """One person at one screen: saves, and asks for news between the saves."""

    def __init__(self, url, database, login):
        self.url = url
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self.saves, self.keys, self.refusals = [], [], []
        params = {"db": database, "login": login, "password": login}
        self._post("/web/session/authenticate", params)

    def call(self, method, *args):
        params = {"model": MODEL, "method": method, "args": args, "kwargs": {}}
        return self._post(f"/web/dataset/call_kw/{MODEL}/{method}", params)

    def _post(self, path, params):
        request = urllib.request.Request(
            self.url + path,
            data=json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=120) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]

    def lead(self, session, groups, questions, seconds, pause):
        """Save until the time is over."""
        end = time.monotonic() + seconds
        time.sleep(random.uniform(0, pause))
        while time.monotonic() < end:
            self.save(session, self._prepare(groups, questions))
            ready = time.monotonic() + random.uniform(0.5, 1.5) * pause
            while (left := min(ready, end) - time.monotonic()) > 0:
                time.sleep(min(left, POLL))
                if left > POLL:
                    with suppress(OSError):
                        self.call("get_news", session)

    def save(self, session, item):
        """Until it is there, as the screen does; the time counts from the first try."""
        begin = time.monotonic()
        self.keys.append(item["key"])
        while True:
            try:
                self.call("save", session, item)
            except RuntimeError as error:
                self.refusals.append(str(error))
            except OSError:
                time.sleep(0.1)
                continue
            break
        self.saves.append(time.monotonic() - begin)

    def _prepare(self, groups, questions):
        key = f"{random.getrandbits(128):032x}"
        item = {"key": key, "question_id": random.choice(questions)}
        if random.random() < 0.5:
            return item | {"kind": "note", "text": "What we noted", "is_working": False}
        return item | {
            "kind": "voice",
            "group_id": random.choice(groups),
            "words": "What somebody said",
            "feeling": "good",
        }


def measure(chain):
    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    database = f"{chain.prefix}_bench_room"
    layers.db.clone(source, database)
    rooms, groups, questions = _fill(chain, database)
    options = ("--max-cron-threads", "0", "--workers", WORKERS)
    log = paths.logs() / f"{database}.log"
    server = Server(chain, database, free_port(), log, options)
    server.start()
    try:
        people = [Facilitator(server.url, database, login) for login in rooms]
        plan = list(zip(people, rooms.values(), strict=True))
        # Everything is loaded in each process before the clock begins.
        _lead(plan[:4], groups, questions, 5, 0.2)
        alone = _lead(plan[:1], groups, questions, min(SECONDS, 20), 0.5)
        together = _lead(plan, groups, questions, SECONDS, PAUSE)
        found = _get_keys(layers.db, database)
        trouble = [word for word in CONFLICTS if word in server.read_log()]
    finally:
        server.stop()
        layers.db.drop(database)
    sent = {key for person in people for key in person.keys}
    refusals = [words for person in people for words in person.refusals]
    assert not refusals, refusals[:3]
    assert not trouble, trouble
    p95 = quantiles(together, n=20)[-1]
    yield Figure("one facilitator alone, median", 1000 * median(alone), None, "ms")
    yield Figure(f"saves of {PEOPLE} facilitators at once", len(together), None)
    yield Figure("of these lost, or there twice", len(sent ^ found), 0)
    yield Figure("95 % of them within", 1000 * p95, None, "ms")
    yield Figure("that to one facilitator alone", p95 / median(alone), 3, "times")


def _fill(chain, database):
    out = run_script(chain, database, FILL, PEOPLE=PEOPLE)
    rooms = dict(re.findall(r"SESSION (\S+) (\d+)", out))
    assert len(rooms) == PEOPLE, out
    rooms = {login: int(session) for login, session in rooms.items()}
    return rooms, *(
        [int(one) for one in re.search(rf"{name} (.*)", out).group(1).split()]
        for name in ("GROUPS", "QUESTIONS")
    )


def _lead(plan, groups, questions, seconds, pause):
    """Let them all lead at once; how long each of their saves took."""
    before = [len(person.saves) for person, _session in plan]
    threads = [
        threading.Thread(
            target=person.lead, args=(session, groups, questions, seconds, pause)
        )
        for person, session in plan
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [
        seconds
        for (person, _session), count in zip(plan, before, strict=True)
        for seconds in person.saves[count:]
    ]


def _get_keys(db, database):
    keys = set()
    for table in ("dupq_voice", "dupq_assessment_session_note"):
        rows = db.sql(
            f"SELECT client_key FROM {table} WHERE client_key IS NOT NULL", database
        )
        found = [key for (key,) in rows]
        assert len(found) == len(set(found)), f"{table}: something is there twice"
        keys |= set(found)
    return keys
