from odoo import api, fields, models
from odoo.exceptions import UserError


class DupqLessonRead(models.Model):
    """One person has read and understood one lesson. Nobody changes that later."""

    _name = "dupq.lesson.read"
    _description = "Read and Understood"
    _order = "id desc"

    lesson_id = fields.Many2one(
        "dupq.lesson", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="lesson_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now
    )

    _once = models.Constraint(
        "UNIQUE(lesson_id, user_id)", "This person has confirmed it already."
    )

    @api.depends("user_id", "lesson_id")
    def _compute_display_name(self):
        for read in self:
            read.display_name = f"{read.user_id.name}: {read.lesson_id.name}"

    # What was confirmed stays, so there is nothing to hand on.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        """Override to refuse everyone: a confirmation is not rewritten."""
        self.check_access("write")
        raise UserError(self.env._("What somebody has confirmed cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What somebody has confirmed cannot be removed."))
