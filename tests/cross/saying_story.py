"""A self-assessment under way, and links by which people say what they think of it."""

from cross.choosing_story import SENT, Link
from harness.server import OdooServer

SETUP = """
from odoo.fields import Command
service = env["dupq.service"].create({"name": "House"})
user = env["res.users"].create({
    "name": "Telling Name", "login": "teller.portal", "password": "teller.portal",
    "email": "teller@example.com",
    "group_ids": [Command.set([env.ref("base.group_portal").id])],
})
one = env["dupq.assessment"].create({"name": "SAYING", "service_id": service.id})
one._take("start")
for group in ("families", "people_supported"):
    env["dupq.assessment.participant"].create({
        "assessment_id": one.id, "planned": 9, "partner_id": user.partner_id.id,
        "group_id": env.ref(f"dupq_code.dupq_stakeholder_group_{group}").id,
    })
env.cr.commit()
"""
QUESTION = "Do you know now who comes on Saturday?"
# Something was done, and the people of both lines are asked whether it worked.
PLAN = f"""
plan = env["dupq.assessment"].search([("name", "=", "SAYING")])
groups = plan.participant_ids.group_id
env["dupq.action"].create({{
    "name": "Photographs on the wall", "question": {QUESTION!r},
    "date_due": "2099-01-01",
    "assessment_id": plan.id, "service_id": plan.service_id.id,
    "affected_group_ids": [(6, 0, groups.ids)],
}}).action_ask()
env.cr.commit()
"""
INVITE = """
lines = env["dupq.assessment.participant"].search(
    [("assessment_id.name", "=", "SAYING")], order="id")
one = env["dupq.invitation"]._invite(
    lines[{line}], "self_assessment", "teller@example.com", kind={kind!r})
print("TOKEN", one.sudo().mail_ids.body_html, "ID", one.id, "END")
env.cr.commit()
"""
# Numbers of the lines of the plan.
FAMILIES, PEOPLE = 0, 1


def serve(chain, more=""):
    """For a fixture: a server on which the self-assessment is under way.

    :param more: what the shell is to do besides
    """
    server = OdooServer(chain, "minimal").start()
    server.shell(SETUP + more)
    server.questions = get_questions(server)
    yield server
    server.stop()


def send_link(server, line=FAMILIES, kind="personal"):
    """A link that was just sent to a line of the plan."""
    (found,) = SENT.findall(server.shell(INVITE.format(line=line, kind=kind)))
    return Link(server, *found)


def get_questions(server):
    """The numbers of the questions that are asked, in their order."""
    rows = server.sql(
        "SELECT q.id FROM dupq_code_question q"
        " JOIN dupq_code_area a ON a.id = q.area_id"
        " JOIN dupq_assessment s ON s.code_id = a.code_id AND s.name = 'SAYING'"
        " WHERE q.company_id IS NULL ORDER BY a.sequence, a.id, q.sequence, q.id"
    )
    return [int(number) for (number,) in rows]
