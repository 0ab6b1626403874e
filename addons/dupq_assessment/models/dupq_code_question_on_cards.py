from odoo import models


class DupqCodeQuestion(models.Model):
    """A changed question is asked as it is now."""

    _name = "dupq.code.question"
    _inherit = ["dupq.code.question", "dupq.remembered"]
