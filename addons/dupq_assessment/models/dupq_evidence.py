from odoo import fields, models


class DupqEvidence(models.Model):
    """Adds visits as a kind of source."""

    _inherit = "dupq.evidence"

    source_type = fields.Selection(
        selection_add=[("visit", "Visit")], ondelete={"visit": "set default"}
    )
