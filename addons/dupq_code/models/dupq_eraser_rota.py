from odoo import api, models


class DupqEraser(models.AbstractModel):
    """What of the rota says nothing of anybody, and stays so that figures stay."""

    _name = "dupq.eraser"
    _inherit = "dupq.eraser"

    @api.model
    def _get_kept_fields(self):
        """Extend to keep the codes of shifts."""
        return super()._get_kept_fields() | {
            "dupq.shift": {
                "agency_ref": "a code for a worker of an agency, by which faces count",
                "face_key": "a random key, by which faces count",
                "external_ref": "the number of the shift in another program",
            }
        }
