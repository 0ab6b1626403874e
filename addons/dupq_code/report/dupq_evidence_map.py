from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..coverage import Cell
from ..models.dupq_evidence import FRESH_MONTHS

MANAGERS = ("team_managers", "senior_managers")
# Items shown at once when a place is opened.
ITEMS_AT_ONCE = 80


class DupqEvidenceMap(models.AbstractModel):
    """What each service can show for each area of the Code, and where it is blind.

    The figures are those of the ledger's summary: accepted items, seen in the
    twelve months up to a day. `options` of every method is a dict, all optional:

    as_of           "2026-03-31"; today when left out
    mode            "today": judged with today's knowledge, or "then": as we knew
                    it on that day (recorded by then, not yet withdrawn)
    region_id       only services in this region
    perspective_id  only the view of this group
    """

    _name = "dupq.evidence.map"
    _description = "Coverage map"
    _inherit = ["dupq.evidence.count"]

    # === FOR THE SCREEN === #

    @api.model
    @api.readonly
    def get_map(self, options=None):
        """The whole map for this reader.

        :return: {as_of, mode, areas: [{id, name, number}], regions, perspectives,
            services: [{id, name, region, cells: [cell]}], totals: [int]}; a cell is
            {area_id, state, count, good, not_yet, confidential, gaps}
        """
        options = self._clean(options)
        services = self._get_services(options)
        areas = self._get_areas()
        managers = self._get_managers()
        cells = self._count_cells(services, options, by="area_id", only=areas.ids)
        rows = [
            {
                "id": service.id,
                "name": service.name,
                "region": self._get_region_name(service),
                "cells": [
                    {
                        "area_id": area.id,
                        **self._show(cells.get((service.id, area.id)), managers),
                    }
                    for area in areas
                ],
            }
            for service in services
        ]
        return {
            "as_of": fields.Date.to_string(options["as_of"]),
            "mode": options["mode"],
            "areas": [
                {"id": area.id, "name": area.shown_name, "number": number}
                for number, area in enumerate(areas, start=1)
            ],
            "regions": self._get_choices(self._get_regions()),
            "perspectives": self._get_choices(self._get_perspectives()),
            "services": rows,
            "totals": [
                sum(row["cells"][index]["count"] for row in rows)
                for index in range(len(areas))
            ],
        }

    @api.model
    @api.readonly
    def get_statements(self, service_id, area_id, options=None):
        """The statements behind one place of the map.

        :return: [{id, reference, text, polarity, state, count, ...}] as in `get_map`
        """
        options = self._clean(options)
        service = self._get_service(service_id, options)
        statements = self._get_areas().browse(area_id).statement_ids
        managers = self._get_managers()
        cells = self._count_cells(
            service, options, by="statement_id", only=statements.ids
        )
        return [
            {
                "id": statement.id,
                "reference": statement.reference,
                "text": statement.shown_text,
                "polarity": statement.polarity,
                **self._show(cells.get((service.id, statement.id)), managers),
            }
            for statement in statements
        ]

    @api.model
    @api.readonly
    def get_items(self, service_id, area_id, statement_id=None, options=None):
        """The items behind a figure: as many as it counted.

        :return: {items: [{id, name, date, polarity, source, perspective}],
            confidential: number of rows that say no more than that they are there,
            more: number of items that are not listed, domain: for the full list}
        """
        options = self._clean(options)
        service = self._get_service(service_id, options)
        domain = self._get_items_domain(service, area_id, statement_id, options)
        evidence = self.env["dupq.evidence"]
        count = evidence.search_count(domain)
        found = evidence.search(domain, limit=ITEMS_AT_ONCE)
        sources = dict(evidence._fields["source_type"]._description_selection(self.env))
        by = "statement_id" if statement_id else "area_id"
        key = statement_id or area_id
        cell = self._count_cells(service, options, by=by, only=[key]).get(
            (service.id, key), Cell()
        )
        return {
            "items": [
                {
                    "id": item.id,
                    "name": item.display_name,
                    "date": fields.Date.to_string(item.date_seen),
                    "polarity": item.polarity,
                    "source": sources.get(item.source_type),
                    "perspective": item.perspective_id.name or "",
                }
                for item in found
            ],
            "confidential": cell.confidential,
            "more": count - len(found),
            "domain": list(domain),
        }

    @api.model
    @api.readonly
    def get_gaps(self, options=None):
        """Where something is missing, worst first, and what could be added.

        :return: [{service_id, service, area_id, area, gap, advice: [str]}]
        """
        result = self.get_map(options)
        names = {area["id"]: area["name"] for area in result["areas"]}
        advice = self._get_advice(names)
        order = ("nothing", "stale", "single", "managers")
        gaps = [
            {
                "service_id": row["id"],
                "service": row["name"],
                "area_id": cell["area_id"],
                "area": names[cell["area_id"]],
                "gap": gap,
                "advice": advice[cell["area_id"]],
            }
            for row in result["services"]
            for cell in row["cells"]
            for gap in cell["gaps"]
        ]
        return sorted(gaps, key=lambda gap: (order.index(gap["gap"]), gap["service"]))

    # === OPTIONS === #

    @api.model
    def _clean(self, options):
        """Check what a client sent; a wrong day or number is said so."""
        self.env["dupq.evidence.coverage"].check_access("read")
        options = dict(options or {})
        today = fields.Date.context_today(self)
        try:
            as_of = fields.Date.to_date(options.get("as_of")) or today
            # The twelve months before it have to be days as well.
            as_of - relativedelta(months=FRESH_MONTHS)
        except (TypeError, ValueError):
            raise UserError(
                self.env._("This is no day: %(day)s.", day=options.get("as_of"))
            ) from None
        numbers = [options.get("region_id"), options.get("perspective_id")]
        if not all(not n or isinstance(n, int) for n in numbers):
            raise UserError(self.env._("Choose a region and a group from the list."))
        return {
            "as_of": min(as_of, today),
            "mode": "then" if options.get("mode") == "then" else "today",
            "region_id": numbers[0],
            "perspective_id": numbers[1],
        }

    # === SHOWING === #

    @api.model
    def _get_areas(self):
        return self.env["dupq.code.area"].search(
            [
                ("code_id.state", "=", "active"),
                ("statement_ids.polarity", "in", ("good", "bad")),
            ]
        )

    @api.model
    def _get_region_name(self, service):
        """What a service is part of: its members do not read that, only its name."""
        above = service.complete_name.removesuffix(service.name)
        return above.removesuffix(" / ")

    @api.model
    def _show(self, cell, managers):
        cell = cell or Cell()
        return {
            "state": cell.state,
            "count": cell.count,
            "good": cell.good,
            "not_yet": cell.not_yet,
            "confidential": cell.confidential,
            "gaps": cell.gaps(managers),
        }

    @api.model
    def _get_managers(self):
        """Ids of the groups whose word alone is not enough."""
        groups = (
            self.env.ref(f"dupq_code.dupq_stakeholder_group_{name}", False)
            for name in MANAGERS
        )
        return {group.id for group in groups if group}

    @api.model
    def _get_perspectives(self):
        """Every group; there are a dozen."""
        return self.env["dupq.stakeholder.group"].search([("active", "=", True)])

    @api.model
    def _get_choices(self, records):
        return [{"id": record.id, "name": record.display_name} for record in records]

    @api.model
    def _get_advice(self, area_ids):
        """What could be added for each area: rules that are off, and by hand."""
        advice = {
            area_id: [self.env._("Write down what you saw or heard yourself.")]
            for area_id in area_ids
        }
        rules = self.env["dupq.evidence.rule"]
        if rules.has_access("read"):
            for rule in rules.search([("state", "!=", "on")]):
                for area in rule.statement_ids.area_id:
                    if area.id in advice:
                        advice[area.id].append(
                            self.env._("Switch on the rule “%(rule)s”.", rule=rule.name)
                        )
        return advice
