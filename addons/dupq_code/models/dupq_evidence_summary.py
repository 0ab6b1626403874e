import logging
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..const import ADMINISTRATOR
from .dupq_evidence_grain import GRAIN_COLUMNS

_logger = logging.getLogger(__name__)

# Changes that are folded in one transaction.
FOLD_AT_ONCE = 50_000
# Key of the lock that lets one job fold at a time.
LOCK = 0x64757073


class DupqEvidenceSummary(models.Model):
    """The figures of the ledger, by day and by month.

    What is accepted now, by the day it was seen. Readers add the changes that are
    not folded yet (`_get_query`), so that a figure is exact in every transaction.
    """

    _name = "dupq.evidence.summary"
    _inherit = "dupq.evidence.grain"
    _description = "Evidence figures"
    _log_access = False  # each model says so itself

    period = fields.Selection(
        [("day", "Day"), ("month", "Month")],
        required=True,
        help="A month is dated with its first day.",
    )

    _key = models.UniqueIndex(
        "(service_id, area_id, statement_id, period, date_seen, company_id, polarity,"
        " source_type, perspective_id, sensitivity)"
    )
    _period_idx = models.Index("(period, date_seen) WHERE statement_id = 0")
    _empty_idx = models.Index("(id) WHERE count = 0")

    # === FOLDING === #

    @api.model
    def _cron_fold(self):
        """Fold what has changed, a part in each transaction."""
        while folded := self._fold():
            if not self.env["ir.cron"]._commit_progress(folded):
                return

    @api.model
    def _fold(self):
        """Fold a part of the changes; the number folded, 0 when there is no more.

        Also 0 while another job is at it: it does the rest.
        """
        cr = self.env.cr
        cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        if not cr.fetchone()[0]:
            return 0
        cr.execute(
            SQL(
                """
                WITH taken AS (
                    DELETE FROM dupq_evidence_delta WHERE id IN (
                        SELECT id FROM dupq_evidence_delta ORDER BY id LIMIT %(most)s)
                    RETURNING *),
                counted AS (
                    SELECT %(names)s, 'day' AS period, date_seen, sum(count) AS n
                      FROM taken GROUP BY %(names)s, date_seen
                 UNION ALL
                    SELECT %(names)s, 'month', date_trunc('month', date_seen)::date,
                           sum(count)
                      FROM taken
                  GROUP BY %(names)s, date_trunc('month', date_seen)),
                folded AS (
                    INSERT INTO dupq_evidence_summary AS s (
                        %(names)s, period, date_seen, count)
                    SELECT %(names)s, period, date_seen, n FROM counted WHERE n != 0
                    ON CONFLICT (service_id, area_id, statement_id, period, date_seen,
                        company_id, polarity, source_type, perspective_id, sensitivity)
                    DO UPDATE SET count = s.count + EXCLUDED.count)
                SELECT count(*) FROM taken
                """,
                most=FOLD_AT_ONCE,
                names=GRAIN_COLUMNS,
            )
        )
        folded = cr.fetchone()[0]
        cr.execute(SQL("DELETE FROM dupq_evidence_summary WHERE count = 0"))
        return folded

    # === READING === #

    @api.model
    def _get_query(self, after, until, condition=None):
        """Rows of the figures for what was seen after a day, up to another.

        Whole months come from the months, the rest from the days.

        :param after: date or None; the day itself is not included
        :param until: date, included
        :param condition: SQL on the columns of GRAIN
        :return: SQL with the columns of GRAIN and count; sum them
        """
        condition = condition or SQL("TRUE")
        first, end = whole_months(after, until)
        days = SQL("date_seen <= %s", until)
        if after:
            days = SQL("date_seen > %s AND %s", after, days)
        months = SQL("FALSE")
        edges = days
        if end:
            months = SQL("date_seen < %s", end)
            edges = SQL("date_seen >= %s AND %s", end, days)
            if first:
                months = SQL("date_seen >= %s AND %s", first, months)
                edges = SQL("(%s OR (date_seen < %s AND %s))", edges, first, days)
        parts = [
            SQL(
                "SELECT %s, count FROM dupq_evidence_summary "
                "WHERE period = %s AND %s AND %s",
                GRAIN_COLUMNS,
                period,
                when,
                condition,
            )
            for period, when in (("month", months), ("day", edges))
        ]
        parts.append(
            SQL(
                "SELECT %s, count FROM dupq_evidence_delta WHERE %s AND %s",
                GRAIN_COLUMNS,
                days,
                condition,
            )
        )
        return SQL("(%s)", SQL(" UNION ALL ").join(parts))

    @api.model
    def _get_days_query(self, condition):
        """Rows of the figures of all days, each with its day.

        :param condition: SQL on the columns of GRAIN
        :return: SQL with the columns of GRAIN, date_seen and count; sum them
        """
        return SQL(
            """(
                SELECT %(names)s, date_seen, count FROM dupq_evidence_summary
                 WHERE period = 'day' AND %(condition)s
             UNION ALL
                SELECT %(names)s, date_seen, count FROM dupq_evidence_delta
                 WHERE %(condition)s
            )""",
            names=GRAIN_COLUMNS,
            condition=condition,
        )

    # === RECOUNT === #

    @api.model
    def action_recount(self):
        """Count everything anew and compare; say what differs, in words."""
        if not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(self.env._("Only an administrator recounts the ledger."))
        # Every item is counted, whoever may read it; only a number comes back.
        wrong = len(self.sudo()._recount())
        message = self.env._("Every figure is what the ledger says.")
        if wrong:
            message = self.env._(
                "%(count)s figures differ from the ledger. They have been put right.",
                count=wrong,
            )
            self.sudo()._rebuild()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "warning" if wrong else "success"},
        }

    @api.model
    def _recount(self):
        """Compare the figures with a full count of the ledger.

        :return: list of (period, *GRAIN, date, figure, count) that differ
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH ledger AS (%(ledger)s),
                expected AS (
                    SELECT 'day' AS period, %(names)s, date_seen, n FROM ledger
                 UNION ALL
                    SELECT 'month', %(names)s, date_trunc('month', date_seen)::date,
                           sum(n) FROM ledger
                  GROUP BY %(names)s, date_trunc('month', date_seen)),
                rows AS (
                    SELECT period, %(names)s, date_seen, count
                      FROM dupq_evidence_summary
                 UNION ALL
                    SELECT 'day', %(names)s, date_seen, count FROM dupq_evidence_delta
                 UNION ALL
                    SELECT 'month', %(names)s, date_trunc('month', date_seen)::date,
                           count FROM dupq_evidence_delta),
                found AS (
                    SELECT period, %(names)s, date_seen, sum(count) AS n
                      FROM rows GROUP BY period, %(names)s, date_seen
                    HAVING sum(count) != 0)
                SELECT period, %(names)s, date_seen,
                       COALESCE(found.n, 0), COALESCE(expected.n, 0)
                  FROM found
             FULL JOIN expected USING (period, %(names)s, date_seen)
                 WHERE found.n IS DISTINCT FROM expected.n
                """,
                ledger=self._get_ledger_query(SQL("e.state = 'accepted'")),
                names=GRAIN_COLUMNS,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _rebuild(self):
        """Count everything anew, in one transaction."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
        cr.execute(SQL("DELETE FROM dupq_evidence_delta"))
        cr.execute(SQL("DELETE FROM dupq_evidence_summary"))
        self.env["dupq.evidence.delta"]._post(SQL("TRUE"), 1)
        while self._fold():
            pass

    @api.model
    def _cron_recount(self):
        """Recount at night; a difference is a fault, and is put right."""
        if wrong := self._recount():
            _logger.error("%s evidence figures differ from the ledger", len(wrong))
            self._rebuild()


def whole_months(after, until):
    """The whole months between two days: (first day, first day that is not in them).

    >>> from datetime import date
    >>> [str(day) for day in whole_months(date(2025, 3, 14), date(2026, 3, 14))]
    ['2025-04-01', '2026-03-01']
    >>> [str(day) for day in whole_months(date(2025, 3, 31), date(2025, 4, 30))]
    ['2025-04-01', '2025-05-01']
    >>> whole_months(date(2025, 3, 10), date(2025, 4, 20))
    (None, None)
    >>> str(whole_months(None, date(2026, 3, 14))[1])
    '2026-03-01'
    """
    end = (until + timedelta(days=1)).replace(day=1)
    if after is None:
        return None, end
    first = after + timedelta(days=1)
    if first.day != 1:
        first = first.replace(day=1) + relativedelta(months=1)
    return (first, end) if first < end else (None, None)
