"""Run in the Odoo shell: SIZE shifts of a year, 220 for each worker, with the services,
people and choices of a provider of that size."""

# ruff: noqa: F821
import os

SIZE = int(os.environ["SIZE"])
WORKERS, YEAR = max(SIZE // 220, 20), 2025
SERVICES = max(WORKERS * 6 // 100, 5)
PEOPLE = SERVICES * 6

env.company.partner_id.tz = "Europe/London"
services = env["dupq.service"].create(
    [{"name": f"House {number}"} for number in range(SERVICES)]
)
workers = env["hr.employee"].create(
    [{"name": f"Worker {number}"} for number in range(WORKERS)]
)
env["dupq.service.member"].create(
    [
        {
            "service_id": services[number % SERVICES].id,
            "employee_id": worker.id,
            "date_from": "2024-01-01",
        }
        for number, worker in enumerate(workers)
    ]
)
people = env["dupq.person"].create(
    [
        {
            "preferred_name": f"Person {number}",
            "stay_ids": [
                (
                    0,
                    0,
                    {
                        "service_id": services[number % SERVICES].id,
                        "date_from": "2024-01-01",
                    },
                )
            ],
        }
        for number in range(PEOPLE)
    ]
)
# A job is made for the people of one house.
jobs = env["hr.job"].create(
    [{"name": f"Support worker, house {number}"} for number in range(SERVICES)]
)
trait = env["dupq.trait"].create({"name": "Long walks"})
applicants = env["hr.applicant"].create(
    [
        {
            "partner_name": f"Worker {number}",
            "job_id": jobs[number % SERVICES].id,
            "employee_id": workers[number].id,
        }
        for number in range(min(PEOPLE, WORKERS))
    ]
)
env.flush_all()
env.cr.execute(
    """
    INSERT INTO dupq_job_person (job_id, person_id)
    SELECT %(job)s + (id - %(person)s) %% %(services)s, id FROM dupq_person
     WHERE id >= %(person)s AND id %% 3 = 0;
    INSERT INTO dupq_job_wish (job_person_id, job_id, person_id, kind, trait_id, text,
        state)
    SELECT id, job_id, person_id, 'interest', %(trait)s, 'Long walks', 'kept'
      FROM dupq_job_person WHERE job_id >= %(job)s;
    INSERT INTO hr_applicant_dupq_trait_rel (applicant_id, trait_id)
    SELECT id, %(trait)s FROM hr_applicant WHERE job_id >= %(job)s AND id %% 2 = 0;
    UPDATE hr_applicant SET date_closed = '2024-06-01', dupq_shared_count = 1
     WHERE id %% 2 = 0;
    INSERT INTO dupq_choice (applicant_id, person_id, company_id, stage, date, state,
        answer, taken_by, create_uid, write_uid)
    SELECT a.id, %(person)s + (a.id + n * 7) %% %(people)s, %(company)s, 'final',
           DATE '2024-09-01' + n * 40, 'answered',
           CASE WHEN (a.id + n) %% 4 = 0 THEN 'no' ELSE 'yes' END, 'person', 1, 1
      FROM hr_applicant a CROSS JOIN generate_series(0, 9) n
     WHERE a.job_id >= %(job)s;
    INSERT INTO dupq_shift (service_id, company_id, person_id, employee_id, agency_ref,
        start, stop, hours, kind, reason, create_date, write_date, create_uid,
        write_uid)
    SELECT %(service)s + house, %(company)s,
           CASE WHEN g %% 20 > 0
                THEN %(person)s + house + %(services)s * (g / 7 %% 6) END,
           CASE WHEN g %% 23 > 0 THEN %(worker)s + w END,
           CASE WHEN g %% 23 = 0 THEN 'AG-' || w %% 500 END,
           begins, begins + length, EXTRACT(EPOCH FROM length) / 3600,
           CASE WHEN g %% 23 = 0 THEN 'agency' WHEN g %% 19 = 0 THEN 'cover_sickness'
                WHEN g %% 29 = 0 THEN 'cover_leave' WHEN g %% 101 = 0 THEN 'moved'
                ELSE 'usual' END,
           CASE WHEN g %% 101 = 0 THEN 'So.' END, now(), now(), 1, 1
      FROM generate_series(0, %(size)s - 1) g
CROSS JOIN LATERAL (
        SELECT g %% %(workers)s AS w, (g / %(workers)s) * 365 / 220 AS day,
               (g %% %(workers)s + CASE WHEN g %% 11 = 0 THEN 1 ELSE 0 END)
                   %% %(services)s AS house) x
CROSS JOIN LATERAL (
        SELECT (DATE '2025-01-01' + day + CASE g %% 3
                    WHEN 0 THEN interval '7 hours' WHEN 1 THEN interval '14 hours'
                    ELSE interval '21 hours' END)
               AT TIME ZONE 'Europe/London' AT TIME ZONE 'UTC' AS begins,
               CASE g %% 3 WHEN 2 THEN interval '10 hours 30 minutes'
                    ELSE interval '7 hours 30 minutes' END AS length) y
    """,
    {
        "job": min(jobs.ids),
        "trait": trait.id,
        "person": min(people.ids),
        "people": PEOPLE,
        "company": env.company.id,
        "service": min(services.ids),
        "services": SERVICES,
        "worker": min(workers.ids),
        "workers": WORKERS,
        "size": SIZE,
    },
)
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE")
env.cr._cnx.autocommit = False
