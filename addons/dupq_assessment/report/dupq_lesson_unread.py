from odoo import fields, models
from odoo.tools import SQL


class DupqLessonUnread(models.Model):
    """One row for each lesson that a member of a told service has still to read."""

    _name = "dupq.lesson.unread"
    _description = "Lesson Still to Read"
    _auto = False
    _order = "date_shared, lesson_id, id"
    _depends = {
        "dupq.lesson": ["state", "service_ids", "company_id", "date_shared"],
        "dupq.lesson.read": ["lesson_id", "user_id"],
        "dupq.service": ["parent_path", "active"],
        "dupq.service.member": ["service_id", "user_id", "date_from", "date_to"],
        "res.users": ["active"],
    }

    lesson_id = fields.Many2one("dupq.lesson", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    service_id = fields.Many2one("dupq.service", readonly=True)
    user_id = fields.Many2one("res.users", string="Who", readonly=True)
    date_shared = fields.Date(string="Shared on", readonly=True)

    @property
    def _table_query(self):
        """Members of a told service, of one below it or of one above it.

        In SQL because membership and telling both reach along the tree; the
        result is counted and grouped like any other model.
        """
        return SQL(
            """
            SELECT l.id::bigint * 10000000 + MIN(m.id) AS id,
                   l.id AS lesson_id,
                   l.company_id,
                   m.service_id,
                   m.user_id,
                   l.date_shared
              FROM dupq_lesson l
              JOIN dupq_lesson_dupq_service_rel r ON r.dupq_lesson_id = l.id
              JOIN dupq_service told ON told.id = r.dupq_service_id
              JOIN dupq_service s ON s.parent_path LIKE told.parent_path || '%%'
                                  OR told.parent_path LIKE s.parent_path || '%%'
              JOIN dupq_service_member m ON m.service_id = s.id
              JOIN res_users u ON u.id = m.user_id AND u.active
             WHERE l.state = 'shared'
               AND m.date_from <= %(today)s
               AND (m.date_to IS NULL OR m.date_to >= %(today)s)
               AND NOT EXISTS (
                    SELECT FROM dupq_lesson_read d
                     WHERE d.lesson_id = l.id AND d.user_id = m.user_id
               )
             GROUP BY l.id, m.service_id, m.user_id
            """,
            today=self.env.company._get_today(),
        )
