from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# People are asked this long before a review, and managers reminded this long.
ASK_DAYS = 28
REMIND_DAYS = 7


class DupqStaffFeedbackClock(models.Model):
    """Adds that people are asked in time, and that managers are reminded."""

    _inherit = "dupq.staff.feedback"

    @api.model
    def _cron_keep_time(self):
        """Ask people before each review that is near; remind where nobody said a word.

        Run again, on the same day or a later one, it asks and reminds nobody twice.
        """
        self._ask_for_reviews()
        self._invite_to_speak()
        self._remind()

    # === ASKING === #

    @api.model
    def _ask_for_reviews(self):
        """Ask the people whom an employee supports, once for each review."""
        reviews = self._get_reviews()
        people = self._get_people({employee_id for employee_id, _kind in reviews})
        feedbacks = self.search([("employee_id", "in", list(people))])
        known = feedbacks.grouped(lambda f: (f.employee_id.id, f.kind, f.person_id.id))
        values = []
        for (employee_id, kind), due in reviews.items():
            for person_id in people.get(employee_id, ()):
                before = known.get((employee_id, kind, person_id), self.browse())
                waiting = before.filtered(lambda f: f.state == "asked")
                # A probation that is made longer is still one question.
                waiting.filtered(lambda f, due=due: f.date_due < due).date_due = due
                if waiting or due in before.mapped("date_due"):
                    continue
                values.append(
                    {
                        "employee_id": employee_id,
                        "person_id": person_id,
                        "kind": kind,
                        "date_due": due,
                    }
                )
        return self.with_context(mail_create_nolog=True).create(values)

    @api.model
    def _get_reviews(self):
        """The reviews that are near: ``{(employee id, kind): day}``.

        Odoo knows when a trial period ends; an appraisal has the day that HR gave.
        """
        today = fields.Date.context_today(self)
        until = today + timedelta(days=ASK_DAYS)
        days = {
            "probation": lambda e: e.current_version_id.trial_date_end,
            "appraisal": lambda e: e.dupq_appraisal_date,
        }
        near = Domain.OR(
            Domain(path, ">=", today) & Domain(path, "<=", until)
            for path in ("current_version_id.trial_date_end", "dupq_appraisal_date")
        )
        return {
            (employee.id, kind): day
            for employee in self.env["hr.employee"].search(near)
            for kind, get_day in days.items()
            if (day := get_day(employee)) and today <= day <= until
        }

    @api.model
    def _get_people(self, employee_ids):
        """Whom each employee supports today: ``{employee id: ids of people}``.

        The people they were hired for, if there are any; else everybody in the
        services they belong to. In SQL, because both go through several tables for
        all employees at once.
        """
        self.env.flush_all()
        today = fields.Date.context_today(self)
        self.env.cr.execute(
            SQL(
                """
                WITH stays AS (
                    SELECT st.person_id, s.parent_path
                      FROM dupq_person_stay st
                      JOIN dupq_service s ON s.id = st.service_id
                      JOIN dupq_person p ON p.id = st.person_id AND p.active
                     WHERE st.date_from <= %(today)s
                       AND COALESCE(st.date_to, 'infinity') >= %(today)s
                ), supported AS (
                    SELECT a.employee_id, j.person_id, TRUE AS is_hired_for
                      FROM hr_applicant a
                      JOIN dupq_job_person j ON j.job_id = a.job_id
                      JOIN stays ON stays.person_id = j.person_id
                     WHERE a.employee_id = ANY(%(ids)s)
                     UNION
                    SELECT m.employee_id, stays.person_id, FALSE
                      FROM dupq_service_member m
                      JOIN dupq_service s ON s.id = m.service_id
                       AND s.kind <> 'region'
                      JOIN stays ON stays.parent_path LIKE s.parent_path || '%%'
                     WHERE m.employee_id = ANY(%(ids)s)
                       AND m.date_from <= %(today)s
                       AND COALESCE(m.date_to, 'infinity') >= %(today)s
                ), ranked AS (
                    SELECT *, bool_or(is_hired_for) OVER (PARTITION BY employee_id)
                           AS has_job
                      FROM supported
                )
                SELECT r.employee_id, array_agg(DISTINCT r.person_id)
                  FROM ranked r
                  JOIN hr_employee e ON e.id = r.employee_id
                  JOIN dupq_person p ON p.id = r.person_id
                   AND p.company_id = e.company_id
                 WHERE r.is_hired_for = r.has_job
                 GROUP BY r.employee_id
                """,
                today=today,
                ids=list(employee_ids),
            )
        )
        return dict(self.env.cr.fetchall())

    # === REMINDING === #

    @api.model
    def _remind(self):
        """Give the service's managers a to-do: a week before, and once it is late.

        Those who may speak themselves get a new link then.
        """
        today = fields.Date.context_today(self)
        near = Domain("date_due", "<=", today + timedelta(days=REMIND_DAYS))
        here = Domain("person_id.active", "=", True)
        missing = self.search(Domain("state", "=", "asked") & near & here)
        todo = missing.filtered(
            lambda f: not f.date_reminded or f.date_reminded <= f.date_due < today
        )
        sent = todo.filtered(lambda f: f.date_invited != today)._send_links()
        told = {f: users for f, users in todo._get_managers().items() if users}
        todo = self.browse().concat(*told)
        # A second reminder takes the place of the first.
        todo.activity_ids.unlink()
        # In their list of things to do is enough: no mail for each one.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": feedback.id,
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "summary": self.env._("What does the person say of this employee?"),
                    "date_deadline": feedback.date_due,
                    "user_id": user.id,
                }
                for feedback, users in told.items()
                for user in users
            ]
        )
        (todo | sent).date_reminded = today
