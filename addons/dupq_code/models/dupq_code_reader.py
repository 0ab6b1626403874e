from odoo import api, fields, models

from .dupq_code_wording import KINDS


class DupqCodeReader(models.AbstractModel):
    """Something of a Code that is read as a page, in the wording one chose."""

    _name = "dupq.code.reader"
    _description = "Read as a page"

    reading = fields.Html(compute="_compute_reading", sanitize=False)
    reading_kind = fields.Selection(
        KINDS, string="Shown wording", compute="_compute_reading"
    )

    @api.depends_context("uid", "lang", "dupq_wording_kind", "allowed_company_ids")
    def _compute_reading(self):
        kind = self.env["dupq.code.statement"]._wording_kind()
        for record in self:
            record.reading_kind = kind
            values = {"areas": record._reading_areas()}
            record.reading = self.env["ir.qweb"]._render(
                "dupq_code.dupq_code_reading", values
            )

    def _reading_areas(self):
        """Override to say which areas the page shows."""
        return self.env["dupq.code.area"]

    def action_read_plain(self):
        """From now on show me the plain wording."""
        self._read_as("plain")

    def action_read_easy(self):
        """From now on show me Easy Read."""
        self._read_as("easy_read")

    def action_read_official(self):
        """From now on show me the official wording, where it is stored."""
        self._read_as("official")

    def _read_as(self, kind):
        """Keep the choice with the user, as in the user's preferences."""
        user = self.env["res.users"].browse(self.env.uid)
        user.write({"dupq_wording_kind": kind})
