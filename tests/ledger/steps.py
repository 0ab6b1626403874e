"""What a provider does, and what becomes of it: see `ledger.process`.

One small provider at a time, in a company with a second one beside it; its people,
departments, services and kinds of courses are numbered from 0.
"""

import contextlib
import random
import signal
import time
from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.dupq_code.models import dupq_evidence_rule_run as runs
from odoo.addons.dupq_code.models import dupq_evidence_rule_runner as runner
from odoo.addons.dupq_code.models import dupq_evidence_rule_together as together
from odoo.addons.dupq_code.models.dupq_evidence_rule_ledger import (
    DupqEvidenceRuleLedger as Ledger,
)
from odoo.addons.dupq_code.models.dupq_evidence_rule_look import (
    DupqEvidenceRuleLook as Look,
)

DOMAIN = "[('line_type_id.is_course', '=', True), ('date_end', '>=', 'today -60d')]"
# The ids of what is there, by kind and number; the clock; the last rule.
HERE = {}
# Tables of which the stamps of time are asked.
AGEING = [
    "hr_resume_line",
    "hr_resume_line_type",
    "hr_employee",
    "hr_version",
    "hr_department",
    "dupq_service",
    "dupq_service_member",
]
MODELS = {
    "company": "res.company",
    "department": "hr.department",
    "service": "dupq.service",
    "type": "hr.resume.line.type",
    "employee": "hr.employee",
    "member": "dupq.service.member",
    "version": "hr.version",
    "course": "hr.resume.line",
}
# Told to go on by this signal.
GO_ON = signal.SIGUSR1
signal.pthread_sigmask(signal.SIG_BLOCK, {GO_ON})

# === A PROVIDER === #


def begin(env, courses=0):
    """A new provider, its rule switched on and read once."""
    set_clock(env, 0)
    env.cr.execute("DELETE FROM hr_resume_line")
    companies, departments, services = make_places(env)
    types = env["hr.resume.line.type"].create(
        [{"name": "First", "is_course": True}, {"name": "Second", "is_course": False}]
    )
    employees = env["hr.employee"].create(
        [
            {
                "name": f"Somebody {number}",
                "date_version": "2020-01-01",
                "department_id": departments[number].id if number < 3 else False,
            }
            for number in range(4)
        ]
    )
    member = env["dupq.service.member"].create(
        {
            "service_id": services[1].id,
            "employee_id": employees[3].id,
            "date_from": _day(30),
        }
    )
    HERE.update(
        type=types.ids,
        employee=employees.ids,
        member=member.ids,
        version=employees.version_id.ids,
        course=[],
    )
    HERE["rule"] = _make_rule(env, companies).id
    _create_courses(env, [(n % 4, 0, n * 9 % 50) for n in range(courses)])
    env.cr.commit()
    run(env, "full")


def make_places(env):
    """Nothing in the ledger, and three departments, two with a service."""
    for rule in env["dupq.evidence.rule"].search([("state", "!=", "off")]):
        rule.action_switch_off()
    env.cr.execute("DELETE FROM dupq_evidence_statement_rel")
    env.cr.execute("DELETE FROM dupq_evidence")
    companies = _make_companies(env)
    departments = env["hr.department"].create(
        [{"name": name, "company_id": False} for name in ("A", "B", "C")]
    )
    departments[2].parent_id = departments[0]
    services = env["dupq.service"].create(
        [
            {"name": "At A", "department_id": departments[0].id},
            {"name": "At B", "department_id": departments[1].id},
            {"name": "Elsewhere", "company_id": companies[1].id},
        ]
    )
    HERE.update(company=companies.ids, department=departments.ids, service=services.ids)
    return companies, departments, services


def _make_companies(env):
    main = env.ref("base.main_company")
    other = env["res.company"].search([("name", "=", "Second provider")])
    return main + (other or env["res.company"].create({"name": "Second provider"}))


def make_owner(env, companies):
    login = "ledger.hr"
    user = env["res.users"].search([("login", "=", login)]) or env["res.users"].create(
        {
            "name": "HR",
            "login": login,
            "company_ids": [Command.set(companies.ids)],
            "tz": "UTC",
        }
    )
    for group in ("hr.group_hr_user", "hr_recruitment.group_hr_recruitment_user"):
        user.group_ids += env.ref(group)
    return user


