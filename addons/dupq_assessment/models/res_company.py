from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    """Adds how often the services of a company are visited."""

    _inherit = "res.company"

    dupq_visit_months = fields.Integer(
        string="Visit each service every (months)", default=6, required=True
    )

    dupq_declaration_required = fields.Boolean(
        string="No report comes out without a declaration",
        help="Without this, a missing declaration is only pointed out.",
    )

    _dupq_visit_months_positive = models.Constraint(
        "CHECK(dupq_visit_months > 0)", "Visits happen at least every so many months."
    )

    def _get_visit_cutoff(self):
        """The last day on which a visit is still recent."""
        return self._get_today() - relativedelta(months=self.dupq_visit_months)

    def _get_today_by_company(self):
        """{company: today}, for computed fields."""
        # Only the time zone of each company is read, to know its date.
        return {company: company.sudo()._get_today() for company in self}

    @api.model
    def _get_unvisited_domain(self):
        """Domain of services that nobody senior visited since their company's cutoff.

        Companies share a few cutoffs (a few settings, at most three days on earth
        at once), so the domain stays short however many companies there are.
        """
        # Only the time zone and the setting of each company are read.
        companies_sudo = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        by_cutoff = companies_sudo.grouped(lambda company: company._get_visit_cutoff())
        # "any!": the day of the last visit is no secret; the visits may be.
        return Domain.OR(
            Domain("company_id", "in", companies.ids)
            & Domain("visit_ids", "not any!", [("day", ">=", cutoff)])
            for cutoff, companies in by_cutoff.items()
        )
