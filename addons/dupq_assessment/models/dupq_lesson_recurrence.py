from odoo import api, fields, models


class DupqLessonRecurrence(models.Model):
    """Somebody says that what a lesson tells of has happened in their service too."""

    _name = "dupq.lesson.recurrence"
    _description = "This Happened Here Too"
    _order = "date desc, id desc"

    lesson_id = fields.Many2one(
        "dupq.lesson", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="lesson_id.company_id", store=True, precompute=True, index=True
    )
    service_id = fields.Many2one(
        "dupq.service",
        required=True,
        index=True,
        default=lambda self: self._default_service_id(),
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Said by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date = fields.Date(
        string="When it happened",
        required=True,
        default=lambda self: self.env.company._get_today(),
    )
    note = fields.Text(string="What was the same")

    def _default_service_id(self):
        """The user's own service, if there is just one."""
        mine = self.env["dupq.service"].search(
            [("is_mine", "=", True), ("kind", "!=", "region")], limit=2
        )
        return mine if len(mine) == 1 else False

    @api.depends("lesson_id", "service_id")
    def _compute_display_name(self):
        for each in self:
            each.display_name = f"{each.lesson_id.name} ({each.service_id.name})"