def _make_rule(env, companies):
    rule = env["dupq.evidence.rule"].create(
        {
            "name": "Course finished",
            "model": "hr.resume.line",
            "domain": DOMAIN,
            "date_path": "date_end",
            "service_path": "employee_id",
            "statement_ids": _statements(env, 0),
            "source_type": "training",
            "title_template": "{line_type_id} finished on {date_end}",
        }
    )
    rule.with_user(make_owner(env, companies)).action_switch_on()
    return rule


def _statements(env, number):
    names = ("a1_g4", "a3_g4")
    statement = env.ref(f"dupq_code.dupq_code_statement_{names[number]}")
    return [Command.set(statement.ids)]


def _get(env, kind, number):
    """The record of a kind with a number, if there still is one."""
    ids = HERE[kind]
    return env[MODELS[kind]].browse(ids[number % len(ids)] if ids else []).exists()


def _day(ago):
    return date.today() - timedelta(days=ago)


# === WHAT PEOPLE DO === #


def create_course(env, employee, kind, ago):
    _create_courses(env, [(employee, kind, ago)])


def _create_courses(env, courses):
    made = env["hr.resume.line"].create(
        [
            {
                "name": "A course",
                "employee_id": _get(env, "employee", employee).id,
                "line_type_id": _get(env, "type", kind).id,
                "date_start": "2020-01-01",
                "date_end": _day(ago),
            }
            for employee, kind, ago in courses
        ]
    )
    HERE["course"] += made.ids


def edit_course(env, course, kind, ago):
    _get(env, "course", course).write(
        {"line_type_id": _get(env, "type", kind).id, "date_end": _day(ago)}
    )


def give_course(env, course, employee):
    _get(env, "course", course).employee_id = _get(env, "employee", employee)


def delete(env, kind, number):
    _get(env, kind, number).unlink()


def turn_type(env, kind):
    found = _get(env, "type", kind)
    found.is_course = not found.is_course


def move(env, employee, department, ago):
    """A transfer, in a version of its own."""
    version = _get(env, "employee", employee).create_version(
        {
            "date_version": _day(ago),
            "department_id": _get(env, "department", department).id,
        }
    )
    HERE["version"].append(version.id)


def correct_version(env, version, department):
    _get(env, "version", version).department_id = _get(env, "department", department)


def archive(env, kind, number):
    found = _get(env, kind, number)
    found.active = not found.active


def change_company(env, kind, number, company):
    _get(env, kind, number).company_id = _get(env, "company", company)


def move_department(env, number, parent):
    _get(env, "department", number).parent_id = _get(env, "department", parent)


def link_service(env, service, department):
    _get(env, "service", service).department_id = _get(env, "department", department)


def change_member(env, member, service, ago):
    _get(env, "member", member).write(
        {"service_id": _get(env, "service", service).id, "date_from": _day(ago)}
    )


def change_rule(env, values, statement=None):
    rule = env["dupq.evidence.rule"].browse(HERE["rule"])
    owner = rule.owner_id
    rule.action_switch_off()
    if statement is not None:
        values = values | {"statement_ids": _statements(env, statement)}
    rule.write(values)
    rule.with_user(owner).action_switch_on()


def set_clock(env, days):
    """So many days later than it is."""
    if "clock" not in HERE:
        HERE["now"] = datetime.now()
        HERE["clock"] = freeze_time(HERE["now"], tick=True).start()
    HERE["clock"].move_to(HERE["now"] + timedelta(days=days))


# === RUNS === #


def run(env, mode):
    """A run as Odoo's cron does it; whether it came to an end, and what it did.

    :param mode: full or changes for the rule alone, or pass: all rules that are on
    """
    rule = env["dupq.evidence.rule"].browse(HERE["rule"])
    before = env["dupq.evidence.rule.run"]._get_watermark()
    if mode == "pass":
        env["dupq.evidence.rule"]._run_all("changes")
        done = rule.last_run_id.state == "done"
    else:
        done = rule._run(mode, lambda _done: env["ir.cron"]._commit_progress(1))
    last = rule.last_run_id
    if done:
        _age(env, before)
    counts = (last.added_count, last.changed_count, last.withdrawn_count)
    return [done, rule.state, last.mode, sum(counts)]


