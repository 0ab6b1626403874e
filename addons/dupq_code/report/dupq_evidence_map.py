from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..coverage import Cell
from ..models.dupq_evidence import FRESH_MONTHS
from .dupq_evidence_row import ROWS

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
    rows            "services", "regions" (each with all that is below it) or
                    "companies": of what the row is that a method is asked for
    """

    _name = "dupq.evidence.map"
    _description = "Coverage map"
    _inherit = ["dupq.evidence.row"]

    # === FOR THE SCREEN === #

    @api.model
    @api.readonly
    def get_map(self, options=None):
        """The whole map for this reader.

        :return: {as_of, mode, rows, row_kinds: what rows there can be, sees_all:
            whether the reader sees every service, areas: [{id, name, number}], regions,
            perspectives, services: [row], groups: the rows when they are not the
            services, totals: [int]}; a row is {id, name, region, cells: [cell]}, of a
            group also service_ids; a cell is {area_id, state, count, good, not_yet,
            confidential, gaps}, of a group also spread: {state: number of services}
        """
        options = self._clean(options)
        services = self._get_services(options)
        areas = self._get_areas()
        cells = self._count_cells(services, options, by="area_id", only=areas.ids)
        rows = self._show_services(services, areas, cells)
        return {
            "as_of": fields.Date.to_string(options["as_of"]),
            "mode": options["mode"],
            "rows": options["rows"],
            "row_kinds": self._get_row_kinds(services),
            "sees_all": self._sees_all_services(),
            "areas": [
                {"id": area.id, "name": area.shown_name, "number": number}
                for number, area in enumerate(areas, start=1)
            ],
            "regions": self._get_choices(self._get_regions()),
            "perspectives": self._get_choices(self._get_perspectives()),
            "services": rows,
            "groups": self._show_groups(services, areas, cells, options),
            # From the services: a region may lie in another.
            "totals": [
                sum(row["cells"][index]["count"] for row in rows)
                for index in range(len(areas))
            ],
        }

    @api.model
    @api.readonly
    def get_statements(self, row_id, area_id, options=None):
        """The statements behind one place of the map.

        :return: [{id, reference, text, polarity, state, count, ...}] as in `get_map`
        """
        options = self._clean(options)
        services = self._get_row_services(row_id, options)
        statements = self._get_areas().browse(area_id).statement_ids
        managers = self._get_managers()
        cells = self._count_cells(
            services, options, by="statement_id", only=statements.ids
        )
        return [
            {
                "id": statement.id,
                "reference": statement.reference,
                "text": statement.shown_text,
                "polarity": statement.polarity,
                **self._show(
                    self._get_cell(services, cells, statement.id, options), managers
                ),
            }
            for statement in statements
        ]

    @api.model
    @api.readonly
    def get_items(self, row_id, area_id, statement_id=None, options=None):
        """The items behind a figure: see `_show_items`."""
        options = self._clean(options)
        services = self._get_row_services(row_id, options)
        domain = self._get_items_domain(services, area_id, statement_id, options)
        by = "statement_id" if statement_id else "area_id"
        key = statement_id or area_id
        cells = self._count_cells(services, options, by=by, only=[key])
        confidential = self._sum_cells(services, cells, key).confidential
        return self._show_items(domain, confidential, limit=ITEMS_AT_ONCE)

    @api.model
    @api.readonly
    def get_gaps(self, options=None):
        """Where something is missing, worst first, and what could be added.

        :return: [{service_id, service, area_id, area, gap, advice: [str]}]
        """
        options = self._clean(options)
        services = self._get_services(options)
        areas = self._get_areas()
        managers = self._get_managers()
        cells = self._count_cells(services, options, by="area_id", only=areas.ids)
        advice = self._get_advice(areas)
        order = ("nothing", "stale", "single", "managers")
        gaps = [
            {
                "service_id": service.id,
                "service": service.name,
                "area_id": area.id,
                "area": area.shown_name,
                "gap": gap,
                "advice": advice[area.id],
            }
            for service in services
            if service.kind != "region"
            for area in areas
            for gap in cells.get((service.id, area.id), Cell()).gaps(managers)
        ]
        return sorted(gaps, key=lambda gap: (order.index(gap["gap"]), gap["service"]))

    @api.model
    @api.readonly
    def get_advice(self, area_id):
        """What could be added where an area has a gap; nothing is counted for it.

        :return: [str]
        """
        self._clean(None)
        return self._get_advice(self._get_areas().browse(area_id))[area_id]

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
            "rows": options.get("rows") if options.get("rows") in ROWS else ROWS[0],
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
    def _get_perspectives(self):
        """Every group; there are a dozen."""
        return self.env["dupq.stakeholder.group"].search([("active", "=", True)])

    @api.model
    def _get_choices(self, records):
        return [{"id": record.id, "name": record.display_name} for record in records]

    @api.model
    def _get_advice(self, areas):
        """What could be added for each area: rules that are off, and by hand."""
        advice = {
            area.id: [self.env._("Write down what you saw or heard yourself.")]
            for area in areas
        }
        rules = self.env["dupq.evidence.rule"]
        if not rules.has_access("read"):
            return advice
        for rule in rules.search(
            [("state", "!=", "on"), ("statement_ids.area_id", "in", areas.ids)]
        ):
            for area in rule.statement_ids.area_id & areas:
                advice[area.id].append(
                    self.env._("Switch on the rule “%(rule)s”.", rule=rule.name)
                )
        return advice
