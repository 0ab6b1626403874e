from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Adds how often each service should be visited."""

    _inherit = "res.config.settings"

    dupq_visit_months = fields.Integer(
        related="company_id.dupq_visit_months", readonly=False
    )
    dupq_declaration_required = fields.Boolean(
        related="company_id.dupq_declaration_required", readonly=False
    )
