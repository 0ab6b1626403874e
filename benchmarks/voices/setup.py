"""Fed to the Odoo shell: 37 questions as a self-assessment with links for everybody,
and the same as one of Odoo's surveys."""

import json
import os

from odoo.fields import Command

people = int(os.environ["PEOPLE"])
env = env  # noqa: F821, PLW0127 - the shell gives it
service = env["dupq.service"].create({"name": "House"})
assessment = env["dupq.assessment"].create({"service_id": service.id})
assessment._take("start")
line = env["dupq.assessment.participant"].create(
    {
        "assessment_id": assessment.id,
        "group_id": env.ref("dupq_code.dupq_stakeholder_group_families").id,
        "planned": people,
    }
)
tokens = []
for number in range(people):
    one = env["dupq.invitation"]._invite(
        line, "self_assessment", f"person{number}@example.com"
    )
    mail = one.sudo().mail_ids
    tokens.append(str(mail.body_html).split("/invitation/")[1].split('"')[0])
questions = env["dupq.code.question"].search(
    [("area_id", "in", assessment.code_id.area_ids.ids), ("company_id", "=", False)]
)
survey = env["survey.survey"].create(
    {
        "title": "The same questions",
        "access_mode": "public",
        "questions_layout": "page_per_question",
        "users_can_go_back": True,
        "question_and_page_ids": [
            Command.create(
                {
                    "title": question.text,
                    "question_type": "simple_choice",
                    "comments_allowed": True,
                    "constr_mandatory": True,
                    "sequence": number,
                    "suggested_answer_ids": [
                        Command.create({"value": value})
                        for value in ("Good", "In between", "Not good")
                    ],
                }
            )
            for number, question in enumerate(questions)
        ],
    }
)
env.cr.commit()
asked = survey.question_ids
found = {
    "tokens": tokens,
    "questions": questions.ids,
    "survey": survey.access_token,
    "asked": [[one.id, one.suggested_answer_ids.ids] for one in asked],
}
print("SETUP", json.dumps(found))