def _age(env, before):
    """Make what was written before a run an hour older than it is.

    Odoo asks for changes by the whole second, and here all happens in one: what is
    asked again only for that reason would hide what is not asked at all.
    """
    env.flush_all()
    for table in AGEING:
        env.cr.execute(
            SQL(
                """UPDATE %(table)s SET write_date = write_date - interval '1 hour'
                    WHERE id IN (SELECT id FROM %(table)s WHERE write_date < %(before)s
                                    AND write_date > %(before)s - interval '30 minutes'
                                    FOR NO KEY UPDATE SKIP LOCKED)""",
                table=SQL.identifier(table),
                before=before,
            )
        )
    env.invalidate_all()


def set_batch(env, size):
    runner.BATCH = together.BATCH = size


def live(env):
    """{record: [day, service, statement, polarity]} of what is there and in use."""
    source = env[env["dupq.evidence.rule"].browse(HERE["rule"]).model]._table
    question = SQL(
        """
        SELECT e.res_id, e.date_seen::text, e.service_id, r.statement_id, e.polarity,
               EXISTS (SELECT 1 FROM %s s WHERE s.id = e.res_id)
          FROM dupq_evidence e
          JOIN dupq_evidence_statement_rel r ON r.evidence_id = e.id
         WHERE e.rule_id = %s AND e.state IN ('proposed', 'accepted', 'disputed')
        """,
        SQL.identifier(source),
        HERE["rule"],
    )
    rows = env.execute_query(question)
    assert len({row[0] for row in rows}) == len(rows), f"twice: {sorted(rows)}"
    return {row[0]: row[1:] for row in rows}


def expected(env):
    """The same, by a statement of our own that shares nothing with the product's."""
    env.cr.execute(
        """
        WITH course AS (
            SELECT l.id, l.date_end, l.employee_id, e.company_id
              FROM hr_resume_line l, hr_resume_line_type t, hr_employee e
             WHERE t.id = l.line_type_id AND t.is_course AND e.id = l.employee_id
               AND l.date_end BETWEEN %(today)s::date - 60 AND %(today)s),
        placed AS (
            SELECT c.*, COALESCE(
                (SELECT s.id
                   FROM dupq_service s, hr_department up, hr_department d
                  WHERE s.active AND s.department_id = up.id
                    AND up.id::text = ANY (string_to_array(d.parent_path, '/'))
                    AND d.id = (SELECT v.department_id FROM hr_version v
                                 WHERE v.employee_id = c.employee_id AND v.active
                                   AND v.date_version = (
                                       SELECT max(w.date_version) FROM hr_version w
                                        WHERE w.employee_id = c.employee_id
                                          AND w.active
                                          AND w.date_version <= c.date_end))
               ORDER BY array_length(string_to_array(up.parent_path, '/'), 1) DESC,
                        s.id
                  LIMIT 1),
                (SELECT m.service_id FROM dupq_service_member m
                  WHERE m.employee_id = c.employee_id
                    AND c.date_end >= m.date_from
                    AND c.date_end <= COALESCE(m.date_to, 'infinity')
               ORDER BY m.date_from, m.id LIMIT 1)) AS place
              FROM course c)
        SELECT p.id, p.date_end::text, s.id, x.statement_id, r.polarity, TRUE
          FROM placed p, dupq_service s, dupq_evidence_rule r,
               dupq_evidence_rule_statement_rel x
         WHERE s.id = p.place AND r.id = %(rule)s AND x.rule_id = r.id
           AND COALESCE(p.company_id, s.company_id) = s.company_id
           AND COALESCE(r.company_id, s.company_id) = s.company_id
           AND COALESCE(r.company_id, p.company_id, 0)
             = COALESCE(p.company_id, r.company_id, 0)
           AND (r.date_from IS NULL OR p.date_end >= r.date_from)
           AND (r.date_to IS NULL OR p.date_end <= r.date_to)
        """,
        {"today": date.today(), "rule": HERE["rule"]},
    )
    return {row[0]: row[1:] for row in env.cr.fetchall()}


