from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

# So many months at once are one pass over their shifts.
MONTHS_AT_ONCE = 3
# Months before are closed: they stay as they are, unless a shift of theirs changes.
MONTHS_BACK = 14
MONTHS_AHEAD = 2
LOCK = 1_946_022_036
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


class DupqRotaClock(models.AbstractModel):
    """When which months are counted.

    A part of ``dupq.rota.month``. Every hour those are counted in which a shift was
    changed. Every night the open ones are counted anew: so a choice, a hire, a move of
    a person or of a colleague reaches the figures by the next morning. While a source
    of a company is paused, the months it may have shifts in stay as they are.
    """

    _name = "dupq.rota.clock"
    _description = "Clock of the rota"

    @api.model
    def _cron_count(self):
        """Count the months in which something was changed, some at a time."""
        self.env["dupq.rota.source"]._look_at_all()
        cron = self.env["ir.cron"]
        spans = self._get_spans()
        cron._commit_progress(remaining=len(spans))
        for company, first, last in spans:
            if not self._count_changed(company, first, last):
                return
            if not cron._commit_progress(1):
                return

    @api.model
    def _cron_recount(self):
        """Have the open months of every company counted anew."""
        this_month = fields.Date.today().replace(day=1)
        months = [
            this_month + relativedelta(months=number)
            for number in range(-MONTHS_BACK, MONTHS_AHEAD + 1)
        ]
        services = self.env["dupq.service"]._read_group([], ["company_id"])
        for (company,) in services:
            self.env["dupq.rota.change"]._note(company, months)
        self.env.ref("dupq_code.dupq_rota_month_cron")._trigger()

    @api.model
    def _count_changed(self, company, first, last):
        """Count these months, unless another run is at it; whether it was done."""
        self.env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        if not self.env.cr.fetchone()[0]:
            return False
        # Those that are noted by now: what is noted meanwhile is for the next run.
        changes = self.env["dupq.rota.change"].search(
            [
                ("company_id", "=", company.id),
                ("month", ">=", first),
                ("month", "<=", last),
            ]
        )
        self._count(first, last, company)
        changes.unlink()
        return True

    @api.model
    def _get_spans(self):
        """What to count: a list of (company, first month, last month)."""
        spans = []
        noted = self.env["dupq.rota.change"]._read_group(
            [], ["company_id", "month:month"], order="company_id, month:month"
        )
        paused = self._get_paused()
        for company, month in noted:
            if any(
                first <= month <= last for first, last in paused.get(company.id, ())
            ):
                continue
            if spans and self._goes_on(spans[-1], company, month):
                spans[-1] = (*spans[-1][:2], month)
            else:
                spans.append((company, month, month))
        return spans

    @api.model
    def _goes_on(self, span, company, month):
        """Whether the month is the next of a span that is not full yet."""
        before, first, last = span
        return (
            before == company
            and month == last + relativedelta(months=1)
            and month < first + relativedelta(months=MONTHS_AT_ONCE)
        )

    @api.model
    def _get_paused(self):
        """The months of sources that cannot look: {company id: [(first, last)]}"""
        paused = {}
        for source in self.env["dupq.rota.source"].search([("state", "=", "paused")]):
            first = source.date_from or EARLIEST
            last = source.date_to or LATEST
            # A night and a week may reach over into the month before and after.
            span = (_month(first, -1), _month(last, 1))
            paused.setdefault(source.company_id.id, []).append(span)
        return paused


def _month(day, number):
    """The first day of the month, so many months later."""
    return day.replace(day=1) + relativedelta(months=number)
