from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class DupqPersonStay(models.Model):
    """Which service supported a person, between which days.

    Kept apart from the person, because evidence belongs to the service of its day:
    somebody who moves in June does not move what was seen in May.
    """

    _name = "dupq.person.stay"
    _description = "Time in a service"
    _order = "person_id, date_from desc, id desc"
    _check_company_auto = True

    person_id = fields.Many2one(
        "dupq.person", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="person_id.company_id", store=True)
    service_id = fields.Many2one(
        "dupq.service",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        domain=[("kind", "!=", "region")],
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="The last day.")

    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A stay cannot end before it begins.",
    )

    @api.constrains("person_id", "date_from", "date_to")
    def _check_one_at_a_time(self):
        """A person is in one service on any day, so that evidence has one place."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT a.id FROM dupq_person_stay a
                  JOIN dupq_person_stay b
                    ON b.person_id = a.person_id AND b.id <> a.id
                   AND b.date_from <= COALESCE(a.date_to, 'infinity')
                   AND COALESCE(b.date_to, 'infinity') >= a.date_from
                 WHERE a.id = ANY(%s) LIMIT 1
                """,
                list(self._ids),
            )
        )
        if self.env.cr.fetchone():
            raise ValidationError(
                self.env._(
                    "Two of the stays overlap: end the one before the other begins."
                )
            )

    @api.model
    def _get_domain_on(self, day):
        """Domain of the stays that include the day."""
        ended = Domain("date_to", "!=", False) & Domain("date_to", "<", day)
        return Domain("date_from", "<=", day) & ~ended

    @api.model
    def _get_services_on(self, days):
        """Where people were supported, each on a day of their own.

        In SQL, so that one query answers for any number of people and days.

        :param days: pairs of a person's id and a day
        :return: ``{(person id, day): service id}``, for those who were somewhere
        """
        known = [(person_id, day) for person_id, day in set(days) if person_id and day]
        if not known:
            return {}
        self.flush_model(["person_id", "service_id", "date_from", "date_to"])
        people, dates = zip(*known, strict=True)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.person_id, asked.day, st.service_id
                  FROM UNNEST(%s::int[], %s::date[]) AS asked(person_id, day)
                  JOIN dupq_person_stay st ON st.person_id = asked.person_id
                   AND st.date_from <= asked.day
                   AND COALESCE(st.date_to, 'infinity') >= asked.day
                """,
                list(people),
                list(dates),
            )
        )
        return {(person_id, day): service_id for person_id, day, service_id in rows}

    def _is_on(self, day):
        self.ensure_one()
        return bool(
            self.date_from
            and self.date_from <= day
            and (not self.date_to or self.date_to >= day)
        )
