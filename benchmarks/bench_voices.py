"""The same 37 questions answered by many people at once: by our pages, with words, a
rating, consent and the group kept, and by Odoo's survey; the same server, as many
requests, people and workers. DUPQ_BENCH_PEOPLE says how many people. All answers are
looked for in the database afterwards."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from dupq_cli import paths
from dupq_cli.bench_shell import run_script
from dupq_cli.bench_verb import Figure
from dupq_cli.layers import MINIMAL, Layers
from dupq_cli.server import Server, free_port

FOLDER = paths.CHECKOUT / "benchmarks" / "voices"
PEOPLE = int(os.environ.get("DUPQ_BENCH_PEOPLE", "500"))
WORKERS = "2"
# Of fewer people, what the first requests of a server cost weighs too much.
AT_SCALE = 100
QUESTIONS = 37
OURS = """
    SELECT count(*) FROM dupq_voice v
      JOIN dupq_stakeholder_group g ON g.id = v.group_id
     WHERE v.words LIKE 'What I think%' AND v.consent = 'yes' AND v.feeling IS NOT NULL
       AND v.level_id IS NOT NULL AND v.question_id IS NOT NULL
       AND v.invitation_id IS NOT NULL
"""
THEIRS = """
    SELECT count(*) FILTER (WHERE suggested_answer_id IS NOT NULL),
           count(*) FILTER (WHERE value_char_box LIKE 'What I think%')
      FROM survey_user_input_line
"""


def measure(chain):
    sys.path.insert(0, str(FOLDER))
    from people import by_our_pages, by_survey, take_part

    layers = Layers(chain)
    source, _complaints = layers.prepare(MINIMAL)
    database = f"{chain.prefix}_bench_voices"
    layers.db.clone(source, database)
    found = _set_up(chain, database)
    log = paths.logs() / f"{database}.log"
    options = ("--max-cron-threads", "0", "--workers", WORKERS)
    server = Server(chain, database, free_port(), log, options).start()
    try:
        seconds, requests, work = {}, {}, {}
        for name, way in (("survey", by_survey), ("ours", by_our_pages)):
            # The first of a server pays for what it learns once.
            way(server.url, found, PEOPLE)
            before = _get_work(server.process.pid, database)
            seconds[name], requests[name] = take_part(way, server.url, found, PEOPLE)
            after = _get_work(server.process.pid, database)
            work[name] = [then - now for now, then in zip(before, after, strict=True)]
    finally:
        server.stop()
    assert requests["ours"] == requests["survey"], requests
    _check_answers(layers.db, database)
    layers.db.drop(database)
    answers = PEOPLE * QUESTIONS
    for name, value in seconds.items():
        yield Figure(f"{answers} answers by {name}", answers / value, None, "a second")
    limit = 0.5 if PEOPLE >= AT_SCALE else None
    yield Figure("time by us", seconds["ours"] / seconds["survey"], limit, "times")
    ours, theirs = work["ours"], work["survey"]
    for where, mine, other in zip(("Odoo", "PostgreSQL"), ours, theirs, strict=True):
        yield Figure(f"processor by us, in {where}", mine / other, None, "times")
        yield Figure("of it, for each answer", mine / answers * 1000, None, "ms")


def _get_work(pid, database):
    """Seconds that the processor spent in a server and its workers, and in what
    PostgreSQL did for them."""
    ticks = [0, 0]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            spent = int(fields[11]) + int(fields[12])
            if int(stat.parent.name) == pid or int(fields[1]) == pid:
                ticks[0] += spent
            elif f" {database} ".encode() in (stat.parent / "cmdline").read_bytes():
                ticks[1] += spent
    return [number / os.sysconf("SC_CLK_TCK") for number in ticks]


def _set_up(chain, database):
    out = run_script(chain, database, FOLDER / "setup.py", PEOPLE=PEOPLE + 1)
    return json.loads(out.split("SETUP ")[1].splitlines()[0])


def _check_answers(db, database):
    # One more answered to warm it up.
    expected = str((PEOPLE + 1) * QUESTIONS)
    assert db.sql(OURS, database) == [[expected]], db.sql(OURS, database)
    assert db.sql(THEIRS, database) == [[expected, expected]], db.sql(THEIRS, database)
