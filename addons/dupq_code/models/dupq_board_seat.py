from odoo import api, fields, models

ROLES = [
    ("chair", "Chair"),
    ("board_member", "Board member"),
    ("chief_executive", "Chief executive"),
    ("senior_manager", "Senior manager"),
]


class DupqBoardSeat(models.Model):
    """Who leads the organisation: on the board or as a senior manager, from when.

    Somebody with a name and an address is enough: a trustee may be no employee and
    have no login (C42, C44).
    """

    _name = "dupq.board.seat"
    _description = "Seat on the board or in senior management"
    _order = "role, date_from, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Name", required=True, ondelete="restrict", index=True
    )
    role = fields.Selection(ROLES, required=True, default="board_member")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    service_id = fields.Many2one(
        "dupq.service",
        string="For",
        check_company=True,
        help="The region or service they lead, where their training is counted.",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        compute="_compute_employee_id",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="Where they are one: then their own training counts.",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="The last day.")
    is_current = fields.Boolean(
        compute="_compute_is_current", search="_search_is_current"
    )
    skill_ids = fields.Many2many("dupq.board.skill", string="What they bring")
    training_ids = fields.One2many("dupq.board.training", "seat_id")

    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A seat cannot end before it begins.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_employee_id(self):
        """The employee with this contact, where there is one."""
        # Only that somebody is an employee, and which.
        employees = self.env["hr.employee"].sudo()
        found = employees.search([("work_contact_id", "in", self.partner_id.ids)])
        for seat in self:
            own = found.filtered(
                lambda e, seat=seat: (
                    e.work_contact_id == seat.partner_id
                    and e.company_id == seat.company_id
                )
            )
            seat.employee_id = own[:1].sudo(False) or seat.employee_id

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for seat in self:
            seat.is_current = bool(seat.date_from and seat.date_from <= today) and (
                not seat.date_to or seat.date_to >= today
            )

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = fields.Date.context_today(self)
        return [
            ("date_from", "<=", today),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", today),
        ]

    @api.depends("partner_id", "role")
    @api.depends_context("lang")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for seat in self:
            name = seat.partner_id.name or ""
            seat.display_name = f"{name} ({roles.get(seat.role)})"
