from odoo import models


class HrEmployeeSkill(models.Model):
    """A skill or certificate can be evidence: staff able to do what they do."""

    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "dupq.evidence.mixin"]

    _dupq_source_type = "skill"
    _dupq_perspective = "training"
    _dupq_statements = ("a3_g6",)

    def _get_dupq_person_names(self):
        """Override to protect the employee."""
        return {skill.id: [skill.employee_id.name or ""] for skill in self}

    def _get_dupq_evidence_date(self):
        """Override to take the day from which the skill is valid."""
        return self.valid_from or super()._get_dupq_evidence_date()
