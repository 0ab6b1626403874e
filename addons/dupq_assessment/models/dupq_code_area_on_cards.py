from odoo import models


class DupqCodeArea(models.Model):
    """A changed area is named as it is now."""

    _name = "dupq.code.area"
    _inherit = ["dupq.code.area", "dupq.remembered"]
