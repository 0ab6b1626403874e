"""Run in the Odoo shell: services, staff, SIZE finished courses and their rules."""

# ruff: noqa: F821
import os

SIZE, RULES, SERVICES = int(os.environ["SIZE"]), 25, 600

departments = env["hr.department"].create(
    [{"name": f"Team {number}"} for number in range(SERVICES)]
)
env["dupq.service"].create(
    [
        {"name": f"House {number}", "department_id": department.id}
        for number, department in enumerate(departments)
    ]
)
employees = env["hr.employee"].create(
    [
        {"name": f"Worker {number}", "department_id": department.id}
        for number, department in enumerate(departments)
    ]
)
employees.version_id.write({"date_version": "2015-01-01"})
types = env["hr.resume.line.type"].create(
    [{"name": f"Course {number}", "is_course": True} for number in range(RULES)]
)
env.flush_all()
env.cr.execute(
    """
    INSERT INTO hr_resume_line (employee_id, line_type_id, name, course_type,
        date_start, date_end, create_date, write_date, create_uid, write_uid)
    SELECT %s::int + n %% %s, %s::int + n %% %s, jsonb_build_object('en_US', 'Course'),
           'external', d - 1, d, past, past, 1, 1
      FROM generate_series(0, %s) n,
           LATERAL (SELECT CURRENT_DATE - (n * 7 %% 1095)::int AS d,
                           now() AT TIME ZONE 'UTC' - interval '2 days' AS past) x
    """,
    (min(employees.ids), SERVICES, min(types.ids), RULES, SIZE - 1),
)
statements = env["dupq.code.statement"].search(
    [("code_id.key", "=", "duq"), ("polarity", "=", "good")], limit=RULES
)
rules = env["dupq.evidence.rule"].create(
    [
        {
            "name": f"Course {number}",
            "model": "hr.resume.line",
            "domain": f"[('line_type_id', '=', {line_type.id})]",
            "date_path": "date_end",
            "service_path": "employee_id",
            "statement_ids": [(6, 0, statements[number % len(statements)].ids)],
            "source_type": "training",
            "title_template": "Course finished on {date_end}",
        }
        for number, line_type in enumerate(types)
    ]
)
rules.action_switch_on()
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE")
env.cr._cnx.autocommit = False
print("STATEMENTS", len(statements))
