import re

from .common_person import PersonCommon

LINK = re.compile(r"/invitation/([\w-]{40,})")
CODE = re.compile(r">\s*(\d{6})\s*<")


class InvitationCommon(PersonCommon):
    """A sister whom the person wants, and whom a link was sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._agree(cls.sister)

    @classmethod
    def _invite(cls, person=None, **values):
        values.setdefault("email", "sister@example.com")
        values.setdefault("circle_member", cls.sister if person is None else None)
        return cls.env["dupq.invitation"]._invite(
            person or cls.person, "choosing", **values
        )

    @classmethod
    def _read_mail(cls, invitation):
        """What waits to be mailed about it."""
        return str(invitation.sudo().mail_ids.sorted("id")[-1:].body_html or "")

    @classmethod
    def _read_token(cls, invitation):
        return LINK.search(cls._read_mail(invitation)).group(1)

    @classmethod
    def _read_code(cls, invitation):
        return CODE.search(cls._read_mail(invitation)).group(1)
