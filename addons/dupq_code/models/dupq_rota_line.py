from odoo import api, fields, models

from ..dates import counted_month_words


class DupqRotaLine(models.AbstractModel):
    """What was counted of one service in one month; never written by hand."""

    _name = "dupq.rota.line"
    _description = "Counted of a month of the rota"

    company_id = fields.Many2one("res.company", readonly=True, required=True)
    service_id = fields.Many2one(
        "dupq.service", readonly=True, required=True, ondelete="cascade"
    )
    month = fields.Date(readonly=True, required=True, help="Its first day.")
    month_words = fields.Char(string="Month in words", compute="_compute_month_words")

    @api.depends("month", "company_id")
    @api.depends_context("lang")
    def _compute_month_words(self):
        """The month, and whether it is over."""
        # Only what day it is where each company works.
        companies_sudo = self.company_id.sudo()
        today = {company.id: company._get_today() for company in companies_sudo}
        for line in self:
            line.month_words = counted_month_words(
                self.env, line.month, today.get(line.company_id.id)
            )
