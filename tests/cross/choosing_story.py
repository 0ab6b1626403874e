"""A person with a login, a sister with a link, applicants to choose from, and staff."""

import re

SETUP = """
from odoo.fields import Command
service = env["dupq.service"].create({"name": "House"})
jane = env["res.users"].create({
    "name": "Jane at the door", "login": "jane.portal", "password": "jane.portal",
    "group_ids": [Command.set([env.ref("base.group_portal").id])],
})
kin = env["res.users"].create({
    "name": "Kinsname", "login": "kin.portal", "password": "kin.portal",
    "email": "kin@example.com",
    "group_ids": [Command.set([env.ref("base.group_portal").id])],
})
person = env["dupq.person"].create({
    "preferred_name": "Nobodysname", "reference": "P-LINK", "user_id": jane.id,
    "stay_ids": [Command.create({"service_id": service.id})],
    "interest_ids": [Command.set(env.ref("dupq_code.dupq_trait_hiking").ids)],
})
for purpose in ("choosing", "feedback", "recording", "specification"):
    env["dupq.person.consent"].create({
        "person_id": person.id, "purpose": purpose, "how": "Green card.",
    }).action_give()
sister = env["dupq.circle.member"].create({
    "person_id": person.id, "wish_date": "2025-01-01", "wish_words": "Smiled.",
    "partner_id": kin.partner_id.id,
})
sister.action_agree()
job = env["hr.job"].create({"name": "Somebody for the hills"})
made_for = env["dupq.job.person"].create({"job_id": job.id, "person_id": person.id})
made_for.wish_ids.action_keep()
for name in ("Ola Exampleton", "Sam Exampleton", "Kim Exampleton"):
    applicant = env["hr.applicant"].create({
        "partner_name": name, "job_id": job.id,
        "dupq_own_words": "I like to be outside in any weather.",
        "dupq_trait_ids": [Command.set(env.ref("dupq_code.dupq_trait_hiking").ids)],
    })
    env["dupq.choice"].create({
        "applicant_id": applicant.id, "person_id": person.id,
        "setting": "At the kitchen table",
    })
for name in ("Robin Exampleton", "Alex Exampleton"):
    env["dupq.staff.feedback"].create({
        "employee_id": env["hr.employee"].create({"name": name}).id,
        "person_id": person.id, "date_due": "2099-01-01",
    })
env.cr.commit()
"""
INVITE = """
person = env["dupq.person"].search([("reference", "=", "P-LINK")])
member = person.circle_ids
if member.state != "agreed":
    member.action_agree()
for kind in {kinds!r}:
    one = env["dupq.invitation"]._invite(
        person, {purpose!r}, "kin@example.com", circle_member=member, kind=kind)
    print("TOKEN", one.sudo().mail_ids.body_html, "ID", one.id, "END")
env.cr.commit()
"""
SENT = re.compile(r"TOKEN .*?/invitation/([\w-]{40,}).*?ID (\d+) END", re.S)


class Link:
    """An invitation that was just sent, as its mail has it."""

    def __init__(self, server, token, number):
        self.server, self.token, self.id = server, token, int(number)
        self.path = f"/invitation/{token}"

    @classmethod
    def send(cls, server, *kinds, purpose="choosing"):
        """Send links of these kinds, all at once."""
        out = server.shell(INVITE.format(kinds=kinds, purpose=purpose))
        return [cls(server, *found) for found in SENT.findall(out)]

    def read(self, column):
        rows = self.server.sql(
            f"SELECT {column} FROM dupq_invitation WHERE id = {self.id}"
        )
        return rows[0][0]

    def change(self, assignment):
        self.server.sql(f"UPDATE dupq_invitation SET {assignment} WHERE id = {self.id}")

    def code(self):
        rows = self.server.sql(
            r"SELECT substring(body_html from '>\s*(\d{6})\s*<')"
            " FROM mail_mail m JOIN dupq_invitation_mail_rel r"
            f" ON r.mail_id = m.id WHERE r.invitation_id = {self.id}"
        )
        return re.search(r"\d{6}", str(rows)).group()
