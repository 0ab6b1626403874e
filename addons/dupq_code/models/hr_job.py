from odoo import models


class HrJob(models.Model):
    """A job can be evidence: for whom it is and how the advert speaks of them."""

    _name = "hr.job"
    _inherit = ["hr.job", "dupq.evidence.mixin"]

    _dupq_source_type = "job"
    _dupq_perspective = "human_resources"
    _dupq_statements = ("a3_g4",)

    def _get_dupq_service(self):
        """Override to take the service of the department."""
        return self.env["dupq.service"]._get_of_department(self.department_id)
