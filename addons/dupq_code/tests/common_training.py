from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from .common_person import PersonCommon


class TrainingCommon(PersonCommon):
    """A support worker at 12 Orchard Road, and kinds of training."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.env["hr.resume.line"].search([]).unlink()
        cls.kinds = cls.env["dupq.training.kind"]
        cls.kinds.search([]).active = False
        cls.safeguarding = cls._create_kind(
            "Safeguarding",
            category="safeguarding",
            renewal_months=12,
            for_everyone=True,
            for_board=True,
            for_leaders=True,
        )
        cls.tier_2 = cls._create_kind(
            "Tier 2",
            words="second tier",
            sequence=1,
            needs_codelivery=True,
            renewal_months=36,
        )
        cls.listening = cls._create_kind("Listening", is_person_centred=True)
        cls.department = cls.env["hr.department"].create({"name": "Orchard"})
        cls.service.department_id = cls.department
        cls.line_type = cls.env.ref("hr_skills.resume_type_training")
        cls.manager_employee = cls.env["hr.employee"].create(
            {"name": "Mo Example", "user_id": cls.user_manager.id}
        )
        cls.robin = cls._create_employee(
            "Robin Example", parent_id=cls.manager_employee.id
        )

    @classmethod
    def _create_employee(cls, name, **values):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "department_id": cls.department.id,
                "date_version": "2020-01-01",
                **values,
            }
        )

    @classmethod
    def _create_kind(cls, name, **values):
        return cls.kinds.create({"name": name, **values})

    @classmethod
    def _train(cls, name="Safeguarding adults", months_ago=1, employee=None, **values):
        day = cls.today - relativedelta(months=months_ago)
        return cls.env["hr.resume.line"].create(
            {
                "employee_id": (employee or cls.robin).id,
                "name": name,
                "line_type_id": cls.line_type.id,
                "date_start": day - timedelta(days=1),
                "date_end": day,
                **values,
            }
        )

    @classmethod
    def _create_skill(cls, name, is_lasting=True):
        """A skill of a type of its own, which may run out."""
        return (
            cls.env["hr.skill.type"]
            .create(
                {
                    "name": f"Type of {name}",
                    "is_certification": is_lasting,
                    "skill_ids": [Command.create({"name": name})],
                    "skill_level_ids": [
                        Command.create({"name": "Has it", "level_progress": 100})
                    ],
                }
            )
            .skill_ids
        )

    @classmethod
    def _give_skill(cls, skill, months_ago=1, employee=None, **values):
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": (employee or cls.robin).id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[0].id,
                "valid_from": cls.today - relativedelta(months=months_ago),
                **values,
            }
        )
