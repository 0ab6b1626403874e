"""Where an applicant or a job belongs, for the figures about choosing staff."""

from odoo.tools import SQL


def get_service(job_id, department_id, day):
    """SQL of one service id, or NULL: as the evidence of the same record has it.

    That of the first person the job was made for, on the day; else the service the
    job is for; else that of the department, or of the nearest one above it.

    :param job_id: SQL of the id of a job, and so on; `day` is a date
    """
    return SQL(
        """COALESCE(
            (SELECT st.service_id
               FROM dupq_job_person jp
               JOIN dupq_person_stay st ON st.person_id = jp.person_id
                AND st.date_from <= %(day)s
                AND COALESCE(st.date_to, 'infinity') >= %(day)s
              WHERE jp.job_id = %(job_id)s
              ORDER BY jp.id LIMIT 1),
            (SELECT dupq_service_id FROM hr_job WHERE id = %(job_id)s),
            (SELECT s.id
               FROM hr_department d
               JOIN hr_department up ON d.parent_path LIKE up.parent_path || '%%'
               JOIN dupq_service s ON s.department_id = up.id AND s.active
              WHERE d.id = %(department_id)s
              ORDER BY length(up.parent_path) DESC, s.id LIMIT 1))""",
        job_id=job_id,
        department_id=department_id,
        day=day,
    )


# What `get_service` reads, for `_depends`.
SERVICE_DEPENDS = {
    "dupq.job.person": ["job_id", "person_id"],
    "dupq.person.stay": ["date_from", "date_to", "person_id", "service_id"],
    "dupq.service": ["active", "department_id"],
    "hr.department": ["parent_id"],
    "hr.job": ["dupq_service_id"],
}
# What tells who was hired, how they were chosen, and whether they stayed.
HIRED_DEPENDS = {
    "hr.applicant": [
        "company_id",
        "date_closed",
        "department_id",
        "dupq_choice_followed",
        "dupq_shared_count",
        "employee_id",
        "job_id",
    ],
    "hr.employee": ["active", "company_id", "current_version_id"],
    "hr.version": ["departure_date"],
}
