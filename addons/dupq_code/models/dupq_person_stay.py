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

    def _is_on(self, day):
        self.ensure_one()
        return bool(
            self.date_from
            and self.date_from <= day
            and (not self.date_to or self.date_to >= day)
        )
