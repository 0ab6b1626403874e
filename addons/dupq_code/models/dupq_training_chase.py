import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .dupq_service_member import MANAGING_ROLES

_logger = logging.getLogger(__name__)

# So many to-dos are one transaction.
BATCH = 100


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
    def _cron_chase(self, batch=BATCH):
        """Tell managers what is due, and take back what is done, some at a time.

        One that cannot be written holds up no other. When time is up, Odoo calls
        again, and what is told by then is not told twice.
        """
        self.env.flush_all()
        # Kept aside: the rows are worked out anew each time they are read.
        due = {
            (row.employee_id, row.kind_id, row.valid_until): row.is_unchecked
            for row in self._get_due()
        }
        done = self._get_done(due)
        new = self._get_new(due)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(done) + len(new))
        work = [(self._take_back, done), (self._tell, new)]
        for do, todo in work:
            for some in split_every(batch, todo, list):
                self._try(do, some)
                if not cron._commit_progress(len(some)):
                    return

    @api.model
    def _try(self, do, some):
        """Do it for all of these or, where that fails, for each that it can be."""
        try:
            with self.env.cr.savepoint():
                do(some)
        except OperationalError:
            raise
        except Exception:
            if len(some) > 1:
                for one in some:
                    self._try(do, [one])
            else:
                _logger.exception("%s: not chased", some)

    @api.model
    def _get_done(self, due):
        """To-dos of what is there again, or is nobody's need any more."""
        waiting = self.search([("activity_id", "!=", False)])
        return [
            chase
            for chase in waiting
            if (chase.employee_id, chase.kind_id, chase.valid_until) not in due
        ]

    @api.model
    def _take_back(self, chases):
        """Remove the to-dos of these."""
        self.union(*chases).activity_id.unlink()

    @api.model
    def _get_new(self, due):
        """What is due and was not told yet: (employee, kind, day, said, who is told).

        :param due: by employee, kind and day, whether the employee says it is done
        """
        told = {
            (chase.employee_id, chase.kind_id, chase.valid_until)
            for chase in self.search([("kind_id.is_chased", "=", True)])
        }
        new = {key: is_said for key, is_said in due.items() if key not in told}
        employees = self.env["hr.employee"].union(*(employee for employee, *_ in new))
        managers = self._get_managers(employees)
        return [
            (employee, kind, day, is_said, managers[employee])
            for (employee, kind, day), is_said in new.items()
            if managers.get(employee)
        ]

    @api.model
    def _tell(self, new):
        """A to-do for the manager of each employee for whom something is due."""
        # Each to-do asks for the name of its employee: fetched for all at once.
        employees = self.env["hr.employee"].union(*(employee for employee, *_ in new))
        employees.mapped("display_name")
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
                    "res_id": employee.id,
                    "activity_type_id": todo.id,
                    "summary": self._say_what(kind, is_said),
                    "date_deadline": max(day or today, today),
                    "user_id": user.id,
                }
                for employee, kind, day, is_said, user in new
            ]
        )
        self.create(
            [
                {
                    "employee_id": employee.id,
                    "kind_id": kind.id,
                    "valid_until": day,
                    "user_id": user.id,
                    "activity_id": activity.id,
                }
                for (employee, kind, day, _is_said, user), activity in zip(
                    new, activities, strict=True
                )
            ]
        )

    @api.model
    def _say_what(self, kind, is_said):
        """What the manager is to do about it, in one line.

        :param is_said: whether the employee says that it is done
        """
        if is_said:
            return self.env._(
                "Training to check: %(kind)s, the employee says it is done",
                kind=kind.name,
            )
        return self.env._("Training to renew: %(kind)s", kind=kind.name)

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