# === STOPPING IN THE MIDDLE === #

PHASES = {
    "after the look": (Look, "_look_ahead", None, True),
    "before the ledger": (Ledger, "_carry_out", None, False),
    "after the withdrawals": (Ledger, "_end", ("withdraw", "withdrawn"), True),
    "after the ends": (Ledger, "_end", None, True),
    "after the insert": (Ledger, "_make", None, True),
    "after the figures": (Ledger, "_carry_out", None, True),
    "before commit": (IrCron, "_commit_progress", None, False),
    "after commit": (IrCron, "_commit_progress", None, True),
}


@contextlib.contextmanager
def stop_at(owner, name, only, after, nth, wait):
    """Call ``wait`` when ``owner.name`` is reached for the nth time.

    :param only: the arguments of the calls that count, or None for all
    :param bool after: whether to wait when it is done, or before it begins
    """
    count = 0

    def stop():
        nonlocal count
        count += 1
        if count == nth:
            wait()

    original = getattr(owner, name)

    def wrapped(self, *args, **keywords):
        if not after:
            stop()
        result = original(self, *args, **keywords)
        if after and only in (None, args):
            stop()
        return result

    with patch.object(owner, name, wrapped):
        yield


def stopping_at(phase, nth, wait):
    """Call ``wait`` when the phase is reached for the nth time."""
    return stop_at(*PHASES[phase], nth, wait)


def wait_for_signal():
    signal.sigwait({GO_ON})


def run_when_free(env):
    """A run, as soon as the database has noticed the end of the one before."""
    for _attempt in range(200):
        result = run(env, "full")
        if result[0]:
            return result
        env.cr.commit()
        time.sleep(0.05)
    return result


def wait_until_free(env):
    """The database notices the end of a process a moment later."""
    rules = env["dupq.evidence.rule"].search([("state", "=", "on")])
    for _attempt in range(200):
        free = rules._lock(SQL.identifier("pg_try_advisory_xact_lock"))
        env.cr.commit()
        if free == rules:
            return
        time.sleep(0.05)
    raise AssertionError("somebody is still at it")


def take_turn(env, mode):
    """A run with all that the cron does around it."""
    rule = env["dupq.evidence.rule"].browse(HERE["rule"])
    return [rule._take_turn(mode, 1)[0], rule.state]


def withdraw(env, course):
    item = env["dupq.evidence"].search(
        [
            ("rule_id", "=", HERE["rule"]),
            ("res_id", "=", HERE["course"][course]),
            ("state", "=", "accepted"),
        ]
    )
    item._take("withdraw", "It was another course.")
    return item.id


def run_without_lock(env, mode):
    with patch.object(runner.DupqEvidenceRuleRunner, "_alone", _unlocked):
        return run(env, mode)


def change_much(env, number):
    """Courses that are new, of another day, no courses any more, again, and gone."""
    chance = random.Random(number)
    lines = env["hr.resume.line"].browse(HERE["course"]).exists()
    first, second = (_get(env, "type", number) for number in range(2))
    lines.filtered(lambda line: line.line_type_id == second).line_type_id = first
    ids = chance.sample(lines.ids, len(lines))
    for line in lines.browse(ids[:8]):
        line.date_end = _day(chance.randrange(50))
    lines.browse(ids[8:14]).line_type_id = second
    lines.browse(ids[14:18]).employee_id = _get(env, "employee", chance.randrange(4))
    lines.browse(ids[18:23]).unlink()
    for _new in range(5):
        create_course(env, chance.randrange(3), 0, chance.randrange(50))


