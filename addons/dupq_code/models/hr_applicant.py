from odoo import models


class HrApplicant(models.Model):
    """An application can be evidence: how staff are chosen, and by whom."""

    _name = "hr.applicant"
    _inherit = ["hr.applicant", "dupq.evidence.mixin"]

    _dupq_source_type = "recruitment"
    _dupq_perspective = "human_resources"
    _dupq_statements = ("a1_g4", "a3_g4")

    def _get_dupq_person_names(self):
        """Override to protect the applicant, also as contact and as employee."""
        return {
            applicant.id: [
                name
                for name in (
                    applicant.partner_name,
                    applicant.partner_id.name,
                    applicant.employee_id.name,
                )
                if name
            ]
            for applicant in self
        }

    def _get_dupq_evidence_date(self):
        """Override to take the day the person was hired, else today."""
        return self.date_closed or super()._get_dupq_evidence_date()

    def _get_dupq_service(self):
        """Override to take the service of the department."""
        return self.env["dupq.service"]._get_of_department(self.department_id)
