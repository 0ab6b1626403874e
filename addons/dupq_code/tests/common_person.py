from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import DupqCommon


class PersonCommon(DupqCommon):
    """A person supported at 12 Orchard Road, with a circle of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.photography = cls._create_trait("Photographs of birds")
        cls.hiking = cls._create_trait("Long walks")
        cls.patient = cls._create_trait("Takes time", kind="quality")
        cls.person = cls._create_person(
            preferred_name="Jane Example",
            interest_ids=(cls.photography | cls.hiking).ids,
            quality_ids=cls.patient.ids,
        )
        cls.user_sister = new_test_user(cls.env, "sister", "base.group_portal")
        cls.sister = cls.env["dupq.circle.member"].create(
            {
                "person_id": cls.person.id,
                "partner_id": cls.user_sister.partner_id.id,
                "relation": "sibling",
                "sees_profile": True,
            }
        )

    @classmethod
    def _create_trait(cls, name, kind="interest", **values):
        return cls.env["dupq.trait"].create({"name": name, "kind": kind, **values})

    @classmethod
    def _create_person(cls, service=None, **values):
        values.setdefault("preferred_name", "Somebody Example")
        stay = {
            "service_id": (service or cls.service).id,
            "date_from": fields.Date.today().replace(month=1, day=1),
        }
        return cls.env["dupq.person"].create(
            {"stay_ids": [Command.create(stay)], **values}
        )

    @classmethod
    def _agree(cls, member):
        """The person says that they want this member of their circle."""
        member.write({"wish_date": fields.Date.today(), "wish_words": "Nodded."})
        member.action_agree()
