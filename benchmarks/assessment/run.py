"""Fill a database by SQL, open the self-assessment of the organisation in it, and ask
for the same figures by hand: the time of the processor, its own and PostgreSQL's."""

# ruff: noqa: F821
import os
import time
from pathlib import Path

from lxml import etree

from odoo import Command
from odoo.tools import SQL

SERVICES, VOICES = int(os.environ["SERVICES"]), int(os.environ["VOICES"])
ROUNDS, LINES = 5, 40
env.cr.execute("SET max_parallel_workers_per_gather = 0")
env.cr.execute("SELECT pg_backend_pid()")
BACKEND = Path(f"/proc/{env.cr.fetchone()[0]}/stat")


def processor():
    fields = BACKEND.read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def clone(record, source, **columns):
    """Copies of one row, a row of ``source`` each, with other ``columns``."""
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND column_name != 'id'",
        [record._table],
    )
    names = [name for (name,) in env.cr.fetchall()]
    values = [columns.get(name) or SQL.identifier("t", name) for name in names]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t, %s WHERE t.id = %s",
            SQL.identifier(record._table),
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(values),
            SQL.identifier(record._table),
            SQL(source),
            record.id,
        )
    )
    env.invalidate_all()


# === FILL === #

code = env["dupq.code"]._get_usual()
groups = env["dupq.stakeholder.group"].search([])
scale = env["dupq.assessment"]._default_scale_id()
levels = scale.level_ids
service = env["dupq.service"].create({"name": "House 0", "reference": "H-0"})
one = env["dupq.assessment"].create({"service_id": service.id, "code_id": code.id})
one._take("start")
one.summary_ids.write({"level_id": levels[0].id, "status": "working"})
one.participant_ids = [
    Command.create({"group_id": group.id, "planned": 3, "actual": 2})
    for group in groups[:3]
]
one._record_past("completed", one.date_to, "Benchmark")
series = f"generate_series(1, {SERVICES - 1}) AS n"
clone(
    service,
    series,
    name=SQL("'House ' || n"),
    complete_name=SQL("'House ' || n"),
    reference=SQL("'H-' || n"),
    parent_path=SQL("currval('dupq_service_id_seq') || '/'"),
)
clone(
    one,
    "(SELECT id AS sid FROM dupq_service WHERE reference LIKE 'H-%%' "
    f"AND id != {service.id}) AS s",
    service_id=SQL("s.sid"),
)
copies = (
    f"(SELECT id AS aid, service_id AS sid FROM dupq_assessment "
    f"WHERE state = 'completed' AND id != {one.id}) AS a"
)
for number, rating in enumerate(one.summary_ids):
    clone(
        rating,
        copies,
        assessment_id=SQL("a.aid"),
        service_id=SQL("a.sid"),
        level_id=SQL(
            "(%s::int[])[1 + (a.aid + %s) %% %s]", levels.ids, number, len(levels)
        ),
    )
for participant in one.participant_ids:
    clone(participant, copies, assessment_id=SQL("a.aid"), service_id=SQL("a.sid"))

whole = env["dupq.assessment"].create({"scope": "organisation", "code_id": code.id})
whole._take("start")
whole.summary_ids.write({"level_id": levels[1].id, "status": "working"})
whole.statement_rating_ids = [
    Command.create(
        {
            "statement_id": statement.id,
            "perspective_id": group.id,
            "level_id": levels[(number + place) % len(levels)].id,
        }
    )
    for number, statement in enumerate(code.area_ids.statement_ids)
    for place, group in enumerate(groups)
]
voice = env["dupq.voice"].create(
    {
        "assessment_id": whole.id,
        "group_id": groups[0].id,
        "words": "I choose who comes on Saturday.",
        "consent": "yes",
        "is_anonymised": True,
        "is_printed": True,
    }
)
clone(
    voice,
    f"generate_series(1, {VOICES - 1}) AS n",
    group_id=SQL("(%s::int[])[1 + n %% %s]", groups.ids, len(groups)),
    is_printed=SQL("n < 20"),
)
env.cr.execute("ANALYZE")
env.cr.commit()

# === THE FORM, AS THE BROWSER ASKS FOR IT === #


