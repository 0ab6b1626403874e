"""Import training records of 500 employees: with us, a file of the data set; without
us, the same records through Odoo's own import. Prints the seconds of one round."""

# ruff: noqa: F821
import os
import time
from datetime import date, timedelta

LINES = int(os.environ.get("DUPQ_BENCH_LINES", "50000"))
EMPLOYEES = 500

employees = env["hr.employee"].create(
    [{"name": f"Worker {number:04}"} for number in range(EMPLOYEES)]
)
training = env.ref("hr_skills.resume_type_training")
day = date(2024, 1, 1)
rows = [
    (
        number % EMPLOYEES,
        f"Safeguarding adults, part {number // EMPLOYEES}",
        day + timedelta(days=number % 300),
    )
    for number in range(LINES)
]
has_ours = "dupq.training.import" in env
if has_ours:
    for number, employee in enumerate(employees):
        employee.dupq_worker_reference = f"W-{number}"
env.flush_all()
env.invalidate_all()
env.cr.commit()

begin = time.monotonic()
if has_ours:
    file = env["dupq.training.import"].create({})
    result = (
        env["dupq.training.import.line"]
        .with_context(default_import_id=file.id, import_file=True)
        .load(
            ["worker", "title", "completed"],
            [
                [f"W-{worker}", title, done.strftime("%d/%m/%Y")]
                for worker, title, done in rows
            ],
        )
    )
    file.action_take()
else:
    result = (
        env["hr.resume.line"]
        .with_context(import_file=True)
        .load(
            ["employee_id", "name", "line_type_id", "date_start", "date_end"],
            [
                [f"Worker {worker:04}", title, training.name, str(done), str(done)]
                for worker, title, done in rows
            ],
        )
    )
env.flush_all()
seconds = time.monotonic() - begin
assert not result["messages"], result["messages"][:3]
found = env["hr.resume.line"].search_count([("employee_id", "in", employees.ids)])
assert found == LINES, found
env.cr.rollback()
print(f"RESULT import {seconds}")
