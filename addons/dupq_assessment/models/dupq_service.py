from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class DupqService(models.Model):
    """Adds when a service was last visited, and whether that is too long ago."""

    _inherit = "dupq.service"

    visit_ids = fields.One2many("dupq.visit", "service_id")
    date_last_visit = fields.Date(
        string="Last visited", compute="_compute_date_last_visit"
    )
    is_unvisited = fields.Boolean(
        string="Not visited",
        compute="_compute_is_unvisited",
        search="_search_is_unvisited",
        help="Nobody senior has visited for longer than the setting allows.",
    )

    @api.depends("visit_ids.day")
    def _compute_date_last_visit(self):
        # The day of the last visit is no secret; the visits themselves may be.
        groups = (
            self.env["dupq.visit"]
            .sudo()
            ._read_group([("service_id", "in", self.ids)], ["service_id"], ["day:max"])
        )
        days = {service.id: day for service, day in groups}
        for service in self:
            service.date_last_visit = days.get(service._origin.id)

    @api.depends("date_last_visit", "kind", "company_id.dupq_visit_months")
    def _compute_is_unvisited(self):
        # Only the time zone and the setting of each company are read.
        companies_sudo = self.company_id.sudo()
        cutoffs = {
            company.id: company._get_visit_cutoff() for company in companies_sudo
        }
        for service in self:
            day = service.date_last_visit
            cutoff = cutoffs.get(service.company_id.id)
            is_old = bool(cutoff) and (not day or day < cutoff)
            service.is_unvisited = service.kind != "region" and is_old

    def _search_is_unvisited(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_late = self.env["res.company"]._get_unvisited_domain()
        return Domain("kind", "!=", "region") & is_late

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """With ``dupq_visited_first`` in the context: own last visits come first."""
        if not self.env.context.get("dupq_visited_first"):
            return super().name_search(name, domain, operator, limit)
        recent = self._get_recently_visited().ids
        domain = Domain(domain or Domain.TRUE)
        is_recent = Domain("id", "in", recent)
        first = super().name_search(name, domain & is_recent, operator, limit)
        rest = super().name_search(name, domain & ~is_recent, operator, limit)
        first.sort(key=lambda pair: recent.index(pair[0]))
        return (first + rest)[:limit]

    @api.model
    def _get_recently_visited(self, limit=5):
        """The services this user visited last, the latest first."""
        groups = self.env["dupq.visit"]._read_group(
            [("visitor_id", "=", self.env.uid)],
            ["service_id"],
            order="date:max desc",
            limit=limit,
        )
        return self.browse(service.id for [service] in groups)

    # === LESSONS === #

    @api.model
    def _get_telling_query(self):
        """Ids of services through which a lesson reaches the current user.

        A lesson told to a service reaches everyone who belongs to it, to a
        service below it, or to one above it. Written in SQL for the tree.
        """
        mine = self._get_membership_query(roles=None)
        return SQL(
            """(
                SELECT a.id
                  FROM dupq_service s
                  JOIN dupq_service a ON s.parent_path LIKE a.parent_path || '%%'
                 WHERE s.id IN %s
            )""",
            mine,
        )
