from odoo import api, fields, models
from odoo.tools import SQL

from .dupq_service_member import MANAGING_ROLES


class DupqTrainingChase(models.Model):
    """That a manager was told, once for each renewal, that a training is due.

    The to-do stands on the employee; it goes when the training is there again.
    """

    _name = "dupq.training.chase"
    _description = "Reminder of a training"
    _order = "id desc"
    _rec_name = "kind_id"

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True)
    kind_id = fields.Many2one(
        "dupq.training.kind", required=True, ondelete="cascade", index=True
    )
    valid_until = fields.Date(help="Empty: it was never done.")
    user_id = fields.Many2one("res.users", string="Told", ondelete="set null")
    activity_id = fields.Many2one(
        "mail.activity", ondelete="set null", index="btree_not_null"
    )

    _once = models.UniqueIndex(
        "(employee_id, kind_id, (COALESCE(valid_until, '-infinity'::date)))",
        "They were told of this one.",
    )

    @api.model
    def _cron_chase(self):
        """Tell managers what is due, and take back what is done."""
        self._take_back()
        self._tell()

    @api.model
    def _take_back(self):
        """Remove the to-dos of what is there again, or is nobody's need any more."""
        self.env.flush_all()
        waiting = self.search([("activity_id", "!=", False)])
        due = {
            (row.employee_id, row.kind_id, row.valid_until) for row in self._get_due()
        }
        done = waiting.filtered(
            lambda c: (c.employee_id, c.kind_id, c.valid_until) not in due
        )
        done.activity_id.unlink()

    @api.model
    def _tell(self):
        """A to-do for the manager of each employee for whom something is due."""
        told = {
            (chase.employee_id, chase.kind_id, chase.valid_until)
            for chase in self.search([("kind_id.is_chased", "=", True)])
        }
        rows = [
            row
            for row in self._get_due()
            if (row.employee_id, row.kind_id, row.valid_until) not in told
        ]
        employees = self.env["hr.employee"].union(*(row.employee_id for row in rows))
        # Each to-do asks for the name of its employee: fetched for all at once.
        employees.mapped("display_name")
        managers = self._get_managers(employees)
        rows = [row for row in rows if managers.get(row.employee_id)]
        # In their list of things to do is enough: no mail for each one.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        todo = self.env.ref("mail.mail_activity_data_todo")
        today = fields.Date.context_today(self)
        activities = activities.create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id("hr.employee"),
                    "res_id": row.employee_id.id,
                    "activity_type_id": todo.id,
                    "summary": self.env._(
                        "Training to renew: %(kind)s", kind=row.kind_id.name
                    ),
                    "date_deadline": max(row.valid_until or today, today),
                    "user_id": managers[row.employee_id].id,
                }
                for row in rows
            ]
        )
        self.create(
            [
                {
                    "employee_id": row.employee_id.id,
                    "kind_id": row.kind_id.id,
                    "valid_until": row.valid_until,
                    "user_id": activity.user_id.id,
                    "activity_id": activity.id,
                }
                for row, activity in zip(rows, activities, strict=True)
            ]
        )

    @api.model
    def _get_due(self):
        """What is missing, ran out or soon will, of the kinds that are chased."""
        coverage = self.env["dupq.training.coverage"]
        coverage.invalidate_model()
        return coverage.search(
            [
                ("kind_id.is_chased", "=", True),
                ("state", "in", ("never", "expired", "expiring")),
            ]
        )

    @api.model
    def _get_managers(self, employees):
        """Who is told of each: their manager, else the nearest of their service.

        Never the employee. ``{employee: user}``; in SQL, because the way goes through
        the tree of services for all employees at once.
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT p.employee_id, COALESCE(own.id, near.user_id)
                  FROM (%(people)s) p
                  JOIN hr_employee e ON e.id = p.employee_id
             LEFT JOIN hr_employee boss ON boss.id = e.parent_id AND boss.active
             LEFT JOIN res_users own ON own.id = boss.user_id AND own.active
             LEFT JOIN LATERAL (
                        SELECT m.user_id
                          FROM dupq_service s
                          JOIN dupq_service up
                            ON s.parent_path LIKE up.parent_path || '%%'
                          JOIN dupq_service_member m ON m.service_id = up.id
                           AND m.role = ANY(%(roles)s)
                           AND m.date_from <= %(today)s
                           AND COALESCE(m.date_to, 'infinity') >= %(today)s
                          JOIN res_users u ON u.id = m.user_id AND u.active
                         WHERE s.id = p.service_id
                           AND m.user_id IS DISTINCT FROM e.user_id
                         ORDER BY length(up.parent_path) DESC, m.role = 'deputy', m.id
                         LIMIT 1) near ON own.id IS NULL
                 WHERE p.employee_id = ANY(%(ids)s)
                """,
                people=self.env["dupq.training.staff"]._get_people_sql(),
                roles=list(MANAGING_ROLES),
                today=fields.Date.context_today(self),
                ids=employees.ids,
            )
        )
        employees, users = self.env["hr.employee"], self.env["res.users"]
        return {
            employees.browse(employee_id): users.browse(user_id)
            for employee_id, user_id in self.env.cr.fetchall()
            if user_id
        }
