from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import BOARD_MEMBER, PANEL, QUALITY_LEAD
from ..models.dupq_service_member import MANAGING_ROLES


class Group(NamedTuple):
    """A row of the map that is a region or a company: several services together."""

    id: int
    name: str
    above: str
    services: models.BaseModel


class DupqEvidenceSight(models.AbstractModel):
    """Whose figures a reader sees, and whose confidential items among them."""

    _name = "dupq.evidence.sight"
    _description = "Sight of the figures"

    # === SERVICES === #

    @api.model
    def _sees_all_services(self):
        roles = (QUALITY_LEAD, BOARD_MEMBER, PANEL)
        return self.env.su or self.env.user.has_groups(",".join(roles))

    @api.model
    def _get_services_domain(self):
        domain = Domain("company_id", "in", self.env.companies.ids)
        if not self._sees_all_services():
            domain &= Domain("is_mine", "=", True)
        return domain

    @api.model
    def _get_services(self, options):
        """Services and regions in sight, in the order of the tree."""
        domain = self._get_services_domain()
        if options["region_id"]:
            domain &= Domain("id", "child_of", options["region_id"])
        return self.env["dupq.service"].search(domain)

    @api.model
    def _get_regions(self):
        regions = self.env["dupq.service"].search(
            Domain("kind", "=", "region")
            & Domain("company_id", "in", self.env.companies.ids)
        )
        if self._sees_all_services():
            return regions
        mine = self.env["dupq.service"].search(self._get_services_domain())
        return regions.filtered(
            lambda region: any(
                service.parent_path.startswith(region.parent_path) for service in mine
            )
        )

    # === ROWS === #

    @api.model
    def _get_groups(self, services, options):
        """The rows of the map when they are not the services themselves.

        :param services: those in sight
        :return: list of `Group`
        """
        if options["rows"] == "companies":
            below = services.grouped("company_id")
            return [
                Group(company.id, company.name, "", below[company])
                for company in services.company_id.sorted("name")
            ]
        return self._get_region_groups(services, options["region_id"])

    @api.model
    def _get_region_groups(self, services, region_id):
        """Each region with all that is below it, then what is in none."""
        below = defaultdict(list)
        for service in services:
            path = service.parent_path.split("/")[:-1]
            if str(region_id) in path:
                path = path[path.index(str(region_id)) :]
            for above in path:
                below[int(above)].append(service.id)
        # In sudo mode: members read no region, only its name, which is a part of the
        # names of their services.
        regions_sudo = self.env["dupq.service"].sudo()
        regions_sudo = regions_sudo.with_context(active_test=False).search(
            [("id", "in", list(below)), ("kind", "=", "region")]
        )
        groups = [
            Group(
                region.id,
                region.name,
                self._get_region_name(region),
                services.browse(below[region.id]),
            )
            for region in regions_sudo
        ]
        rest = services.browse().union(*(group.services for group in groups))
        if rest := services - rest:
            groups.append(Group(0, self.env._("Not in a region"), "", rest))
        return groups

    @api.model
    def _get_row_services(self, row_id, options):
        """The services of one row; whoever asks for another's is refused."""
        services = self._get_services(options)
        if options["rows"] == "services":
            found = services.filtered(lambda service: service.id == row_id)
        else:
            groups = self._get_groups(services, options)
            found = services.browse().union(
                *(group.services for group in groups if group.id == row_id)
            )
        if not found:
            raise AccessError(self.env._("This service is not yours to see."))
        return found

    @api.model
    def _get_region_name(self, service):
        """What a service is part of: its members do not read that, only its name."""
        above = service.complete_name.removesuffix(service.name)
        return above.removesuffix(" / ")

    # === ITEMS === #

    @api.model
    def _sees_all_items(self):
        return self.env.su or self.env.user.has_groups(f"{QUALITY_LEAD},{PANEL}")

    @api.model
    def _get_seen_domain(self):
        """The items that this reader may see, of the services in sight."""
        if self._sees_all_items():
            return Domain.TRUE
        managed = Domain("service_id.is_managed", "=", True)
        return Domain("sensitivity", "=", "normal") | managed

    @api.model
    def _get_seen_clause(self):
        """The same as SQL on columns ``sensitivity`` and ``service_id``."""
        if self._sees_all_items():
            return SQL("TRUE")
        return SQL(
            "(sensitivity = 'normal' OR service_id IN %s)",
            self.env["dupq.service"]._get_membership_query(MANAGING_ROLES),
        )
