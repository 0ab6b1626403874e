"""A self-assessment under way, and links by which people say what they think of it."""

from cross.choosing_story import SENT, Link

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
INVITE = """
lines = env["dupq.assessment.participant"].search(
    [("assessment_id.name", "=", "SAYING")], order="id")
for number, kind in {kinds!r}:
    one = env["dupq.invitation"]._invite(
        lines[number], "self_assessment", "teller@example.com", kind=kind)
    print("TOKEN", one.sudo().mail_ids.body_html, "ID", one.id, "END")
env.cr.commit()
"""
FAMILIES, PEOPLE = 0, 1


def send_links(server, *kinds):
    """Links to lines of the plan: pairs of the number of the line and the kind."""
    out = server.shell(INVITE.format(kinds=kinds))
    return [Link(server, *found) for found in SENT.findall(out)]


def first_question(server):
    """The number of the first question that is asked."""
    rows = server.sql(
        "SELECT q.id FROM dupq_code_question q"
        " JOIN dupq_code_area a ON a.id = q.area_id"
        " JOIN dupq_assessment s ON s.code_id = a.code_id AND s.name = 'SAYING'"
        " WHERE q.company_id IS NULL ORDER BY a.sequence, a.id, q.sequence, q.id"
    )
    return [int(number) for (number,) in rows]
