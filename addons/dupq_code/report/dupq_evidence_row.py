from odoo import api, models

from ..coverage import Cell, Sum

# What the rows of the map can be.
ROWS = ("services", "regions", "companies")
MANAGERS = ("team_managers", "senior_managers")


class DupqEvidenceRow(models.AbstractModel):
    """The rows of the coverage map: services, or several of them together."""

    _name = "dupq.evidence.row"
    _description = "Rows of the coverage map"
    _inherit = ["dupq.evidence.count"]

    @api.model
    def _get_row_kinds(self, services):
        """What the rows can be: no choice where there is nothing to choose."""
        in_regions = any("/" in s.parent_path.removesuffix("/") for s in services)
        several = len(self.env.companies) > 1
        choices = zip(ROWS, (True, in_regions, several), strict=True)
        return [kind for kind, is_one in choices if is_one]

    @api.model
    def _show_services(self, services, areas, cells):
        """A row for each service; a region has one when it has items of its own."""
        managers = self._get_managers()
        empty = Cell()
        rows = [
            {
                "id": service.id,
                "name": service.name,
                "region": service.complete_name
                if service.kind == "region"
                else self._get_region_name(service),
                "is_region": service.kind == "region",
                "cells": [
                    {
                        "area_id": area.id,
                        **self._show(cells.get((service.id, area.id), empty), managers),
                    }
                    for area in areas
                ],
            }
            for service in services
        ]
        return [row for row in rows if not row["is_region"] or self._has_any(row)]

    @api.model
    def _show_groups(self, services, areas, cells, options):
        """A row for each region or company that has a service, or items."""
        if options["rows"] == "services":
            return []
        rows = [
            {
                "id": group.id,
                "name": group.name,
                "region": group.above,
                "service_ids": group.services.filtered(
                    lambda s: s.kind != "region"
                ).ids,
                "cells": [
                    {
                        "area_id": area.id,
                        **self._show(self._sum_cells(group.services, cells, area.id)),
                    }
                    for area in areas
                ],
            }
            for group in self._get_groups(services, options)
        ]
        return [row for row in rows if row["service_ids"] or self._has_any(row)]

    @api.model
    def _has_any(self, row):
        return any(cell["state"] != "nothing" or cell["count"] for cell in row["cells"])

    @api.model
    def _get_cell(self, services, cells, key, options):
        """What the row that these services are says of an area or statement."""
        if options["rows"] == "services":
            return cells.get((services.id, key), Cell())
        return self._sum_cells(services, cells, key)

    @api.model
    def _show(self, cell, managers=()):
        """:param cell: a Cell of one service, or the Sum of several"""
        shown = {
            "state": cell.state,
            "count": cell.count,
            "good": cell.good,
            "not_yet": cell.not_yet,
            "confidential": cell.confidential,
            "gaps": cell.gaps(managers),
        }
        if isinstance(cell, Sum):
            shown["spread"] = cell.spread
        return shown

    @api.model
    def _get_managers(self):
        """Ids of the groups whose word alone is not enough."""
        groups = (
            self.env.ref(f"dupq_code.dupq_stakeholder_group_{name}", False)
            for name in MANAGERS
        )
        return {group.id for group in groups if group}
