from dataclasses import dataclass
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .common_rule import RuleCommon


@dataclass(frozen=True)
class Shipped:
    """What must be true of one shipped rule.

    :param make: makes a record that fits
    :param day: path of its day
    :param misfits: values with which a record does not fit, or no more
    :param change: values with which the item gets a new version
    :param archived: whether an archived record is evidence; None if it cannot be
    :param title: what the title says, with the day in braces
    """

    name: str
    make: object
    day: str
    misfits: tuple
    change: dict
    title: str
    state: str = "proposed"
    archived: bool | None = None


class ShippedCommon(RuleCommon):
    """Records that rules are shipped for.

    A test class says in ``_get_table`` which rules they are, see ``ShippedChecks``.
    """

    _module = "dupq_code"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yesterday = cls.today - timedelta(days=1)
        cls.stage = cls.env["hr.recruitment.stage"].create(
            {"name": "Contract", "hired_stage": True}
        )
        cls.first_stage = cls.env["hr.recruitment.stage"].create({"name": "First"})
        cls.certificates = cls.env["hr.skill.type"].create(
            {
                "name": "Certificates",
                "is_certification": True,
                "skill_ids": [Command.create({"name": "Medication"})],
                "skill_level_ids": [
                    Command.create({"name": "Passed", "level_progress": 100})
                ],
            }
        )
        cls.job.department_id = cls.department
        cls.applicant.department_id = cls.department
        cls.tag = cls.env["calendar.event.type"].create({"name": "Yearly appraisal"})
        cls.refused = cls.env["hr.applicant.refuse.reason"].create({"name": "No"})

    def _create_employee(self):
        return self.env["hr.employee"].create(
            {
                "name": "Tamsin Okonjo",
                "department_id": self.department.id,
                "date_version": "2020-01-01",
            }
        )

    def _create_certificate(self, **values):
        return self.env["hr.employee.skill"].create(
            {
                "employee_id": values.get("employee_id") or self._create_employee().id,
                "skill_type_id": self.certificates.id,
                "skill_id": self.certificates.skill_ids.id,
                "skill_level_id": self.certificates.skill_level_ids.id,
                "valid_from": self.today - timedelta(days=40),
                **values,
            }
        )

    def _create_expired(self, **values):
        return self._create_certificate(
            **{"valid_to": self.today - timedelta(days=4), **values}
        )

    def _create_meeting(self, days_ago=3, **values):
        """A meeting with the applicant, to which only whoever planned it comes."""
        start = fields.Datetime.now() - timedelta(days=days_ago)
        organiser = self.env["res.users"].browse(values.get("user_id", self.env.uid))
        return self.env["calendar.event"].create(
            {
                "name": "Interview",
                "applicant_id": self.applicant.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.set(organiser.partner_id.ids)],
                **values,
            }
        )

    def _create_interview(self, **values):
        """A meeting with somebody who said yes, beside whoever planned it."""
        guest = self.env["res.partner"].create({"name": "Marigold Ashdown"})
        who = [self.env.user.partner_id.id, guest.id]
        meeting = self._create_meeting(partner_ids=[Command.set(who)], **values)
        self._answer(meeting, guest, "accepted")
        return meeting

    def _answer(self, meeting, partner, state):
        attendees = meeting.attendee_ids
        attendees.filtered(lambda one: one.partner_id == partner).state = state

    def _create_appraisal(self, **values):
        return self._create_meeting(
            **{
                "applicant_id": False,
                "res_model_id": self.env["ir.model"]._get_id("hr.employee"),
                "res_id": self._create_employee().id,
                "categ_ids": [Command.set(self.tag.ids)],
                **values,
            }
        )

    def _create_hired(self, **values):
        return self.env["hr.applicant"].create(
            {
                "partner_name": "Quillon Abernethy",
                "job_id": self.job.id,
                "stage_id": self.stage.id,
                "date_closed": fields.Datetime.now() - timedelta(days=5),
                **values,
            }
        )

    def _create_hired_as_chosen(self, **values):
        """Somebody whom a person chose; the answer of the person comes with it."""
        person = self.env["dupq.person"].create(
            {
                "preferred_name": "Ottoline Example",
                "stay_ids": [Command.create({"service_id": self.service.id})],
            }
        )
        for purpose in ("choosing", "specification"):
            self.env["dupq.person.consent"].create(
                {"person_id": person.id, "purpose": purpose, "how": "Said so."}
            ).action_give()
        applicant = self._create_hired(
            stage_id=self.first_stage.id, **self._prepare_own_job()
        )
        choice = self.env["dupq.choice"].create(
            {"applicant_id": applicant.id, "person_id": person.id, "stage": "final"}
        )
        choice._answer({"answer": "yes", "taken_by": "person"})
        self._write(
            applicant,
            {
                "stage_id": self.stage.id,
                "date_closed": fields.Datetime.now() - timedelta(days=5),
                **values,
            },
        )
        return applicant

    def _prepare_own_job(self):
        """Values of an applicant for a job to which no choice of another belongs."""
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere"})
        job = self.env["hr.job"].create(
            {"name": self.job.name, "department_id": elsewhere.id}
        )
        return {"job_id": job.id, "department_id": self.department.id}

    def _create_hired_against_choice(self, **values):
        return self._create_hired(
            **{
                **self._prepare_own_job(),
                "dupq_override_reason": "We tried it together.",
                **values,
            }
        )

    def _get_table(self):
        """Extend with the rules of a test class."""
        return ()

    def _get_rule(self, name):
        return self.env.ref(f"{self._module}.dupq_evidence_rule_{name}")

    def _get_item(self, rule, record):
        items = self._items(rule).filtered(lambda item: item.res_id == record.id)
        self.assertLessEqual(len(items), 1, "A record has one item at most.")
        return items

    def _write(self, record, values):
        """Write, and have all worked out at once, with the context of the record."""
        record.write(values)
        record.flush_recordset()
