"""Run in the Odoo shell: create and change records of each kind, all rules on."""

# ruff: noqa: F821
import time

if "dupq.evidence.rule" in env:
    env["dupq.evidence.rule"].search([]).action_switch_on()
employee = env["hr.employee"].create({"name": "Worker"})
line_type = env["hr.resume.line.type"].search([("is_course", "=", True)], limit=1)
job = env["hr.job"].create({"name": "Support worker"})
KINDS = {
    "applicant": (
        "hr.applicant",
        {"partner_name": "Somebody", "job_id": job.id},
        {"partner_name": "Somebody else"},
    ),
    "course": (
        "hr.resume.line",
        {
            "name": "Course",
            "employee_id": employee.id,
            "line_type_id": line_type.id,
            "date_start": "2025-01-01",
            "date_end": "2025-01-02",
        },
        {"name": "Another"},
    ),
    "job": ("hr.job", {"name": "Cook"}, {"name": "Chef"}),
}
env.cr.commit()


def save(model, values, change):
    """Make 20 records and change each, as twenty people would."""
    for number in range(20):
        # Names of jobs may be used once only.
        first = (
            {**values, "name": f"{values['name']} {number}"}
            if model == "hr.job"
            else values
        )
        record = env[model].create(first)
        env.flush_all()
        record.write(
            {**change, "name": f"Chef {number}"} if model == "hr.job" else change
        )
        env.flush_all()


for kind, (model, values, change) in KINDS.items():
    times = []
    for _round in range(6):
        begin = time.monotonic()
        save(model, values, change)
        times.append(time.monotonic() - begin)
        env.cr.rollback()
        env.invalidate_all()
    print("RESULT", kind, min(times) / 20)
