from odoo import models


class HrResumeLine(models.Model):
    """A course in a résumé can be evidence: training centred on the person."""

    _name = "hr.resume.line"
    _inherit = ["hr.resume.line", "dupq.evidence.mixin"]

    _dupq_source_type = "training"
    _dupq_perspective = "training"
    _dupq_statements = ("a1_g2", "a3_g8")

    def _get_dupq_person_names(self):
        """Override to protect the employee."""
        return {line.id: [line.employee_id.name or ""] for line in self}

    def _get_dupq_evidence_date(self):
        """Override to take the last day of the course."""
        return self.date_end or self.date_start
