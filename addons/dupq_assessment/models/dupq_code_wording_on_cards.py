from odoo import models


class DupqCodeWording(models.Model):
    """A changed wording is shown at once."""

    _name = "dupq.code.wording"
    _inherit = ["dupq.code.wording", "dupq.remembered"]
