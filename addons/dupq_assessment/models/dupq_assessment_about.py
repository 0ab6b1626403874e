from odoo import api, fields, models


class DupqAssessmentAbout(models.AbstractModel):
    """Says something of an area of the Code, or of one of its statements."""

    _name = "dupq.assessment.about"
    _description = "About an Area or a Statement"

    area_id = fields.Many2one(
        "dupq.code.area",
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
    )
    statement_id = fields.Many2one(
        "dupq.code.statement",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for the area as a whole.",
    )

    @api.depends("statement_id")
    def _compute_area_id(self):
        for one in self:
            one.area_id = one.statement_id.area_id or one.area_id
