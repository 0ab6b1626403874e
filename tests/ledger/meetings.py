"""Interviews, whose evidence depends on records one and two steps away: attendees, the
applicant, interviewers, organisers, departments and services. See `ledger.process`.

Whatever is not about meetings is done as in `ledger.steps`.
"""

from datetime import date, datetime, timedelta

import steps
from steps import *  # noqa: F403
from steps import HERE, _get, make_owner, make_places, run, set_clock

from odoo.fields import Command

steps.MODELS |= {
    "meeting": "calendar.event",
    "applicant": "hr.applicant",
    "guest": "res.partner",
    "organiser": "res.users",
}
steps.AGEING += [
    "calendar_event",
    "calendar_attendee",
    "hr_applicant",
    "res_partner",
    "res_users",
]
QUIET = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "tracking_disable": True,
    "no_reset_password": True,
}


def begin(env, meetings=0):
    """A provider who meets applicants, its rule switched on and read once."""
    set_clock(env, 0)
    env = env(context=QUIET)
    companies, departments, _services = make_places(env)
    env.cr.execute("DELETE FROM calendar_event")
    guests = env["res.partner"].create([{"name": f"Guest {n}"} for n in range(3)])
    organisers = env["res.users"].create(
        [{"name": f"Organiser {n}", "login": _login(env, n)} for n in range(2)]
    )
    job = env["hr.job"].create({"name": "Supporter", "company_id": False})
    applicants = env["hr.applicant"].create(
        [
            {
                "partner_name": f"Applicant {number}",
                "job_id": job.id,
                "company_id": False,
                "department_id": departments[number].id,
            }
            for number in range(3)
        ]
    )
    HERE.update(
        guest=guests.ids,
        organiser=organisers.ids,
        applicant=applicants.ids,
        meeting=[],
    )
    shipped = env.ref("dupq_code.dupq_evidence_rule_interview")
    rule = shipped.copy({"company_id": False})
    rule.statement_ids = steps._statements(env, 0)
    rule.with_user(make_owner(env, companies)).action_switch_on()
    HERE["rule"] = rule.id
    for number in range(meetings):
        create_meeting(env, number % 3, number % 2, number * 9 % 50, number % 3)
    env.cr.commit()
    run(env, "full")


def _login(env, number):
    return f"organiser.{number}.{env['res.users'].search_count([])}"


def _start(ago):
    midnight = datetime.combine(date.today() - timedelta(days=ago), datetime.min.time())
    return midnight + timedelta(hours=10)


# === WHAT PEOPLE DO === #


def create_meeting(env, applicant, organiser, ago, guest):
    """With its organiser and a guest, who has said yes."""
    who = _get(env, "organiser", organiser)
    partners = who.partner_id + _get(env, "guest", guest)
    meeting = (
        env["calendar.event"]
        .with_context(QUIET)
        .create(
            {
                "name": "A meeting",
                "applicant_id": _get(env, "applicant", applicant).id,
                "user_id": who.id,
                "partner_ids": [Command.set(partners.ids)],
                "start": _start(ago),
                "stop": _start(ago) + timedelta(hours=1),
            }
        )
    )
    meeting.attendee_ids.state = "accepted"
    HERE["meeting"].append(meeting.id)


def _meeting(env, number):
    return _get(env, "meeting", number).with_context(QUIET)


def reschedule(env, meeting, ago):
    values = {"start": _start(ago), "stop": _start(ago) + timedelta(hours=1)}
    _meeting(env, meeting).write(values)


def answer(env, meeting, guest, state):
    partner = _get(env, "guest", guest)
    attendees = _meeting(env, meeting).attendee_ids
    attendees.filtered(lambda one: one.partner_id == partner).state = state


def answer_for_organiser(env, meeting, state):
    found = _meeting(env, meeting)
    partner = found.user_id.partner_id
    found.attendee_ids.filtered(lambda one: one.partner_id == partner).state = state


def invite(env, meeting, guest):
    partner = _get(env, "guest", guest)
    _meeting(env, meeting).partner_ids = [Command.link(partner.id)]


def turn_away(env, meeting, guest):
    partner = _get(env, "guest", guest)
    _meeting(env, meeting).partner_ids = [Command.unlink(partner.id)]


def organise(env, meeting, organiser):
    _meeting(env, meeting).user_id = _get(env, "organiser", organiser)


def meet(env, meeting, applicant):
    """Another applicant, or none."""
    found = _get(env, "applicant", applicant) if applicant is not None else False
    _meeting(env, meeting).applicant_id = found


def keep_private(env, meeting, privacy):
    _meeting(env, meeting).privacy = privacy


def become(env, applicant, guest):
    """The applicant turns out to be one of the guests, or none of them."""
    found = _get(env, "guest", guest) if guest is not None else False
    _get(env, "applicant", applicant).with_context(QUIET).partner_id = found


def appoint(env, applicant, organiser):
    """An organiser becomes an interviewer, or is none any more."""
    found = _get(env, "applicant", applicant).with_context(QUIET)
    who = _get(env, "organiser", organiser)
    command = Command.unlink if who in found.interviewer_ids else Command.link
    found.interviewer_ids = [command(who.id)]


def move_applicant(env, applicant, department):
    found = _get(env, "applicant", applicant).with_context(QUIET)
    found.department_id = _get(env, "department", department)


# === WHAT MUST BE THERE === #


def expected(env):
    """By a statement of our own that shares nothing with the product's."""
    env.cr.execute(
        """
        WITH interview AS (
            SELECT m.id, m.start::date AS day, a.department_id
              FROM calendar_event m
              JOIN hr_applicant a ON a.id = m.applicant_id
              JOIN res_users u ON u.id = m.user_id
             WHERE m.active AND m.stop <= %(now)s
               AND COALESCE(m.privacy, 'public') != 'private'
               AND 0 < (SELECT count(*) FROM calendar_attendee t
                         WHERE t.event_id = m.id AND t.state = 'accepted'
                           AND t.partner_id != COALESCE(a.partner_id, 0)
                           AND (t.partner_id != u.partner_id OR m.user_id IN (
                               SELECT i.res_users_id
                                 FROM hr_applicant_res_users_interviewers_rel i
                                WHERE i.hr_applicant_id = a.id))))
        SELECT i.id, i.day::text, s.id, x.statement_id, r.polarity, TRUE
          FROM interview i
          JOIN hr_department d ON d.id = i.department_id
          JOIN dupq_service s ON s.id = (
               SELECT n.id FROM dupq_service n, hr_department up
                WHERE n.active AND n.department_id = up.id
                  AND up.id::text = ANY (string_to_array(d.parent_path, '/'))
             ORDER BY array_length(string_to_array(up.parent_path, '/'), 1) DESC, n.id
                LIMIT 1)
          JOIN dupq_evidence_rule r ON r.id = %(rule)s
          JOIN dupq_evidence_rule_statement_rel x ON x.rule_id = r.id
         WHERE COALESCE(r.company_id, s.company_id) = s.company_id
           AND i.day BETWEEN COALESCE(r.date_from, '0001-01-01') AND %(today)s
        """,
        {"now": datetime.now(), "today": date.today(), "rule": HERE["rule"]},
    )
    return {row[0]: row[1:] for row in env.cr.fetchall()}