def find_faults(env):
    """What no history of a ledger may have: sentences."""
    rule = HERE["rule"]
    questions = {
        "a version that replaced another, which is still in use": """
            SELECT e.id FROM dupq_evidence e, dupq_evidence p
             WHERE e.rule_id = %s AND p.id = e.previous_version_id
               AND p.state NOT IN ('superseded', 'withdrawn')""",
        "two versions that replaced the same one": """
            SELECT previous_version_id FROM dupq_evidence
             WHERE rule_id = %s AND previous_version_id IS NOT NULL
          GROUP BY 1 HAVING count(*) > 1""",
        "an item replaced by nothing": """
            SELECT e.id FROM dupq_evidence e
             WHERE e.rule_id = %s AND e.state = 'superseded' AND NOT EXISTS (
                   SELECT 1 FROM dupq_evidence n WHERE n.previous_version_id = e.id)""",
        "an item without a statement": """
            SELECT e.id FROM dupq_evidence e
             WHERE e.rule_id = %s AND NOT EXISTS (
                   SELECT 1 FROM dupq_evidence_statement_rel r
                    WHERE r.evidence_id = e.id)""",
        "the same thing said twice": """
            SELECT e.id FROM dupq_evidence e, dupq_evidence p
             WHERE e.rule_id = %s AND p.id = e.previous_version_id
               AND e.rule_digest = p.rule_digest""",
        "a run that never ended": """
            SELECT id FROM dupq_evidence_rule_run
             WHERE rule_id = %s AND state = 'running'""",
    }
    found = []
    for fault, question in questions.items():
        env.cr.execute(question, (rule,))
        if env.cr.fetchall():
            found.append(fault)
    return found


def add_twin(env):
    """A second rule that reads the same, and speaks of something else."""
    rule = env["dupq.evidence.rule"].browse(HERE["rule"])
    twin = rule.copy({"statement_ids": _statements(env, 1)})
    twin.with_user(rule.owner_id).action_switch_on()
    env.cr.commit()
    twin._run("full", lambda _done: env["ir.cron"]._commit_progress(1))
    HERE["twin"] = twin.id


def change_some(env, number):
    """Courses of another day, of somebody else, and new: nothing to withdraw."""
    chance = random.Random(number)
    lines = env["hr.resume.line"].browse(HERE["course"]).exists()
    lines = lines.filtered(lambda line: line.line_type_id.id == HERE["type"][0])
    ids = chance.sample(lines.ids, 12)
    for line in lines.browse(ids[:8]):
        line.date_end = _day(chance.randrange(50))
    lines.browse(ids[8:]).employee_id = _get(env, "employee", chance.randrange(3))
    for _new in range(3):
        create_course(env, chance.randrange(3), 0, chance.randrange(50))


def compare_twins(env):
    """How many runs the twins took together, and what only one has in the ledger."""
    rules = (HERE["rule"], HERE["twin"])
    env.cr.execute(
        """
        SELECT count(*) FROM dupq_evidence_rule_run a, dupq_evidence_rule_run b
         WHERE a.rule_id = %s AND b.rule_id = %s AND a.create_date = b.create_date
           AND a.mode = 'changes' AND b.mode = 'changes'
           AND a.state = 'done' AND b.state = 'done'
           AND a.added_count > 0 AND a.added_count = b.added_count
           AND a.changed_count = b.changed_count
        """,
        rules,
    )
    together = env.cr.fetchone()[0]
    env.cr.execute(
        """
        SELECT res_id, date_seen::text, service_id, array_agg(rule_id)
          FROM dupq_evidence
         WHERE rule_id IN %s AND state IN ('proposed', 'accepted', 'disputed')
      GROUP BY res_id, date_seen, service_id HAVING count(*) != 2
        """,
        (rules,),
    )
    return together, env.cr.fetchall()


def find_tables(env):
    """Tables that only this connection has."""
    env.cr.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() "
        "AND relkind = 'r' ORDER BY 1"
    )
    return [row[0] for row in env.cr.fetchall()]


@contextlib.contextmanager
def _unlocked(self, over_commits):
    yield self


def remove_fencing(env):
    """As if nobody had thought of two runs: no lock, no check, no index."""
    runner.DupqEvidenceRuleRunner._alone = _unlocked
    run_class = runs.DupqEvidenceRuleRun
    run_class._note = lambda self, counts, last_id: True
    run_class._finish = lambda self: None
    env.cr.execute("DROP INDEX dupq_evidence_one_by_rule")
