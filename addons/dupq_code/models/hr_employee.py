from odoo import api, fields, models


class HrEmployee(models.Model):
    """What people supported say of an employee, asked for before each review."""

    _inherit = "hr.employee"

    dupq_appraisal_date = fields.Date(
        string="Next appraisal",
        copy=False,
        groups="hr.group_hr_user",
        help="People whom the employee supports are asked four weeks before. The end "
        "of a trial period is known from the contract.",
    )
    dupq_worker_reference = fields.Char(
        string="Worker reference",
        copy=False,
        groups="hr.group_hr_user",
        help="As in the Adult Social Care Workforce Data Set (UNIQUEWORKERID). By it a "
        "file of training records finds the employee.",
    )
    dupq_feedback_ids = fields.One2many(
        "dupq.staff.feedback",
        "employee_id",
        string="What people say",
        groups="hr.group_hr_user",
    )
    dupq_feedback_count = fields.Integer(
        string="Said by people",
        compute="_compute_dupq_feedback_count",
        groups="hr.group_hr_user",
    )

    dupq_photo_agreed = fields.Boolean(
        string="Photograph may be shown",
        copy=False,
        groups="hr.group_hr_user",
        help="The employee agreed that the people they support, and those whom these "
        "want beside them, see the photograph when asked about them.",
    )

    _dupq_worker_reference_uniq = models.UniqueIndex(
        "(company_id, lower(trim(dupq_worker_reference))) "
        "WHERE dupq_worker_reference IS NOT NULL",
        "Another employee has this worker reference.",
    )

    @api.depends_context("uid")
    @api.depends("dupq_feedback_ids")
    def _compute_dupq_feedback_count(self):
        counts = dict(
            self.env["dupq.staff.feedback"]._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
            )
        )
        for employee in self:
            employee.dupq_feedback_count = counts.get(employee._origin, 0)

    def unlink(self):
        """Override so that the shifts of who is deleted stay those of one worker."""
        self.check_access("unlink")
        self.env["dupq.shift"]._keep_faces(self)
        return super().unlink()

    def action_dupq_feedback_open(self):
        """Show what people said of this employee, and whom we still wait for."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_staff_feedback_action"
        )
        return action | {
            "domain": [("employee_id", "=", self.id)],
            "context": {"default_employee_id": self.id},
        }

    def _get_dupq_own_partners(self):
        """The employee themselves, in whatever way Odoo knows them."""
        return self.user_id.partner_id | self.work_contact_id
