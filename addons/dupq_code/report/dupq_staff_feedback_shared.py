from odoo import fields, models
from odoo.tools import SQL

from ..models.dupq_staff_feedback import GO_ON, KINDS


class DupqStaffFeedbackShared(models.Model):
    """What an employee and their manager read: words, service and day, and no name.

    A model of its own, because who said it stands beside the words in the other.
    Nothing is left here when the person takes their consent back.
    """

    _name = "dupq.staff.feedback.shared"
    _description = "What people say of my work"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "kind"
    _depends = {
        "dupq.person.consent": ["person_id", "purpose", "state"],
        "dupq.service": ["name"],
        "dupq.staff.feedback": [
            "company_id",
            "date",
            "employee_id",
            "go_on",
            "kind",
            "person_id",
            "service_id",
            "state",
            "works",
            "works_not",
        ],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, string="For the", readonly=True)
    date = fields.Date(string="Said on", readonly=True)
    service_name = fields.Char(string="Service", readonly=True)
    works = fields.Text(string="What works", readonly=True)
    works_not = fields.Text(string="What does not work", readonly=True)
    go_on = fields.Selection(GO_ON, string="Should go on", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT f.id, f.employee_id, f.company_id, f.kind, f.date,
                   s.name AS service_name, f.works, f.works_not, f.go_on
              FROM dupq_staff_feedback f
         LEFT JOIN dupq_service s ON s.id = f.service_id
             WHERE f.state = 'shared'
               AND f.employee_id IS NOT NULL
               AND EXISTS (SELECT 1 FROM dupq_person_consent c
                            WHERE c.person_id = f.person_id
                              AND c.purpose = 'feedback' AND c.state = 'given')
            """
        )
