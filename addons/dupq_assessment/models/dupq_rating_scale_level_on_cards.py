from odoo import models


class DupqRatingScaleLevel(models.Model):
    """A changed level is shown at once."""

    _name = "dupq.rating.scale.level"
    _inherit = ["dupq.rating.scale.level", "dupq.remembered"]
