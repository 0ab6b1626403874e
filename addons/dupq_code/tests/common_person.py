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

    @classmethod
    def _consent(cls, person, purpose):
        """The person agrees to this purpose."""
        consent = cls.env["dupq.person.consent"].create(
            {"person_id": person.id, "purpose": purpose, "how": "Green card."}
        )
        consent.action_give()
        return consent


class JobCommon(PersonCommon):
    """A job made for Jane, whose wishes were kept, and two applicants."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hired = cls.env["hr.recruitment.stage"].create(
            {"name": "Hired at last", "hired_stage": True, "sequence": 90}
        )
        cls.consent = cls._consent(cls.person, "specification")
        cls._consent(cls.person, "choosing")
        cls.person.must_have_ids = cls.patient
        cls.job = cls.env["hr.job"].create({"name": "Somebody to go out with"})
        cls.made_for = cls.env["dupq.job.person"].create(
            {"job_id": cls.job.id, "person_id": cls.person.id}
        )
        cls.made_for.wish_ids.action_keep()
        cls.walker = cls._create_applicant("Ola Example", cls.hiking | cls.patient)
        cls.other = cls._create_applicant("Sam Sample", cls.photography)

    @classmethod
    def _create_applicant(cls, name, traits=None, **values):
        return cls.env["hr.applicant"].create(
            {
                "partner_name": name,
                "job_id": cls.job.id,
                "dupq_trait_ids": traits and traits.ids,
                **values,
            }
        )

    @classmethod
    def _create_choice(cls, applicant=None, **values):
        return cls.env["dupq.choice"].create(
            {
                "applicant_id": (applicant or cls.walker).id,
                "person_id": cls.person.id,
                **values,
            }
        )

    @classmethod
    def _choose(cls, applicant, answer, stage="final", **values):
        choice = cls._create_choice(applicant, stage=stage)
        choice._answer({"answer": answer, "taken_by": "person", **values})
        return choice
