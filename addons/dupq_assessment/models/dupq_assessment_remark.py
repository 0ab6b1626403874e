from odoo import fields, models


class DupqAssessmentRemark(models.Model):
    """Why a report goes out although a question to it is still open.

    No question stands in the way of publishing; who goes on writes down why, and
    the report prints it.
    """

    _name = "dupq.assessment.remark"
    _description = "Reason for an Open Question"
    _inherit = ["dupq.assessment.part"]
    _order = "assessment_id, key"
    _rec_name = "reason"

    key = fields.Selection(
        [
            ("who", "Does it say who took part?"),
            ("how", "Does it say how you did it?"),
            ("checklist", "Is it more than a checklist?"),
            ("words", "Does it hold a range of what people said?"),
            ("plan", "Does it say what is hard, and what you will do by when?"),
            ("left_out", "Does it still say what is not good yet?"),
        ],
        string="Question",
        required=True,
    )
    reason = fields.Text(
        string="Why we go on", required=True, help="Printed in the public report."
    )

    _key_uniq = models.Constraint(
        "UNIQUE(assessment_id, key)", "This question has its reason already."
    )

    def _check_open(self):
        """Override: reasons are written until the report is published."""
        return self.env["dupq.assessment.section"]._check_open_of(self)
