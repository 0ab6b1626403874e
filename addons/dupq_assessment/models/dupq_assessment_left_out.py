from odoo import api, fields, models
from odoo.exceptions import UserError

from ..left_out import still_said


class DupqAssessmentLeftOut(models.Model):
    """Something not good yet that the report said and no longer says, and why.

    Written by the program alone, and kept: nobody drops what is hard in silence.
    """

    _name = "dupq.assessment.left.out"
    _description = "Left out of a Report"
    _order = "assessment_id, id"
    _rec_name = "words"

    assessment_id = fields.Many2one(
        "dupq.assessment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    section_id = fields.Many2one(
        "dupq.assessment.section",
        string="Part",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    words = fields.Text(string="What was said", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Taken out by", readonly=True)
    date = fields.Date(
        string="On", default=fields.Date.context_today, readonly=True, required=True
    )
    reason = fields.Text(
        string="Why it is left out", help="Printed in the public report."
    )
    is_back = fields.Boolean(string="Said again", compute="_compute_is_back")

    @api.depends("words", "assessment_id.section_ids.text")
    def _compute_is_back(self):
        for assessment, rows in self.grouped("assessment_id").items():
            text = "\n".join(one._said() for one in assessment.section_ids)
            for row in rows:
                row.is_back = still_said(row.words, text)

    # === CRUD METHODS === #

    def write(self, vals):
        self.check_access("write")
        if vals.keys() - {"reason", "section_id"}:
            raise UserError(
                self.env._("What was left out stays as it was noted. Write why.")
            )
        # Also where the part of the report has gone.
        self.env["dupq.assessment.section"]._check_open_of(self)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was left out stays noted. Write why."))
