from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .dupq_service_member import MANAGING_ROLES

DELIVERED = ("dupq_delivered_by_people", "dupq_delivered_by_families")
# Who had a hand in it; each is a column of its own.
HANDS = ("dupq_designed_by_people", "dupq_designed_by_families", *DELIVERED)
LOOKS_AFTER_STAFF = "hr.group_hr_user"


class DupqTrainingCheck(models.AbstractModel):
    """Who says that a training was had, and so whether it counts.

    Odoo lets employees keep their own CVs, and so do we. What they typed themselves is
    kept and seen, but counts as said by themselves until somebody checked it; and what
    we ask about a training is not theirs to say. What HR, a file, eLearning, an event
    or a survey wrote counts at once.
    """

    _name = "dupq.training.check"
    _description = "Whether a training record was checked"

    dupq_is_unchecked = fields.Boolean(
        string="Said by themselves, not checked",
        readonly=True,
        copy=False,
        help="The employee typed it. It counts once HR or a manager has checked it.",
    )
    dupq_may_say = fields.Boolean(
        string="I look after staff", compute="_compute_dupq_may_say"
    )
    dupq_is_managed = fields.Boolean(
        string="Of a service I manage",
        compute="_compute_dupq_is_managed",
        search="_search_dupq_is_managed",
    )
    dupq_may_check = fields.Boolean(
        string="I may check it", compute="_compute_dupq_may_check"
    )

    # === COMPUTE METHODS === #

    @api.depends_context("uid")
    def _compute_dupq_may_say(self):
        self.dupq_may_say = self.env.user.has_group(LOOKS_AFTER_STAFF)

    @api.depends_context("uid")
    @api.depends("employee_id", "dupq_service_id")
    def _compute_dupq_is_managed(self):
        saved = self._origin
        managed = saved.search(
            [("id", "in", saved.ids), ("dupq_is_managed", "=", True)]
        )
        for record in self:
            record.dupq_is_managed = record._origin in managed

    @api.depends_context("uid")
    @api.depends("dupq_is_managed", "employee_id")
    def _compute_dupq_may_check(self):
        for record in self:
            # Only whose it is: no manager checks what they typed themselves.
            is_own = record.sudo().employee_id.user_id == self.env.user
            record.dupq_may_check = record.dupq_may_say or (
                record.dupq_is_managed and not is_own
            )

    # === SEARCH METHODS === #

    @api.model
    def _search_dupq_is_managed(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        self.env.flush_all()
        return fields.Domain.custom(to_sql=self._get_managed_sql)

    def _get_managed_sql(self, _model, alias, _query):
        """It was for a service that the user manages, or of somebody who works there.

        In SQL, because it goes through the tree of services and the staff of today.
        """
        staff = self.env["dupq.training.staff"].with_context(dupq_training_date=False)
        return SQL(
            """(%(alias)s.dupq_service_id IN %(managed)s OR %(alias)s.employee_id IN (
                SELECT p.employee_id FROM (%(people)s) p
                 WHERE p.service_id IN %(managed)s))""",
            alias=SQL.identifier(alias),
            managed=self.env["dupq.service"]._get_membership_query(MANAGING_ROLES),
            people=staff._get_people_sql(),
        )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to keep in mind what employees say of themselves."""
        if self._may_say_dupq_facts():
            return super().create(vals_list)
        records = super().create(
            [{**vals, "dupq_is_unchecked": True} for vals in vals_list]
        )
        # Also what came as a default, and what the employee cannot read.
        facts = self._get_dupq_facts()
        if any(record[name] for record in records.sudo() for name in facts):
            records._refuse_dupq_facts()
        return records

    def write(self, vals):
        """Override to have changes by employees checked, and keep our facts."""
        if self._may_say_dupq_facts():
            return super().write(vals)
        before = self._get_dupq_said(vals)
        said_anew = self._changes_what_is_said(vals)
        result = super().write(vals)
        if before != self._get_dupq_said(vals):
            self._refuse_dupq_facts()
        if said_anew:
            # Written by whoever has just written the record.
            self.sudo().dupq_is_unchecked = True
        return result

    def _get_dupq_said(self, names):
        """What these records say of what is not the employee's to say."""
        facts = {*self._get_dupq_facts(), "dupq_is_unchecked"}.intersection(names)
        # Compared only, and also what the employee cannot read.
        return [record[name] for record in self.sudo() for name in facts]

    def _refuse_dupq_facts(self):
        raise AccessError(
            self.env._(
                "For whom a training was, who made it and how long it holds is said by "
                "those who look after staff. Ask them to add it."
            )
        )

    # === ACTIONS === #

    def action_dupq_check(self):
        """It was looked at, and it was so: from now on it counts."""
        self.check_access("read")
        if not (self.env.su or all(record.dupq_may_check for record in self)):
            raise AccessError(
                self.env._(
                    "HR, or a manager of the service in which the employee works, "
                    "checks this."
                )
            )
        # Who may was asked above; nothing but this mark is written.
        self.sudo().dupq_is_unchecked = False

    # === BUSINESS METHODS === #

    @api.model
    def _may_say_dupq_facts(self):
        """Whether what is written counts: HR writes it, or Odoo's own code."""
        return self.env.su or self.env.user.has_group(LOOKS_AFTER_STAFF)

    @api.model
    def _get_dupq_facts(self):
        """Extend to name what employees do not say of their own training."""
        return ["dupq_kind_id", "dupq_service_id", *HANDS, "dupq_is_paid"]

    def _changes_what_is_said(self, vals):
        """Override to say whether the training would be another one."""
        return True
