from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DupqAssessmentSessionNote(models.Model):
    """One note that one facilitator saved: a row of its own, never a shared text.

    However many write at the same time, nobody writes over anybody.
    """

    _name = "dupq.assessment.session.note"
    _description = "Note of a Discussion"
    _inherit = [
        "dupq.assessment.session.part",
        "dupq.sent.once",
        "dupq.voice.export",
    ]
    _order = "session_id, id"
    _rec_name = "text"

    question_id = fields.Many2one(
        "dupq.code.question",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for a note about the discussion as a whole.",
    )
    area_id = fields.Many2one(
        related="question_id.area_id", store=True, index="btree_not_null"
    )
    text = fields.Text(string="Note", required=True)
    is_working = fields.Selection(
        [("working", "Working"), ("not_working", "Not working")],
        string="Working or not",
    )
    author_id = fields.Many2one(
        "res.users",
        string="Written by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )

    @api.depends("text")
    def _compute_display_name(self):
        for note in self:
            words = " ".join((note.text or "").split())
            note.display_name = words[:60]

    @api.constrains("text")
    def _check_text(self):
        if any(not (note.text or "").strip() for note in self):
            raise ValidationError(self.env._("Write the note first."))

    @api.constrains("question_id", "session_id")
    def _check_question_id(self):
        for note in self:
            # Of which Code the question is decides, whoever may read what.
            code_sudo = note.sudo().assessment_id.code_id
            if note.question_id and note.question_id.code_id != code_sudo:
                raise ValidationError(
                    self.env._("This question is not of the Code you discuss.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: whoever writes a note is its author."""
        if not self.env.su:
            for vals in vals_list:
                vals["author_id"] = self.env.uid
        return super().create(vals_list)

    def write(self, vals):
        if "author_id" in vals and not self.env.su:
            raise UserError(self.env._("A note stays with the person who wrote it."))
        return super().write(vals)
