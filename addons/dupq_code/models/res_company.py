from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    """Adds the company's own day: deadlines end at midnight where it works."""

    _inherit = "res.company"

    dupq_practice_weeks = fields.Integer(
        string="Practice seen every (weeks)",
        help="Without practice seen or coached for longer, a service has a gap. "
        "Empty: six weeks.",
    )

    def _get_timezone(self):
        """The time zone in which this company works."""
        self.ensure_one()
        name = self.partner_id.tz or self.resource_calendar_id.tz or "UTC"
        return pytz.timezone(name)

    def _get_today(self):
        """The day it is now where this company works."""
        return datetime.now(pytz.utc).astimezone(self._get_timezone()).date()

    @api.model
    def _get_companies_by_today(self):
        """All companies by the day it is now where they work.

        At any moment there are at most three different days on earth, so this
        stays short however many companies there are.
        """
        # Only the time zone of each company is read, to know its date.
        companies_sudo = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        return companies_sudo.grouped(lambda company: company._get_today())

    @api.model
    def _get_today_domain(self, date_field, operator):
        """Domain of records whose date compares so with their company's today."""
        return Domain.OR(
            Domain("company_id", "in", companies.ids)
            & Domain(date_field, operator, day)
            for day, companies in self._get_companies_by_today().items()
        )
