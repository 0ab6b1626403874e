from odoo import api, fields, models
from odoo.tools import SQL

from ..rota_sql import get_local, get_places, get_touched


class DupqRotaChange(models.Model):
    """A month whose figures are to be counted anew. Lines are only added, never
    changed, so that two people at work on the rota never wait for each other."""

    _name = "dupq.rota.change"
    _description = "Month of the rota to count"
    _log_access = False
    _order = "id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    month = fields.Date(required=True)

    @api.model
    def _note(self, company, months):
        # Nobody writes here by hand: it only says that something was changed.
        self.sudo().create(
            [{"company_id": company.id, "month": month} for month in sorted(months)]
        )

    @api.model
    def _note_all(self, company):
        """Every month of which there is a figure, or a shift."""
        month = self.env["dupq.rota.month"].sudo()
        months = {
            date
            for (date,) in month._read_group(
                [("company_id", "=", company.id)], ["month:month"]
            )
        }
        self._note(company, months | self.env["dupq.shift"]._get_months(company))
        cron = self.env.ref("dupq_code.dupq_rota_month_cron", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()  # sooner, not otherwise

    @api.model
    def _note_shifts(self, ids):
        """The months of these own shifts, as they stand in the database now."""
        if not ids:
            return
        begins = get_local(SQL("sh.start"), SQL("p.tz"))
        ends = get_local(SQL("sh.stop"), SQL("p.tz"))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO dupq_rota_change (company_id, month)
                SELECT DISTINCT p.company_id, unnest(%s)
                  FROM dupq_shift sh JOIN (%s) p ON p.id = sh.service_id
                 WHERE sh.id = ANY(%s)
                """,
                get_touched(begins, ends),
                get_places(self.env),
                list(ids),
            )
        )
