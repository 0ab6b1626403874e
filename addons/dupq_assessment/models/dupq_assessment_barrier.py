from odoo import api, fields, models


class DupqAssessmentBarrier(models.Model):
    """What stops us from doing what is right, and what we do about it all the same."""

    _name = "dupq.assessment.barrier"
    _description = "Barrier"
    _inherit = ["dupq.assessment.part"]
    _order = "assessment_id, sequence, id"

    name = fields.Char(string="What stops us", required=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("funding", "Funding"),
            ("housing", "Housing"),
            ("commissioning", "Commissioning"),
            ("staffing", "Finding and keeping staff"),
            ("health", "Health services"),
            ("transport", "Transport"),
            ("law", "Laws and rules"),
            ("attitudes", "How other people see it"),
            ("ourselves", "How we do things ourselves"),
            ("other", "Something else"),
        ],
        required=True,
        default="funding",
    )
    control = fields.Selection(
        [
            ("inside", "We can change it"),
            ("partly", "We can change a part of it"),
            ("outside", "Outside our control"),
        ],
        string="In our hands?",
        required=True,
        default="outside",
    )
    response = fields.Text(string="What we do about it")
    area_id = fields.Many2one(
        "dupq.code.area", string="About", index="btree_not_null", ondelete="restrict"
    )
    statement_ids = fields.Many2many(
        "dupq.code.statement",
        string="Statements",
        domain="[('area_id', '=?', area_id)]",
    )
    is_unanswered = fields.Boolean(
        string="Nothing done about it", compute="_compute_is_unanswered"
    )

    @api.depends("response")
    def _compute_is_unanswered(self):
        for barrier in self:
            barrier.is_unanswered = not (barrier.response or "").strip()
