"""Run in the Odoo shell: one self-assessment, and PEOPLE support workers who lead its
discussions, five in each room."""

# ruff: noqa: F821
import os
from datetime import timedelta

from odoo import Command, fields

PEOPLE, IN_ROOM = int(os.environ["PEOPLE"]), 5

service = env["dupq.service"].create({"name": "Harbour View"})
assessment = env["dupq.assessment"].create(
    {
        "service_id": service.id,
        "code_id": env.ref("dupq_code.dupq_code_duq").id,
        "lead_id": env.ref("base.user_admin").id,
    }
)
assessment._take("start")
users = env["res.users"].create(
    [
        {
            "name": f"Facilitator {number}",
            "login": f"room{number}",
            "password": f"room{number}",
            "group_ids": [
                Command.link(env.ref("dupq_code.dupq_code_group_support_worker").id)
            ],
        }
        for number in range(PEOPLE)
    ]
)
env["dupq.service.member"].create(
    [{"service_id": service.id, "user_id": user.id} for user in users]
)
groups = env["dupq.stakeholder.group"].search([], limit=4)
begun = fields.Datetime.now() - timedelta(hours=1)
for first in range(0, PEOPLE, IN_ROOM):
    room = users[first : first + IN_ROOM]
    session = env["dupq.assessment.session"].create(
        {
            "assessment_id": assessment.id,
            "date": begun,
            "facilitator_ids": [Command.set(room.ids)],
            "attendance_ids": [
                Command.create({"group_id": group.id, "number": 3}) for group in groups
            ],
        }
    )
    for user in room:
        print("SESSION", user.login, session.id)
print("GROUPS", *groups.ids)
print("QUESTIONS", *assessment.code_id.area_ids.question_ids.ids[:10])
env.cr.commit()