def specify(node, model):
    """The fields of a view, as the web client reads them."""
    found = {}
    for field in node.iter("field"):
        if any(up.tag == "field" for up in field.iterancestors() if up is not node):
            continue
        name = field.get("name")
        of = model._fields[name]
        if of.type in ("one2many", "many2many") and len(field):
            inner = field.find("list")
            inner = field[0] if inner is None else inner
            lines = specify(inner, env[of.comodel_name])
            found[name] = {"fields": lines, "limit": LINES}
        elif of.type == "many2one":
            found[name] = {"fields": {"display_name": {}}}
        else:
            found[name] = {"fields": {}} if of.relational else {}
    return found


views = whole.get_views([(False, "form")])
spec = specify(etree.fromstring(views["views"]["form"]["arch"]), whole)
FIGURES = ("step_row", "overview", "missing_count", "rollup", "comparison")


def by_form():
    whole.web_read(spec)


def by_figures():
    whole.web_read({name: {} for name in FIGURES})


# === THE SAME FIGURES BY HAND === #

BY_HAND = (
    "SELECT id, name FROM dupq_service WHERE company_id = %(company)s "
    "AND kind = 'service' AND active ORDER BY complete_name",
    """SELECT DISTINCT ON (service_id) service_id, id, scale_id FROM dupq_assessment
        WHERE company_id = %(company)s AND scope = 'service' AND state = 'completed'
          AND date_to BETWEEN %(start)s AND %(stop)s
        ORDER BY service_id, date_to DESC, id DESC""",
    """SELECT r.area_id, r.level_id, array_agg(s.name) FROM dupq_assessment_rating r
         JOIN dupq_assessment a ON a.id = r.assessment_id
         JOIN dupq_service s ON s.id = a.service_id
        WHERE a.company_id = %(company)s AND a.state = 'completed'
          AND a.date_to BETWEEN %(start)s AND %(stop)s
          AND r.perspective_id IS NULL AND r.statement_id IS NULL
          AND r.level_id IS NOT NULL GROUP BY 1, 2""",
    """SELECT p.group_id, p.service_id, sum(p.actual)
         FROM dupq_assessment_participant p
         JOIN dupq_assessment a ON a.id = p.assessment_id
        WHERE a.company_id = %(company)s AND p.actual > 0
          AND (a.id = %(id)s OR a.state = 'completed'
               AND a.date_to BETWEEN %(start)s AND %(stop)s) GROUP BY 1, 2""",
    """SELECT r.statement_id, r.area_id, r.perspective_id, r.level_id, r.number
         FROM dupq_assessment_rating r WHERE r.assessment_id = %(id)s""",
    """SELECT group_id, sum(planned), sum(actual) FROM dupq_assessment_participant
        WHERE assessment_id = %(id)s GROUP BY 1""",
    """SELECT group_id, feeling, words FROM dupq_voice
        WHERE assessment_id = %(id)s AND is_printed""",
    """SELECT create_uid, channel, date, count(*) FROM dupq_voice
        WHERE assessment_id = %(id)s GROUP BY 1, 2, 3""",
    "SELECT state, count(*) FROM dupq_action WHERE assessment_id = %(id)s GROUP BY 1",
    "SELECT key, state, date_planned, date_done, owner_id "
    "FROM dupq_assessment_step WHERE assessment_id = %(id)s",
)
PARAMETERS = {
    "company": whole.company_id.id,
    "start": whole.date_from,
    "stop": whole.date_to,
    "id": whole.id,
}


def by_hand():
    for query in BY_HAND:
        env.cr.execute(query, PARAMETERS)
        env.cr.fetchall()


for name, call in (("sql", by_hand), ("figures", by_figures), ("form", by_form)):
    best = None
    # What it costs once everything is warm; a tick of the clock is 10 ms.
    for _round in range(3):
        begin = processor()
        for _time in range(ROUNDS):
            env.invalidate_all()
            queries = env.cr.sql_log_count
            call()
        spent = (processor() - begin) / ROUNDS
        best = min(best or spent, spent)
    print("RESULT", name, best)
print("RESULT", "queries", env.cr.sql_log_count - queries)
