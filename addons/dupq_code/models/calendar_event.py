from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CalendarEvent(models.Model):
    """A meeting can be evidence: who was met, and who was there.

    Nothing is stored: both fields say in one word what Odoo keeps in several.
    """

    _inherit = "calendar.event"

    dupq_is_interview = fields.Boolean(
        string="Interview with named people",
        compute="_compute_dupq_is_interview",
        search="_search_dupq_is_interview",
        # Only whether: the applicant and who was there are not the reader's to know.
        compute_sudo=True,
        help="It is with an applicant, and somebody said yes to it who is not the "
        "applicant: an interviewer, or anybody that the organiser asked to come.",
    )
    dupq_employee_id = fields.Many2one(
        "hr.employee",
        string="About the employee",
        compute="_compute_dupq_employee_id",
        search="_search_dupq_employee_id",
        groups="hr.group_hr_user",
        help="The employee from whose page the meeting was planned.",
    )

    @api.depends(
        "applicant_id.interviewer_ids.partner_id",
        "applicant_id.partner_id",
        "attendee_ids.partner_id",
        "attendee_ids.state",
        "user_id.partner_id",
    )
    def _compute_dupq_is_interview(self):
        for event in self:
            # Also those who have left since.
            applicant = event.with_context(active_test=False).applicant_id
            came = event.attendee_ids.filtered(lambda one: one.state == "accepted")
            organiser = event.user_id.partner_id - applicant.interviewer_ids.partner_id
            named = came.partner_id - applicant.partner_id - organiser
            event.dupq_is_interview = bool(applicant and named)

    @api.model
    def _search_dupq_is_interview(self, operator, value):
        if operator != "in":
            return NotImplemented
        interview = Domain.custom(to_sql=self._get_interview_sql)
        found = [interview] if True in value else []
        return Domain.OR([*found, *([~interview] if False in value else ())])

    def _get_interview_sql(self, _model, alias, _query):
        """In SQL because it compares attendees with other columns of their meeting."""
        self.env["calendar.attendee"].flush_model(["event_id", "partner_id", "state"])
        self.env["hr.applicant"].flush_model(["interviewer_ids", "partner_id"])
        self.env["res.users"].flush_model(["partner_id"])
        return SQL(
            """(%(alias)s.applicant_id IS NOT NULL AND EXISTS (
                SELECT 1
                  FROM calendar_attendee came
                  JOIN hr_applicant applicant ON applicant.id = %(alias)s.applicant_id
             LEFT JOIN res_users organiser ON organiser.id = %(alias)s.user_id
                 WHERE came.event_id = %(alias)s.id
                   AND came.state = 'accepted'
                   AND came.partner_id IS DISTINCT FROM applicant.partner_id
                   AND (came.partner_id IS DISTINCT FROM organiser.partner_id
                        OR EXISTS (SELECT 1
                                     FROM hr_applicant_res_users_interviewers_rel named
                                    WHERE named.hr_applicant_id = applicant.id
                                      AND named.res_users_id = organiser.id))))""",
            alias=SQL.identifier(alias),
        )

    @api.depends("res_model", "res_id")
    def _compute_dupq_employee_id(self):
        about = self.filtered(lambda event: event.res_model == "hr.employee")
        employees = self.env["hr.employee"].browse(about.mapped("res_id")).exists()
        for event in self:
            here = event in about and event.res_id in employees._ids
            event.dupq_employee_id = event.res_id if here else False

    @api.model
    def _search_dupq_employee_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo does not ask this of a field that is only searched.
        self._check_field_access(self._fields["dupq_employee_id"], "read")
        here = Domain.custom(to_sql=self._get_employee_sql)
        about = Domain("res_model", "=", "hr.employee") & here
        found = about & Domain("res_id", "in", [one for one in value if one])
        return found | ~about if False in value else found

    def _get_employee_sql(self, _model, alias, _query):
        """In SQL because the number in a meeting is no link that Odoo could follow."""
        return SQL(
            "EXISTS (SELECT 1 FROM hr_employee WHERE id = %s)",
            SQL.identifier(alias, "res_id"),
        )
