from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .dupq_service_member import LEADING_ROLES, MANAGING_ROLES


class DupqService(models.Model):
    """A home, team or scheme in which people are supported, or a region of them."""

    _name = "dupq.service"
    _description = "Service"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _parent_store = True
    _order = "complete_name, id"
    _rec_names_search = ["complete_name", "reference"]
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", store=True, recursive=True
    )
    reference = fields.Char(help="Your own short code for the service.")
    kind = fields.Selection(
        [("region", "Region"), ("service", "Service"), ("team", "Team")],
        required=True,
        default="service",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    # The tree
    parent_id = fields.Many2one(
        "dupq.service", string="Part of", index=True, check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("dupq.service", "parent_id", string="Services below")

    # What the provider's Odoo already knows of it
    department_id = fields.Many2one(
        "hr.department", check_company=True, index="btree_not_null"
    )
    work_location_id = fields.Many2one("hr.work.location", check_company=True)
    partner_id = fields.Many2one("res.partner", string="Address")
    cqc_location_id = fields.Char(
        string="CQC location", help="The regulator's number, e.g. 1-123456789."
    )
    tag_ids = fields.Many2many("dupq.service.tag", string="Support for")

    # Who belongs to it
    member_ids = fields.One2many("dupq.service.member", "service_id")
    manager_names = fields.Char(compute="_compute_manager_names")
    is_mine = fields.Boolean(
        string="My service", compute="_compute_is_mine", search="_search_is_mine"
    )
    is_managed = fields.Boolean(
        string="I manage it", compute="_compute_is_managed", search="_search_is_managed"
    )
    is_led = fields.Boolean(
        string="I lead practice there",
        compute="_compute_is_led",
        search="_search_is_led",
    )

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference) WHERE reference IS NOT NULL",
        "Another service has this reference.",
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for service in self:
            names = (service.parent_id.complete_name, service.name)
            service.complete_name = " / ".join(name for name in names if name)

    @api.depends("member_ids.role", "member_ids.date_from", "member_ids.date_to")
    def _compute_manager_names(self):
        for service in self:
            managers = service.member_ids.filtered(
                lambda member: member.role == "manager" and member.is_current
            )
            # Only names of managers, shown to everyone who sees the service.
            names = managers.sudo().mapped(
                lambda member: member.employee_id.name or member.user_id.name or ""
            )
            service.manager_names = ", ".join(names)

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self._with_membership(roles=None)
        for service in self:
            service.is_mine = service in mine

    @api.depends_context("uid")
    def _compute_is_managed(self):
        managed = self._with_membership(roles=MANAGING_ROLES)
        for service in self:
            service.is_managed = service in managed

    @api.depends_context("uid")
    def _compute_is_led(self):
        led = self._with_membership(roles=LEADING_ROLES)
        for service in self:
            service.is_led = service in led

    def _search_is_mine(self, operator, value):
        return self._search_membership(operator, value, roles=None)

    def _search_is_managed(self, operator, value):
        return self._search_membership(operator, value, roles=MANAGING_ROLES)

    def _search_is_led(self, operator, value):
        return self._search_membership(operator, value, roles=LEADING_ROLES)

    # === CONSTRAINT METHODS === #

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A service cannot be part of itself."))

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to take the figures along when a service changes company."""
        moving = self.browse()
        if "company_id" in vals:
            moving = self.filtered(lambda s: s.company_id.id != vals["company_id"])
        moving._post_figures(-1)
        result = super().write(vals)
        moving._post_figures(1)
        return result

    def _post_figures(self, sign):
        if not self:
            return
        self.env.flush_all()
        # The figures are of the whole ledger, whoever moves a service.
        self.env["dupq.evidence.delta"].sudo()._post(
            SQL("e.service_id = ANY(%s)", list(self._ids)), sign
        )

    # === BUSINESS METHODS === #

    @api.model
    def _get_only_mine(self):
        """The service that the user belongs to, if there is one and no other."""
        mine = self.search([("is_mine", "=", True), ("kind", "!=", "region")], limit=2)
        return mine if len(mine) == 1 else self.browse()

    @api.model
    def _get_of_department(self, department):
        """The service of a department: its own, else that of the nearest one above."""
        above = Domain("department_id", "parent_of", department.ids)
        services = self.search(above, order="id") if department else self.browse()
        return services.sorted(lambda s: -len(s.department_id.parent_path))[:1]

    def _get_nearest_managers(self):
        """Who manages each today, here or nearest above: ``{service: users}``."""
        members = (
            self.env["dupq.service.member"]
            .search(
                [
                    ("service_id", "parent_of", self.ids),
                    ("role", "in", MANAGING_ROLES),
                    ("user_id.active", "=", True),
                ]
            )
            .filtered("is_current")
        )
        by_path = members.grouped(lambda member: member.service_id.parent_path)
        result = {}
        for service in self:
            above = [path for path in by_path if service.parent_path.startswith(path)]
            nearest = by_path[max(above, key=len)] if above else members.browse()
            result[service] = nearest.user_id
        return result

    def _with_membership(self, roles):
        """The services among these that the user belongs to today."""
        domain = Domain("id", "in", self._origin.ids)
        domain &= self._search_membership("in", [True], roles)
        # Only tells which of the given records the user is a member of.
        found_sudo = self.sudo().with_context(active_test=False).search(domain)
        return self.browse(found_sudo.ids)

    def _search_membership(self, operator, value, roles):
        """Domain of services that a current membership of the user covers."""
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self._get_membership_query(roles))

    def _get_membership_query(self, roles):
        """Ids of services at or below a current membership of the user.

        Written in SQL because a membership reaches down the tree, which a
        domain evaluated for each record rule would do in several queries.
        """
        self.env["dupq.service.member"].flush_model()
        self.env["dupq.service"].flush_model(["parent_path"])
        today = fields.Date.context_today(self)
        role_clause = SQL("m.role IN %s", tuple(roles)) if roles else SQL("TRUE")
        return SQL(
            """(
                SELECT s.id
                  FROM dupq_service_member m
                  JOIN dupq_service a ON a.id = m.service_id
                  JOIN dupq_service s ON s.parent_path LIKE a.parent_path || '%%'
                 WHERE m.user_id = %(uid)s
                   AND m.date_from <= %(today)s
                   AND (m.date_to IS NULL OR m.date_to >= %(today)s)
                   AND %(role_clause)s
            )""",
            uid=self.env.uid,
            today=today,
            role_clause=role_clause,
        )
