from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .own_files import keep_own_files


class DupqAssessmentSource(models.Model):
    """Something that was collected already, and what became of it in this report.

    What is there need not be asked for again.
    """

    _name = "dupq.assessment.source"
    _description = "Information Already Collected"
    _inherit = ["dupq.assessment.part"]
    _order = "assessment_id, sequence, id"
    _rec_name = "source_id"

    source_id = fields.Many2one(
        "dupq.information.source", string="What", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="source_id.sequence", store=True)
    status = fields.Selection(
        [
            ("have", "We have it"),
            ("asked", "We have asked for it"),
            ("none", "There is none"),
        ],
        string="Is it there?",
    )
    reason = fields.Char(string="Because")
    title = fields.Char(string="Which one", help="Its title, if there are several.")
    date = fields.Date(string="Of which day")
    url = fields.Char(string="Link")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    area_ids = fields.Many2many(
        "dupq.code.area",
        string="Used for",
        help="The areas to which it says something.",
    )
    is_old = fields.Boolean(
        string="Older than the period",
        compute="_compute_is_old",
        help="From before the twelve months that are looked at.",
    )

    # === COMPUTE METHODS === #

    @api.depends("date", "assessment_id.date_from")
    def _compute_is_old(self):
        for source in self:
            first = source.assessment_id.date_from
            source.is_old = bool(source.date and first and source.date < first)

    # === CONSTRAINT METHODS === #

    @api.constrains("status", "reason")
    def _check_reason(self):
        for source in self:
            if source.status == "none" and not (source.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Say why there is none: %(name)s.",
                        name=source.source_id.name,
                    )
                )

    @api.constrains("area_ids", "assessment_id")
    def _check_area_ids(self):
        for source in self:
            if source.area_ids.code_id - source.assessment_id.code_id:
                raise ValidationError(
                    self.env._("Choose areas of the Code that you go by here.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to keep files with what they belong to."""
        sources = super().create(vals_list)
        keep_own_files(sources, "attachment_ids")
        return sources

    def write(self, vals):
        """Override to keep files with what they belong to."""
        res = super().write(vals)
        if "attachment_ids" in vals:
            keep_own_files(self, "attachment_ids")
        return res
