from datetime import datetime

import pytz

from odoo.tests import new_test_user

from .common_person import JobCommon

LONDON = pytz.timezone("Europe/London")


class RotaCommon(JobCommon):
    """Two workers, and shifts by the clock on a wall in London."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Europe/London"
        cls.person.stay_ids.date_from = "2024-01-01"
        cls.user_planner = cls._create_user("planner", "rota_planner")
        cls._create_member(cls.service, cls.user_planner, date_from="2024-01-01")
        cls.user_finance = cls._create_user("finance", "finance")
        cls.ada = cls._create_employee("Ada Example", user=cls.user_worker)
        cls.bo = cls._create_employee("Bo Example")

    @classmethod
    def _create_employee(cls, name, user=None, **values):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user and user.id,
                "date_version": "2024-01-01",
                **values,
            }
        )

    @classmethod
    def _utc(cls, words):
        """The moment at which the clock on the wall showed that, in UTC."""
        local = datetime.strptime(words, "%Y-%m-%d %H:%M")
        return LONDON.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    @classmethod
    def _shift(cls, worker, start, stop, person=None, **values):
        """A shift of an employee, or of an agency worker by their code."""
        who = {"agency_ref": worker} if isinstance(worker, str) else None
        if isinstance(worker, str):
            values.setdefault("kind", "agency")
        return cls.env["dupq.shift"].create(
            {
                **(who or {"employee_id": worker.id}),
                "person_id": person and person.id,
                "start": cls._utc(start),
                "stop": cls._utc(stop),
                **({} if person else {"service_id": cls.service.id}),
                **values,
            }
        )

    @classmethod
    def _hire(cls, applicant, employee, day):
        applicant.write({"stage_id": cls.hired.id, "date_closed": day})
        applicant.employee_id = employee

    def _count(self, first, last=None):
        date = self.env["dupq.rota.month"]._fields["month"].to_date
        self.env["dupq.rota.month"]._count(date(first), date(last or first))

    def _line(self, month, person=None, service=None):
        return self.env["dupq.rota.month"].search(
            [
                ("month", "=", month),
                ("person_id", "=", (person or self.person).id),
                ("service_id", "=", (service or self.service).id),
            ]
        )

    def _new_user(self, login, groups, **values):
        return new_test_user(self.env, login, groups, **values)
