"""Fill a database by SQL with an organisation: its services and their finished
self-assessments, its own, and what very many people said."""

# ruff: noqa: F821
import os
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user
from odoo.tools import SQL

SERVICES, VOICES = int(os.environ["SERVICES"]), int(os.environ["VOICES"])
CHANNELS = ["typed", "session", "survey", "link", "portal", "card"]
FEELINGS = ["good", "mixed", "not_yet"]


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


code = env["dupq.code"]._get_usual()
groups = env["dupq.stakeholder.group"].search([])
scale = env["dupq.assessment"]._default_scale_id()
levels = scale.level_ids
areas = code.area_ids
reader = new_test_user(env, "opens", "dupq_code.dupq_code_group_quality_lead")

# === THE SERVICES === #

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

# Each service has three items in the ledger.
item = env["dupq.evidence"].create(
    {
        "service_id": service.id,
        "title": "Seen",
        "statement_ids": [Command.set(areas.statement_ids[:1].ids)],
    }
)
item._record_past("accepted", one.date_to, "Benchmark")
clone(
    item,
    "(SELECT id AS sid, n FROM dupq_service, generate_series(1, 3) AS n "
    "WHERE reference LIKE 'H-%%') AS s",
    service_id=SQL("s.sid"),
    polarity=SQL("CASE WHEN s.n = 1 THEN 'not_yet' ELSE 'good' END"),
)
env.cr.execute(
    "INSERT INTO dupq_evidence_statement_rel (evidence_id, statement_id) "
    "SELECT id, (%(ids)s::int[])[1 + id %% array_length(%(ids)s::int[], 1)] "
    "FROM dupq_evidence WHERE id > %(first)s",
    {"ids": areas.statement_ids.ids, "first": item.id},
)

# === THE ORGANISATION, THIS YEAR AND LAST YEAR === #


def assess(**values):
    whole = env["dupq.assessment"].create(
        {"scope": "organisation", "code_id": code.id, **values}
    )
    whole._take("start")
    for number, rating in enumerate(whole.summary_ids):
        rating.write(
            {
                "level_id": levels[(number + whole.id) % len(levels)].id,
                "status": ("meeting", "working", "not_yet")[number % 3],
                "finding": "What we found here, in two or three lines of our own.",
            }
        )
    whole.participant_ids = [
        Command.create({"group_id": group.id, "planned": 30, "actual": 20 + number})
        for number, group in enumerate(groups)
    ]
    whole.action_ids = [
        Command.create(
            {
                "name": f"Promise {number}",
                "date_due": whole.date_to + timedelta(days=90),
                "owner_id": reader.id,
                "area_id": areas[number % len(areas)].id,
            }
        )
        for number in range(12)
    ]
    return whole


today = fields.Date.today()
last = assess(
    date_from=today - timedelta(days=730), date_to=today - timedelta(days=366)
)
last._record_past("completed", last.date_to, "Benchmark")
whole = assess()
whole.outcome = "Much is good, weekends are not."
whole.session_ids = [
    Command.create({"name": f"Talk {number}", "facilitator_ids": reader.ids})
    for number in range(3)
]
whole.statement_rating_ids = [
    Command.create(
        {
            "statement_id": statement.id,
            "perspective_id": group.id,
            "level_id": levels[(number + place * (number % 5)) % len(levels)].id,
            "number": 10 + place,
        }
    )
    for number, statement in enumerate(areas.statement_ids)
    for place, group in enumerate(groups)
]

# === WHAT PEOPLE SAID === #

voice = env["dupq.voice"].create(
    {
        "assessment_id": whole.id,
        "group_id": groups[0].id,
        "area_id": areas[0].id,
        "feeling": "good",
        "words": "I choose who comes on Saturday, and nobody asks me why.",
        "consent": "yes",
        "is_anonymised": True,
        "is_printed": True,
    }
)
clone(
    voice,
    f"generate_series(1, {VOICES - 1}) AS n",
    group_id=SQL("(%s::int[])[1 + n %% %s]", groups.ids, len(groups)),
    area_id=SQL("(%s::int[])[1 + n %% %s]", areas.ids, len(areas)),
    channel=SQL("(%s::varchar[])[1 + n %% %s]", CHANNELS, len(CHANNELS)),
    feeling=SQL("(%s::varchar[])[1 + n %% %s]", FEELINGS, len(FEELINGS)),
    date=SQL("t.date - n %% 60"),
    is_printed=SQL("n < 20"),
)
# What a facilitator has put to a statement.
env.cr.execute(
    SQL(
        "INSERT INTO %s (dupq_voice_id, dupq_code_statement_id) "
        "SELECT id, (%s::int[])[1 + id %% %s] FROM dupq_voice WHERE id %% 10 = 0",
        SQL.identifier(voice._fields["statement_ids"].relation),
        areas.statement_ids.ids,
        len(areas.statement_ids),
    )
)
env.cr.execute("ANALYZE")
env.cr.commit()
