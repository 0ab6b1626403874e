"""A survey to many people, sent by its job: see `ledger.process`."""

from steps import stop_at, wait_for_signal  # noqa: F401

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.dupq_assessment.models.dupq_assessment_survey_send import (
    DupqAssessmentSurveySend as Sending,
)
from odoo.addons.mail.models.mail_mail import MailMail

# What is called there, and whether the process stops before or after it.
PHASES = {
    "with the answers to give": (Sending, "_make_inputs", True),
    "with the messages": (MailMail, "create", True),
    "before it is kept": (IrCron, "_commit_progress", False),
    "once it is kept": (IrCron, "_commit_progress", True),
}


def begin(env, people):
    """A self-assessment under way, and people who are to be asked."""
    env["res.partner"].create(
        [
            {"name": f"Relative {number}", "email": f"relative{number}@example.com"}
            for number in range(people)
        ]
    )
    service = env["dupq.service"].create({"name": "12 Orchard Road"})
    env["dupq.assessment"].create(
        {
            "service_id": service.id,
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "lead_id": env.ref("base.user_admin").id,
        }
    )._take("start")


def start(env):
    """A new survey to all of them, begun to be sent."""
    assessment = env["dupq.assessment"].search([], limit=1)
    env["mail.mail"].search([]).unlink()
    env["dupq.assessment.survey"].search([("state", "=", "open")])._take("close")
    survey = env["dupq.assessment.survey"].create(
        {
            "assessment_id": assessment.id,
            "area_id": assessment.code_id.area_ids[0].id,
            "group_id": env.ref("dupq_code.dupq_stakeholder_group_families").id,
            "partner_ids": env["res.partner"]
            .search([("email", "like", "relative%@example.com")])
            .ids,
        }
    )
    survey.action_send()


def send(env, batch):
    """What the job does, until nobody is left."""
    env["dupq.assessment.survey"]._cron_survey(batch)


def count(env):
    """(asked, waiting, messages, different addresses, answers to give, told)"""
    survey = env["dupq.assessment.survey"].search([("state", "=", "open")])
    mails = env["mail.mail"].search([("email_to", "like", "relative%@example.com")])
    told = survey.message_ids.filtered(lambda one: "has gone out" in one.body)
    return [
        survey.asked_count,
        survey.waiting_count,
        len(mails),
        len(set(mails.mapped("email_to"))),
        len(survey.survey_id.user_input_ids),
        len(told),
    ]


def stopping_at(phase, nth, wait):
    """Call ``wait`` when the phase is reached for the nth time."""
    owner, name, after = PHASES[phase]
    return stop_at(owner, name, None, after, nth, wait)
