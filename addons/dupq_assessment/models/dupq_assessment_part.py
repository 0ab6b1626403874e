from odoo import api, fields, models
from odoo.exceptions import UserError

# While people are still at work on it; afterwards the parts stay as they are.
OPEN_STATES = ("planned", "running")


class DupqAssessmentPart(models.AbstractModel):
    """A part of a self-assessment: open to change until it is completed.

    What was completed is what people saw and agreed to: for everyone, the parts
    then stay as they are until the self-assessment is taken up again.
    """

    _name = "dupq.assessment.part"
    _description = "Part of a Self-assessment"

    assessment_id = fields.Many2one(
        "dupq.assessment", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    assessment_state = fields.Selection(related="assessment_id.state")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_open()
        return parts

    def write(self, vals):
        self.check_access("write")
        if not self._is_always_open(vals):
            self._check_open()
        res = super().write(vals)
        if "assessment_id" in vals:
            self._check_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_completed(self):
        self._check_open()

    def _is_always_open(self, vals):
        """Extend to let a change through that is right at any time."""
        return False

    def _check_open(self):
        """Refuse, for everyone, to change what has been completed."""
        # The state decides, whoever may read the self-assessment.
        assessments_sudo = self.sudo().assessment_id
        done = assessments_sudo.filtered(lambda one: one.state not in OPEN_STATES)
        if done:
            raise UserError(
                self.env._(
                    "“%(assessment)s” is completed. Take it up again to change it.",
                    assessment=done[0].display_name,
                )
            )
