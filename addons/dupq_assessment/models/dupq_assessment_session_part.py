from odoo import api, fields, models
from odoo.exceptions import UserError


class DupqAssessmentSessionPart(models.AbstractModel):
    """Something that belongs to one discussion: who was there, what was noted."""

    _name = "dupq.assessment.session.part"
    _description = "Part of a Discussion"
    _inherit = ["dupq.assessment.part"]

    session_id = fields.Many2one(
        "dupq.assessment.session",
        string="Discussion",
        required=True,
        ondelete="cascade",
        index=True,
    )
    assessment_id = fields.Many2one(
        related="session_id.assessment_id",
        store=True,
        required=False,
        precompute=True,
    )
    company_id = fields.Many2one(related="session_id.company_id", precompute=True)
    service_id = fields.Many2one(
        related="session_id.service_id",
        store=True,
        index="btree_not_null",
        precompute=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_not_cancelled()
        return parts

    def write(self, vals):
        res = super().write(vals)
        self._check_not_cancelled()
        return res

    def _check_not_cancelled(self):
        """Nothing is added to a discussion that does not take place."""
        # The state decides, whoever may read the discussion.
        sessions_sudo = self.sudo().session_id
        cancelled = sessions_sudo.filtered(lambda one: one.state == "cancelled")
        if cancelled:
            raise UserError(
                self.env._(
                    "“%(session)s” was cancelled. Plan it again first.",
                    session=cancelled[0].name,
                )
            )
