from odoo import api, fields, models

from ..const import ADMINISTRATOR, QUALITY_LEAD
from ..workflow import Transition
from .dupq_rota_source_checks import READING_FIELDS


class DupqRotaSource(models.Model):
    """Where the rota is kept: any kind of record with a worker, a start and an end.

    A source reads with the rights of its owner, whoever switched it on. It copies
    nothing: the months are counted from the records themselves. When it loses sight
    of them it is paused, and the months it has counted stay as they are.
    """

    _name = "dupq.rota.source"
    _description = "Rota Source"
    _inherit = [
        "dupq.rota.source.checks",
        "dupq.rota.source.reader",
        "dupq.rota.source.sight",
        "dupq.onlooker",
    ]
    _order = "sequence, id"
    _check_company_auto = True

    _transitions = (
        Transition(
            "switch_on",
            source=("off", "paused"),
            target="on",
            group=(QUALITY_LEAD, ADMINISTRATOR),
            guard="_why_not_switch_on",
        ),
        Transition(
            "switch_off",
            source=("on", "paused"),
            target="off",
            group=(QUALITY_LEAD, ADMINISTRATOR),
        ),
        Transition("pause", source="on", target="paused", internal=True, reason=True),
    )

    _noted = ("landmarks",)

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(string="Shifts from", help="Empty: ever since.")
    date_to = fields.Date(string="Shifts until", help="Empty: for ever.")

    # Which records
    domain = fields.Char(
        string="That are shifts",
        required=True,
        default="[]",
        help="Leave out drafts and what was cancelled.",
    )

    # What they say
    start_path = fields.Char(string="Start", required=True)
    end_path = fields.Char(string="End", required=True)
    employee_path = fields.Char(
        string="Worker",
        help="An employee, a resource or a user, e.g. employee_id.",
    )
    agency_path = fields.Char(
        string="Agency worker",
        help="A code for a worker of an agency, where there is no employee. No name.",
    )
    person_path = fields.Char(
        string="Person supported", help="Empty when shifts are for a whole service."
    )
    service_path = fields.Char(
        string="Service",
        help="A service, a department or a place of work. Empty when it is where the "
        "person is supported.",
    )
    service_id = fields.Many2one(
        "dupq.service",
        string="Always this service",
        domain=[("kind", "!=", "region")],
        check_company=True,
        help="For the rota of one house, which does not say so in each shift.",
    )
    sickness_domain = fields.Char(string="Covers sickness", default="[]")
    leave_domain = fields.Char(string="Covers leave", default="[]")
    moved_domain = fields.Char(
        string="Moved for the organisation's convenience", default="[]"
    )
    reason_path = fields.Char(
        string="Why moved", help="Where it says why somebody was moved, e.g. note."
    )

    # What was there when it was last looked at: {month: [count, sum, last change]}
    landmarks = fields.Json(readonly=True, copy=False)
    sight = fields.Text(compute="_compute_sight")

    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "The first day lies after the last day.",
    )

    # === ONCHANGE METHODS === #

    @api.onchange("record_kind")
    def _onchange_record_kind(self):
        """Other records have other fields."""
        if self.record_kind != self.model:
            self.model = self.record_kind
            self.domain = "[]"
            self.sickness_domain = self.leave_domain = self.moved_domain = "[]"
            self.start_path = self.end_path = False
            self.employee_path = self.agency_path = False
            self.person_path = self.service_path = self.reason_path = False

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to have the months counted anew when it looks at something else."""
        result = super().write(vals)
        if vals.keys() & READING_FIELDS:
            for source in self.filtered(lambda one: one.state == "on"):
                source._note_all_months()
        return result

    # === ACTIONS === #

    def action_switch_on(self):
        """Switch it on, with your eyes; its months are counted next."""
        return self._take("switch_on")

    def action_switch_off(self):
        """Its shifts count no more; months are counted anew without them."""
        return self._take("switch_off")

    def _took(self, name):
        """Override to look anew, and have the months counted."""
        result = super()._took(name)
        if name == "switch_on":
            # What nobody may write by hand: the step has just been allowed.
            self.sudo().landmarks = False
        if name in ("switch_on", "switch_off"):
            for source in self:
                source._note_all_months()
        return result
