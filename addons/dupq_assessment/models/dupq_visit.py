from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.dupq_code.const import BOARD_MEMBER
from odoo.addons.dupq_code.dates import long_date

PROMISE_DAYS = 30
# What the evidence of a visit rests on: when one changes, so does the evidence.
EVIDENCE_FIELDS = {
    "service_id",
    "date",
    "role",
    "announced",
    "people_count",
    "family_count",
    "staff_count",
}


class DupqVisit(models.Model):
    """A senior manager or board member went to a service and listened."""

    _name = "dupq.visit"
    _description = "Visit"
    _inherit = ["mail.thread", "mail.activity.mixin", "dupq.evidence.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["service_id", "visitor_id"]
    _check_company_auto = True

    _dupq_source_type = "visit"
    _dupq_statements = ("a4_g6",)

    # Who went where, and when
    service_id = fields.Many2one(
        "dupq.service",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self._default_service_id(),
        tracking=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index=True, precompute=True
    )
    visitor_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
    )
    role = fields.Selection(
        [
            ("board", "Board member"),
            ("senior", "Senior manager"),
            ("other", "Someone else"),
        ],
        string="Visiting as",
        required=True,
        default=lambda self: self._default_role(),
    )
    date = fields.Datetime(
        string="When", required=True, default=lambda self: self._default_date()
    )
    day = fields.Date(
        compute="_compute_day",
        store=True,
        index=True,
        help="The day of the visit where the service is.",
    )
    minutes = fields.Integer(default=30)
    announced = fields.Selection(
        [("announced", "Announced"), ("unannounced", "Unannounced")],
        string="Announced?",
        required=True,
        tracking=True,
    )

    # Who was met, and what they said
    people_count = fields.Integer(string="People supported", aggregator="sum")
    family_count = fields.Integer(string="Family members", aggregator="sum")
    staff_count = fields.Integer(string="Staff", aggregator="sum")
    heard = fields.Text(string="What I heard", tracking=True)

    # What was promised
    promise = fields.Char(string="One promise", trim=False)
    promise_date = fields.Date(
        string="By", default=lambda self: self._default_promise_date()
    )
    action_id = fields.Many2one(
        "dupq.action", readonly=True, copy=False, index="btree_not_null"
    )

    _counts = models.Constraint(
        "CHECK(people_count >= 0 AND family_count >= 0 AND staff_count >= 0)",
        "You cannot have met fewer than nobody.",
    )
    _minutes_positive = models.Constraint(
        "CHECK(minutes BETWEEN 0 AND 1440)", "Minutes go from 0 to a whole day."
    )
    _service_day_idx = models.Index("(service_id, day)")

    # === DEFAULTS === #

    def _default_service_id(self):
        """The service this user visited last, or the only one that is theirs."""
        last = self.search([("visitor_id", "=", self.env.uid)], limit=1)
        return last.service_id or self.env["dupq.service"]._get_only_mine()

    def _default_role(self):
        """A board member visits as such, anyone else as a senior manager."""
        return "board" if self.env.user.has_group(BOARD_MEMBER) else "senior"

    def _default_date(self):
        """Now, to the minute."""
        return fields.Datetime.now().replace(second=0)

    def _default_promise_date(self):
        """A month from today."""
        return self.env.company._get_today() + timedelta(days=PROMISE_DAYS)

    # === COMPUTE METHODS === #

    @api.depends("date", "company_id")
    def _compute_day(self):
        for visit in self:
            # Only the time zone of the company is read, to know the date there.
            timezone = (visit.company_id or self.env.company).sudo()._get_timezone()
            moment = visit.date and pytz.utc.localize(visit.date).astimezone(timezone)
            visit.day = moment and moment.date()

    @api.depends("service_id", "day")
    def _compute_display_name(self):
        for visit in self:
            parts = (visit.service_id.name, long_date(self.env, visit.day))
            visit.display_name = ", ".join(parts) if visit.service_id else False

    # === CONSTRAINT METHODS === #

    @api.constrains("date")
    def _check_date(self):
        latest = fields.Datetime.now() + timedelta(minutes=15)
        if any(visit.date > latest for visit in self):
            raise ValidationError(
                self.env._("Log a visit when it has happened: this is in the future.")
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._make_promises_actions()
        visits._make_evidence()
        return visits

    def write(self, vals):
        if "promise" in vals and self.action_id:
            raise UserError(
                self.env._("The promise has become an action: change it there.")
            )
        self.check_access("write")
        is_evidence_changed = bool(vals.keys() & EVIDENCE_FIELDS)
        if is_evidence_changed:
            self._withdraw_proposed_evidence()
        result = super().write(vals)
        self._make_promises_actions()
        if is_evidence_changed:
            self._make_evidence()
        return result

    # === ACTIONS === #

    def action_log(self):
        """The quick form was saved: show the visitor's own visits."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_visit_action_mine"
        )

    def action_open_promise(self):
        """Open the action that came of the promise."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dupq.action",
            "res_id": self.action_id.id,
            "view_mode": "form",
        }

    # === BUSINESS METHODS === #

    def _make_promises_actions(self):
        """Each promise made on a visit is an action that its maker answers for."""
        promising = self.filtered(
            lambda visit: (visit.promise or "").strip() and not visit.action_id
        )
        if not promising:
            return
        actions = self.env["dupq.action"].create(
            [visit._prepare_action_values() for visit in promising]
        )
        for visit, action in zip(promising, actions, strict=True):
            visit.action_id = action

    def _prepare_action_values(self):
        """Extend to fill more of the action that a promise becomes."""
        self.ensure_one()
        return {
            "name": self.promise.strip(),
            "finding": self.heard,
            "service_id": self.service_id.id,
            "owner_id": self.visitor_id.id,
            "date_due": self.promise_date or self._default_promise_date(),
        }

    # === EVIDENCE === #

    def _make_evidence(self):
        """Someone senior who met people or families shows that they do (A4.G6)."""
        visits = self.filtered(
            lambda visit: (
                visit.role != "other" and visit.people_count + visit.family_count > 0
            )
        )
        # Visitors may not write into the ledger; what a visit says there is
        # nothing but its own counts, and a manager or quality lead accepts it.
        model_sudo = self.env["dupq.evidence"].sudo()
        model_sudo.create([visit._prepare_evidence_values() for visit in visits])

    def _withdraw_proposed_evidence(self):
        """What was proposed from these visits is proposed anew; the rest stands."""
        # Visitors may not see or delete in the ledger what came of their visits.
        evidence_sudo = (
            self.env["dupq.evidence"].sudo().search(self._get_dupq_evidence_domain())
        )
        if any(item.state != "proposed" for item in evidence_sudo):
            raise UserError(
                self.env._(
                    "This visit is evidence that somebody has accepted. Ask a quality "
                    "lead to withdraw it before you change the visit."
                )
            )
        evidence_sudo.unlink()

    def _prepare_evidence_values(self):
        """Extend to say more in the ledger about a visit."""
        self.ensure_one()
        suffix = "board" if self.role == "board" else "senior_managers"
        group = self.env.ref(f"dupq_code.dupq_stakeholder_group_{suffix}")
        how = dict(self._fields["announced"]._description_selection(self.env))
        return {
            "title": self.env._(
                "Senior visit (%(how)s)", how=how[self.announced].lower()
            ),
            "note": self.env._(
                "Met: people supported %(people)s, family members %(families)s, "
                "staff %(staff)s.",
                people=self.people_count,
                families=self.family_count,
                staff=self.staff_count,
            ),
            "service_id": self.service_id.id,
            "date_seen": self.day,
            "polarity": "good",
            "perspective_id": group.id,
            "statement_ids": self._get_dupq_suggested_statements().ids,
            "source_type": self._dupq_source_type,
            "res_model": self._name,
            "res_id": self.id,
        }

    def _get_dupq_evidence_date(self):
        return self.day

    def _get_dupq_person_names(self):
        return {visit.id: [visit.visitor_id.name] for visit in self}
