from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

PARTS = {
    "retention_spend": "retention_share",
    "disciplinary_spend": "disciplinary_share",
    "agency_spend": "agency_share",
    "other_spend": "other_share",
}


class DupqSpendYear(models.Model):
    """What a year's money went to, as finance types it in once a year (C45).

    Getting and keeping staff beside disciplinary cost, and how much is spent on what
    is not about people's lives. Figures for board and quality lead, and no evidence:
    the Code asks which share it is and names none that is good, and the money is of
    the whole organisation, not of a service.
    """

    _name = "dupq.spend.year"
    _description = "Spending in a year"
    _inherit = ["mail.thread"]
    _order = "date_to desc, id desc"
    _rec_name = "name"

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="First day", required=True)
    date_to = fields.Date(
        string="Last day",
        compute="_compute_date_to",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    total_spend = fields.Monetary(string="All spending", required=True, tracking=True)
    retention_spend = fields.Monetary(
        string="Getting and keeping staff",
        tracking=True,
        help="Recruitment, induction, training, supervision, reward.",
    )
    disciplinary_spend = fields.Monetary(
        string="Disciplinary cost",
        tracking=True,
        help="Suspensions, investigations, hearings, tribunals.",
    )
    agency_spend = fields.Monetary(string="Agency", tracking=True)
    other_spend = fields.Monetary(
        string="Not about people's lives",
        tracking=True,
        help="Spending that people supported would not notice in their lives.",
    )
    retention_share = fields.Float(
        string="Share: getting and keeping staff",
        compute="_compute_shares",
        store=True,
        aggregator="avg",
    )
    disciplinary_share = fields.Float(
        string="Share: disciplinary cost",
        compute="_compute_shares",
        store=True,
        aggregator="avg",
    )
    agency_share = fields.Float(
        string="Share: agency", compute="_compute_shares", store=True, aggregator="avg"
    )
    other_share = fields.Float(
        string="Share: not about people's lives",
        compute="_compute_shares",
        store=True,
        aggregator="avg",
    )
    note = fields.Text(string="How it was worked out")

    _dates = models.Constraint(
        "CHECK(date_to >= date_from)", "The first day lies after the last day."
    )
    _year_uniq = models.UniqueIndex(
        "(company_id, date_from)", "This year is there already."
    )
    _amounts = models.Constraint(
        "CHECK(total_spend > 0 AND COALESCE(retention_spend, 0) >= 0 "
        "AND COALESCE(disciplinary_spend, 0) >= 0 AND COALESCE(agency_spend, 0) >= 0 "
        "AND COALESCE(other_spend, 0) >= 0 AND total_spend >= GREATEST("
        "COALESCE(retention_spend, 0), COALESCE(disciplinary_spend, 0), "
        "COALESCE(agency_spend, 0), COALESCE(other_spend, 0)))",
        "All spending is more than nothing, and no part of it is more than all.",
    )

    # === COMPUTE METHODS === #

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        """2025/26, or 2025 for a calendar year."""
        for year in self:
            first, last = year.date_from, year.date_to
            if not (first and last):
                year.name = False
            elif first.year == last.year:
                year.name = f"{first.year}"
            else:
                year.name = f"{first.year}/{last:%y}"

    @api.depends("date_from")
    def _compute_date_to(self):
        for year in self:
            if year.date_from:
                year.date_to = year.date_from + relativedelta(years=1, days=-1)

    @api.depends("total_spend", *PARTS)
    def _compute_shares(self):
        for year in self:
            for amount, share in PARTS.items():
                year[share] = year.total_spend and year[amount] / year.total_spend
