from odoo import fields, models
from odoo.tools import SQL

from .dupq_training_staff import OF_DAY

# Nothing for longer than this is a gap.
WEEKS = 6


class DupqPracticeCoverage(models.Model):
    """Each service of a day: has it a practice leader, and when was practice last seen?

    The day is today, or `dupq_training_date` in the context; the weeks without which
    it is a gap are those of the company.
    """

    _name = "dupq.practice.coverage"
    _description = "Practice leadership by service"
    _auto = False
    _order = "last_date, id"
    _rec_name = "service_id"
    _depends = {
        "dupq.practice.observation": ["date", "service_id"],
        "dupq.service": ["active", "company_id", "kind", "parent_path"],
        "dupq.service.member": ["date_from", "date_to", "role", "service_id"],
        "res.company": ["dupq_practice_weeks"],
    }

    service_id = fields.Many2one("dupq.service", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    leader_count = fields.Integer(string="Practice leaders", **OF_DAY)
    last_date = fields.Date(string="Last seen on", **OF_DAY)
    number = fields.Integer(string="In twelve months", **OF_DAY)
    gap = fields.Selection(
        [
            ("no_leader", "No practice leader"),
            ("nothing", "Nothing for too long"),
            ("none", "Seen lately"),
        ],
        string="Is practice led?",
        **OF_DAY,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id, s.id AS service_id, s.company_id,
                   COALESCE(l.leader_count, 0) AS leader_count, o.last_date,
                   COALESCE(o.number, 0) AS number,
                   CASE WHEN l.leader_count IS NULL THEN 'no_leader'
                        WHEN o.last_date >= %(day)s - 7 * COALESCE(
                            c.dupq_practice_weeks, %(weeks)s) THEN 'none'
                        ELSE 'nothing' END AS gap
              FROM dupq_service s
              JOIN res_company c ON c.id = s.company_id
         LEFT JOIN (SELECT low.id, count(*) AS leader_count
                      FROM dupq_service low
                      JOIN dupq_service up
                        ON low.parent_path LIKE up.parent_path || '%%'
                      JOIN dupq_service_member m ON m.service_id = up.id
                       AND m.role = 'practice_leader' AND m.date_from <= %(day)s
                       AND COALESCE(m.date_to, 'infinity') >= %(day)s
                     GROUP BY low.id) l ON l.id = s.id
         LEFT JOIN (SELECT service_id, max(date) AS last_date,
                           count(*) FILTER (
                               WHERE date > %(day)s - interval '12 months') AS number
                      FROM dupq_practice_observation
                     WHERE date <= %(day)s
                     GROUP BY service_id) o ON o.service_id = s.id
             WHERE s.active AND s.kind <> 'region'
            """,
            day=self.env["dupq.training.staff"]._get_day_sql(),
            weeks=WEEKS,
        )

    def action_open_observations(self):
        """Show what was seen there."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_practice_observation_action"
        )
        return action | {
            "domain": [("service_id", "=", self.service_id.id)],
            "context": {"default_service_id": self.service_id.id},
        }
