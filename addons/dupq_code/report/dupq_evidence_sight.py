from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..const import BOARD_MEMBER, PANEL, QUALITY_LEAD


class DupqEvidenceSight(models.AbstractModel):
    """Whose figures a reader sees, and whose confidential items among them."""

    _name = "dupq.evidence.sight"
    _description = "Sight of the figures"

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
        domain = self._get_services_domain() & Domain("kind", "!=", "region")
        if options["region_id"]:
            domain &= Domain("id", "child_of", options["region_id"])
        return self.env["dupq.service"].search(domain)

    @api.model
    def _get_service(self, service_id, options):
        service = self._get_services(options).filtered(lambda s: s.id == service_id)
        if not service:
            raise AccessError(self.env._("This service is not yours to see."))
        return service

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

    @api.model
    def _get_trusted(self, services):
        """The services whose confidential items this reader may see."""
        roles = (QUALITY_LEAD, PANEL)
        if self.env.su or self.env.user.has_groups(",".join(roles)):
            return services
        return services.filtered("is_managed")
