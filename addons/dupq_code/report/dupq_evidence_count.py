from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..coverage import Cell, Sum, told
from ..models.dupq_evidence import FRESH_MONTHS


class DupqEvidenceCount(models.AbstractModel):
    """Counts for one reader, from the summary or from the ledger as it once was.

    `options` are those of the map, after `_clean`.
    """

    _name = "dupq.evidence.count"
    _description = "Counting of evidence"
    _inherit = ["dupq.evidence.sight"]

    @api.model
    def _get_window(self, options):
        """(the day after which, the day until which) items are fresh."""
        until = options["as_of"]
        return until - relativedelta(months=FRESH_MONTHS), until

    @api.model
    def _get_figures_query(self, options, after, until, condition):
        """Figures of a window as SQL with the columns of the grain and count."""
        if options["perspective_id"]:
            condition = SQL(
                "%s AND perspective_id = %s", condition, options["perspective_id"]
            )
        if options["mode"] == "today":
            return self.env["dupq.evidence.summary"]._get_query(after, until, condition)
        moment = self._get_end_of_day(options["as_of"])
        days = SQL("e.date_seen <= %s", until)
        if after:
            days = SQL("e.date_seen > %s AND %s", after, days)
        return SQL(
            "(SELECT *, n AS count FROM (%s) known WHERE %s)",
            self.env["dupq.evidence.summary"]._get_ledger_query(
                SQL(
                    "%s AND e.known_from < %s AND (e.known_to IS NULL"
                    " OR e.known_to >= %s)",
                    days,
                    moment,
                    moment,
                )
            ),
            condition,
        )

    @api.model
    def _get_end_of_day(self, day):
        """The end of a day in the reader's time zone, as UTC."""
        zone = pytz.timezone(self.env.user.tz or "UTC")
        midnight = zone.localize(datetime.combine(day + timedelta(days=1), time()))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _count_cells(self, services, options, by, only):
        """Count for this reader: {(service id, id of area or statement): Cell}.

        :param by: "area_id" or "statement_id"
        :param only: ids of the areas or statements
        """
        self.env.flush_all()
        condition = SQL(
            "service_id = ANY(%s) AND %s = ANY(%s) AND %s",
            services.ids,
            SQL.identifier(by),
            list(only),
            SQL("statement_id = 0") if by == "area_id" else SQL("statement_id != 0"),
        )
        seen = self._get_seen_clause()
        after, until = self._get_window(options)
        # Every figure is counted; what this reader is told is decided below.
        self.env.cr.execute(
            SQL(
                """
                WITH q AS (
                    SELECT service_id, %(by)s AS place, polarity, source_type,
                           perspective_id, %(seen)s AS seen, sum(count) AS n
                      FROM %(rows)s r
                  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count) > 0)
                SELECT service_id, place,
                       sum(n) FILTER (WHERE seen AND polarity = 'good'),
                       sum(n) FILTER (WHERE seen AND polarity = 'not_yet'),
                       sum(n) FILTER (WHERE NOT seen),
                       count(DISTINCT source_type) FILTER (WHERE seen),
                       array_agg(DISTINCT perspective_id) FILTER (WHERE seen)
                  FROM q GROUP BY 1, 2
                """,
                by=SQL.identifier(by),
                rows=self._get_figures_query(options, after, until, condition),
                seen=seen,
            )
        )
        cells = {
            (service, place): Cell(
                good=int(good or 0),
                not_yet=int(not_yet or 0),
                confidential=told(int(secret or 0), may_see=False),
                sources=sources,
                perspectives=set(perspectives or ()),
            )
            for service, place, good, not_yet, secret, sources, perspectives in (
                self.env.cr.fetchall()
            )
        }
        older = self._get_figures_query(
            options, None, after, SQL("%s AND %s", condition, seen)
        )
        self.env.cr.execute(
            SQL(
                "SELECT service_id, %(by)s FROM %(rows)s r "
                "GROUP BY 1, 2 HAVING sum(count) > 0",
                by=SQL.identifier(by),
                rows=older,
            )
        )
        for key in self.env.cr.fetchall():
            cells.setdefault(key, Cell()).has_older = True
        return cells

    @api.model
    def _sum_cells(self, services, cells, key):
        """What services say together of one area or statement.

        :param cells: what `_count_cells` found
        :param key: id of the area or statement
        """
        regions = services.filtered(lambda service: service.kind == "region")
        empty = Cell()
        return Sum(
            services=[cells.get((s.id, key), empty) for s in services - regions],
            own=[cells.get((s.id, key), empty) for s in regions],
        )

    @api.model
    def _get_items_domain(self, services, area_id, statement_id, options):
        """Exactly what a figure counted, of what this reader may see."""
        after, until = self._get_window(options)
        domain = Domain("service_id", "in", services.ids)
        domain &= Domain("date_seen", ">", after) & Domain("date_seen", "<=", until)
        if statement_id:
            domain &= Domain("statement_ids", "in", [statement_id])
        else:
            domain &= Domain("statement_ids.area_id", "=", area_id)
        if options["perspective_id"]:
            domain &= Domain("perspective_id", "=", options["perspective_id"])
        domain &= self._get_seen_domain()
        if options["mode"] == "today":
            return domain & Domain("state", "=", "accepted")
        moment = self._get_end_of_day(options["as_of"])
        return (
            domain
            & Domain("known_from", "<", moment)
            & (Domain("known_to", "=", False) | Domain("known_to", ">=", moment))
        )

    @api.model
    def _show_items(self, domain, confidential, limit):
        """The items behind a figure: as many as it counted.

        Only what this reader may see is listed, whatever the domain asks for.

        :param Domain domain: of `_get_items_domain`
        :param confidential: number of items of the figure that are told of, and that
            this reader may not see
        :param limit: items listed at once
        :return: {items: [{id, name, date, polarity, source, perspective, service}],
            confidential: rows that say no more than that they are there, more:
            number of items that are not listed, domain: for the full list}
        """
        domain &= self._get_seen_domain()
        evidence = self.env["dupq.evidence"]
        count = evidence.search_count(domain)
        found = evidence.search(domain, limit=limit)
        sources = dict(evidence._fields["source_type"]._description_selection(self.env))
        return {
            "items": [
                {
                    "id": item.id,
                    "name": item.display_name,
                    "date": fields.Date.to_string(item.date_seen),
                    "polarity": item.polarity,
                    "source": sources.get(item.source_type),
                    "perspective": item.perspective_id.name or "",
                    "service": item.service_id.name,
                }
                for item in found
            ],
            "confidential": confidential,
            "more": count - len(found),
            "domain": list(domain),
        }
