from odoo import api, fields, models

from .dupq_training_kind import HOSTS


class DupqTrainingPart(models.AbstractModel):
    """A row that belongs to one training record: a line of a CV, or a skill.

    It goes with the record, and adds nothing to the record's own table.
    """

    _name = "dupq.training.part"
    _description = "Part of a training record"

    resume_line_id = fields.Many2one(
        "hr.resume.line", string="Course", ondelete="cascade", index="btree_not_null"
    )
    employee_skill_id = fields.Many2one(
        "hr.employee.skill",
        string="Skill",
        ondelete="cascade",
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )

    _one_record = models.Constraint(
        "CHECK((resume_line_id IS NULL) != (employee_skill_id IS NULL))",
        "It belongs to one training record.",
    )

    @api.depends("resume_line_id.employee_id", "employee_skill_id.employee_id")
    def _compute_company_id(self):
        for part in self:
            part.company_id = part._get_record().employee_id.company_id

    def _get_record(self):
        """The training record that this is a part of."""
        self.ensure_one()
        return self.resume_line_id or self.employee_skill_id

    @api.model
    def _get_link(self, model):
        """The field by which a part belongs to a record of the model."""
        return dict(zip(HOSTS, ("resume_line_id", "employee_skill_id"), strict=True))[
            model
        ]
