from odoo import api, fields, models
from odoo.tools import SQL

from ..models.dupq_training_kind import HOSTS
from ..models.dupq_training_mixin import DELIVERED, HANDS
from .dupq_training_staff import RECORD_DEPENDS, STAFF_DEPENDS, WHO_KNOWS_NAMES


class DupqTrainingFact(models.Model):
    """One training record, with what it was about and who made it (C38, C39).

    A course of a CV, or a skill of a kind of training; in the service and team in
    which the employee was on the day it was done.
    """

    _name = "dupq.training.fact"
    _description = "Training, counted"
    _auto = False
    _order = "done_on desc, id desc"
    _rec_name = "kind_id"
    _depends = {
        **STAFF_DEPENDS,
        "dupq.training.about": ["employee_skill_id", "resume_line_id"],
        "dupq.training.kind": [
            *RECORD_DEPENDS["dupq.training.kind"],
            "category",
            "needs_codelivery",
        ],
        **{
            model: [*RECORD_DEPENDS[model], *HANDS, "dupq_is_paid", "dupq_service_id"]
            for model in HOSTS
        },
        "hr.resume.line.type": ["is_course"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    service_id = fields.Many2one("dupq.service", readonly=True)
    department_id = fields.Many2one("hr.department", string="Team", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, groups=WHO_KNOWS_NAMES)
    kind_id = fields.Many2one("dupq.training.kind", readonly=True)
    category = fields.Selection(related="kind_id.category")
    done_on = fields.Date(readonly=True)
    valid_until = fields.Date(readonly=True)
    focus = fields.Selection(
        [("centred", "Centred on the person"), ("generic", "Generic only")],
        readonly=True,
    )
    hands = fields.Selection(
        [("together", "Co-produced"), ("alone", "Without them")],
        string="People and families",
        readonly=True,
    )
    is_paid = fields.Boolean(string="They were paid", readonly=True)
    lacks_codelivery = fields.Boolean(string="Co-delivery missing", readonly=True)
    is_unchecked = fields.Boolean(
        string="Said by themselves, not checked", readonly=True
    )
    may_check = fields.Boolean(compute="_compute_may_check")
    centred_share = fields.Float(
        string="Centred on the person (share)", readonly=True, aggregator="avg"
    )
    coproduced_share = fields.Float(
        string="Co-produced (share)", readonly=True, aggregator="avg"
    )
    res_id = fields.Integer(string="Record number", readonly=True, aggregator=None)
    res_model = fields.Char(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT r.id, r.res_id, r.res_model, e.company_id, r.employee_id, r.kind_id,
                   r.done_on, r.valid_until, v.department_id,
                   COALESCE(d.service_id, m.service_id) AS service_id,
                   r.is_paid, r.is_unchecked,
                   CASE WHEN r.is_centred THEN 'centred' ELSE 'generic' END AS focus,
                   CASE WHEN r.is_coproduced THEN 'together' ELSE 'alone' END AS hands,
                   r.needs_codelivery AND NOT r.is_delivered AS lacks_codelivery,
                   r.is_centred::int::float AS centred_share,
                   r.is_coproduced::int::float AS coproduced_share
              FROM (%(rows)s) r
              JOIN hr_employee e ON e.id = r.employee_id
         LEFT JOIN LATERAL (
                    SELECT v.department_id FROM hr_version v
                     WHERE v.employee_id = r.employee_id AND v.active
                       AND v.date_version <= r.done_on
                     ORDER BY v.date_version DESC LIMIT 1) v ON TRUE
         LEFT JOIN (%(departments)s) d ON d.department_id = v.department_id
         LEFT JOIN LATERAL (
                    SELECT m.service_id FROM dupq_service_member m
                     WHERE m.employee_id = r.employee_id AND m.date_from <= r.done_on
                       AND COALESCE(m.date_to, 'infinity') >= r.done_on
                     ORDER BY m.date_from, m.id LIMIT 1) m ON d.service_id IS NULL
            """,
            rows=self._get_rows_sql(),
            departments=self.env["dupq.evidence.rule"]._get_departments_query(),
        )

    @api.model
    def _get_rows_sql(self):
        """SQL of the training records of all employees, whatever they are kept as."""
        return SQL(" UNION ALL ").join(
            self._get_host_sql(model, number) for number, model in enumerate(HOSTS)
        )

    @api.model
    def _get_host_sql(self, model, number):
        host = self.env[model]
        table = SQL.identifier(host._table)
        done, until = host._get_dupq_days_sql(host._table)
        is_course = SQL("FALSE")
        if model == "hr.resume.line":
            is_course = SQL(
                "EXISTS (SELECT 1 FROM hr_resume_line_type t "
                "WHERE t.id = hr_resume_line.line_type_id AND t.is_course)"
            )
        return SQL(
            """
            SELECT %(table)s.id * 2 + %(number)s AS id, %(table)s.id AS res_id,
                   %(model)s AS res_model, %(table)s.employee_id,
                   %(table)s.dupq_kind_id AS kind_id,
                   %(done)s AS done_on, %(until)s AS valid_until,
                   COALESCE(%(table)s.dupq_is_paid, FALSE) AS is_paid,
                   COALESCE(%(table)s.dupq_is_unchecked, FALSE) AS is_unchecked,
                   COALESCE(k.needs_codelivery, FALSE) AS needs_codelivery,
                   COALESCE(k.is_person_centred, FALSE) OR %(is_for_people)s
                       AS is_centred,
                   %(hands)s AS is_coproduced, %(delivered)s AS is_delivered
              FROM %(table)s
         LEFT JOIN dupq_training_kind k ON k.id = %(table)s.dupq_kind_id
             WHERE %(table)s.dupq_kind_id IS NOT NULL OR %(is_course)s
            """,
            table=table,
            number=number,
            model=model,
            done=done,
            until=until,
            is_for_people=host._get_for_people_sql(None, host._table, None),
            hands=_any_of(host, HANDS),
            delivered=_any_of(host, DELIVERED),
            is_course=is_course,
        )

    @api.depends_context("uid")
    @api.depends("is_unchecked", "res_model", "res_id")
    def _compute_may_check(self):
        """Whether it waits to be checked, by this user."""
        self.may_check = False
        for facts in self.filtered("is_unchecked").grouped("res_model").values():
            mine = facts._get_records().filtered("dupq_may_check")
            for fact in facts:
                fact.may_check = fact.res_id in mine.ids

    def action_open_source(self):
        """Open the record, for those who may read it."""
        self.ensure_one()
        self.check_access("read")
        record = self._get_records()
        record.check_access("read")
        return record._get_dupq_source_action()

    def action_check(self):
        """Say that these trainings were looked at, and were so."""
        self.check_access("read")
        for facts in self.grouped("res_model").values():
            facts._get_records().action_dupq_check()

    def _get_records(self):
        """The records behind rows of one host."""
        return self.env[self[:1].res_model].browse(self.mapped("res_id"))


def _any_of(host, names):
    """SQL: whether one of these ticks of a record is set."""
    table = SQL.identifier(host._table)
    ticks = (SQL("COALESCE(%s.%s, FALSE)", table, SQL.identifier(n)) for n in names)
    return SQL("(%s)", SQL(" OR ").join(ticks))
