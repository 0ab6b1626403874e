from odoo import api, fields, models
from odoo.exceptions import ValidationError

MANAGING_ROLES = ("manager", "deputy")
LEADING_ROLES = (*MANAGING_ROLES, "practice_leader")


class DupqServiceMember(models.Model):
    """Who belongs to a service, in which role, between which days.

    Every record rule about services asks this one relation. A membership also
    covers the services below; access ends the day after ``date_to``.
    """

    _name = "dupq.service.member"
    _description = "Service Member"
    _order = "service_id, role, id"
    _check_company_auto = True

    service_id = fields.Many2one(
        "dupq.service", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        index="btree_not_null",
    )
    employee_id = fields.Many2one(
        "hr.employee", check_company=True, index="btree_not_null"
    )
    role = fields.Selection(
        [
            ("manager", "Manager"),
            ("deputy", "Deputy"),
            ("practice_leader", "Practice leader"),
            ("support_worker", "Support worker"),
            ("relief", "Relief worker"),
        ],
        required=True,
        default="support_worker",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="The last day of the membership.")
    is_current = fields.Boolean(compute="_compute_is_current")

    _someone = models.Constraint(
        "CHECK(user_id IS NOT NULL OR employee_id IS NOT NULL)",
        "Choose a user or an employee.",
    )
    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A membership cannot end before it begins.",
    )
    _user_idx = models.Index(
        "(user_id, service_id, date_from) WHERE user_id IS NOT NULL"
    )

    @api.depends("employee_id.user_id")
    def _compute_user_id(self):
        """An employee's login, also when it is given, changed or taken away later."""
        for member in self:
            # Only the link to the user is read: not private employee data.
            employee_sudo = member.employee_id.sudo()
            member.user_id = employee_sudo.user_id if employee_sudo else member.user_id

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for member in self:
            member.is_current = bool(
                member.date_from
                and member.date_from <= today
                and (not member.date_to or member.date_to >= today)
            )

    @api.depends("user_id", "employee_id", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for member in self:
            # Names of colleagues are shown to everyone who sees the membership.
            employee_sudo = member.employee_id.sudo()
            who = employee_sudo.name or member.user_id.name or ""
            member.display_name = f"{who} ({roles.get(member.role)})"

    @api.constrains("service_id", "user_id", "employee_id", "role")
    def _check_no_double_membership(self):
        """Refuse two open memberships of one person in one role and service."""
        groups = self._read_group(
            [("service_id", "in", self.service_id.ids), ("date_to", "=", False)],
            ["service_id", "user_id", "employee_id", "role"],
            having=[("__count", ">", 1)],
        )
        if groups:
            raise ValidationError(
                self.env._(
                    "Someone is already a member of %(service)s in this role.",
                    service=groups[0][0].display_name,
                )
            )
