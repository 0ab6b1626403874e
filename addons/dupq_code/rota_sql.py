"""What counting shifts needs in SQL: clocks on the wall, months, who is known."""

from odoo.tools import SQL

# A shift is at most so long. Longer ones are mistakes, or support that lives in and
# is written down day by day; it bounds how far back a month has to look.
LONGEST_HOURS = 48
# Each shift as the counting reads it, from whatever it was kept in.
COLUMNS = (
    "source_id",
    "res_id",
    "employee_id",
    "agency_ref",
    "face_key",
    "person_id",
    "service_id",
    "start",
    "stop",
    "kind",
)


def get_places(env):
    """SQL of every service with its company and its time zone: id, company_id, tz."""
    # Only the time zone of each company is read.
    companies = env["res.company"].sudo().with_context(active_test=False).search([])
    zones = SQL(", ").join(
        SQL("(%s, %s)", company.id, company._get_timezone().zone)
        for company in companies
    )
    return SQL(
        """
        SELECT s.id, s.company_id, COALESCE(NULLIF(a.tz, ''), c.tz) AS tz
          FROM dupq_service s
          JOIN (VALUES %s) c (id, tz) ON c.id = s.company_id
     LEFT JOIN res_partner a ON a.id = s.partner_id
        """,
        zones,
    )


def get_local(moment, zone):
    """SQL of what the clock on the wall showed at a moment kept in UTC."""
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)", moment, zone)


def get_utc(local, zone):
    """SQL of the moment at which the clock on the wall showed that."""
    return SQL("(%s AT TIME ZONE %s AT TIME ZONE 'UTC')", local, zone)


def get_touched(begins, ends):
    """SQL of an array: the months whose figures a shift has a part in.

    That of its start, that of its end, and that of the Monday of its week, to which
    the week belongs.
    """
    return SQL(
        "ARRAY[date_trunc('month', %(begins)s)::date, "
        "date_trunc('month', %(ends)s - interval '1 microsecond')::date, "
        "date_trunc('month', date_trunc('week', %(begins)s))::date]",
        begins=begins,
        ends=ends,
    )


def get_department_service(employee, day):
    """SQL of the service of an employee's department on a day, as rules find it."""
    return SQL(
        """(SELECT home.id
              FROM (SELECT department_id FROM hr_version
                     WHERE employee_id = %s AND active AND date_version <= %s
                  ORDER BY date_version DESC LIMIT 1) version
              JOIN hr_department d ON d.id = version.department_id
        CROSS JOIN unnest(string_to_array(rtrim(d.parent_path, '/'), '/')::int[])
                   WITH ORDINALITY above(id, depth)
              JOIN dupq_service home ON home.department_id = above.id AND home.active
          ORDER BY above.depth DESC, home.id LIMIT 1)""",
        employee,
        day,
    )


def get_known_there(employee, service, first, last):
    """SQL of whether an employee is known in a service, from one day to another.

    Whoever works in the department of the service on the first day, or was a member
    of the service all the time.
    """
    return SQL(
        # Whether a member is looked up first: it is the cheaper question.
        """COALESCE(EXISTS (
               SELECT 1 FROM dupq_service_member belongs
                WHERE belongs.employee_id = %(employee)s
                  AND belongs.service_id = %(service)s
                  AND belongs.date_from <= %(first)s
                  AND (belongs.date_to IS NULL OR belongs.date_to >= %(last)s))
               OR %(works)s = %(service)s, FALSE)""",
        works=get_department_service(employee, first),
        employee=employee,
        service=service,
        first=first,
        last=last,
    )


def get_chosen():
    """SQL of whom people had chosen from when until when: person_id, employee_id,
    since, until.

    The last final answer counts that was given by the person, or with a supporter.
    """
    return SQL(
        """
        SELECT person_id, employee_id, since, until
          FROM (SELECT c.person_id, a.employee_id, c.answer, c.date AS since,
                       lead(c.date) OVER (
                           PARTITION BY c.person_id, a.employee_id
                           ORDER BY c.date, c.id) AS until
                  FROM dupq_choice c
                  JOIN hr_applicant a ON a.id = c.applicant_id
                 WHERE a.employee_id IS NOT NULL AND c.stage = 'final'
                   AND c.state = 'answered' AND c.taken_by <> 'circle') c
         WHERE answer = 'yes' AND until IS DISTINCT FROM since
        """
    )


def get_matched():
    """SQL of who was hired for whom, and shares a wish with them: person_id,
    employee_id, since.

    Of a job made for several people, each counts the wishes of their own that were
    kept for it, as the applicant's match does.
    """
    return SQL(
        """
        SELECT jp.person_id, a.employee_id, MIN(a.date_closed)::date AS since
          FROM hr_applicant a
          JOIN dupq_job_person jp ON jp.job_id = a.job_id
         WHERE a.employee_id IS NOT NULL AND a.date_closed IS NOT NULL
           AND EXISTS (
               SELECT 1 FROM dupq_job_wish w
                WHERE w.job_person_id = jp.id AND w.state = 'kept'
                  AND (EXISTS (
                       SELECT 1 FROM hr_applicant_dupq_trait_rel said
                        WHERE said.applicant_id = a.id
                          AND said.trait_id = w.trait_id)
                       OR EXISTS (
                       SELECT 1 FROM hr_applicant_hr_skill_rel able
                         JOIN dupq_trait_hr_skill_rel same
                           ON same.hr_skill_id = able.hr_skill_id
                        WHERE able.hr_applicant_id = a.id
                          AND same.dupq_trait_id = w.trait_id)))
      GROUP BY jp.person_id, a.employee_id
        """
    )
