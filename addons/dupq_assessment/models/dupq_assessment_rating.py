from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class DupqAssessmentRating(models.Model):
    """How one area of the Code is rated, by whom, and what it rests on.

    A rating without a perspective is the summary for the area; the others say how
    one group of people sees it.
    """

    _name = "dupq.assessment.rating"
    _description = "Rating of an Area"
    _inherit = ["dupq.assessment.part"]
    _order = "assessment_id, area_sequence, perspective_sequence, id"

    area_id = fields.Many2one(
        "dupq.code.area", required=True, index=True, ondelete="restrict"
    )
    area_sequence = fields.Integer(
        related="area_id.sequence", store=True, string="Order of the area"
    )
    perspective_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Seen by",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for the summary of everyone.",
    )
    perspective_sequence = fields.Integer(related="perspective_id.sequence", store=True)
    service_id = fields.Many2one(related="assessment_id.service_id", store=True)

    # The rating
    scale_id = fields.Many2one(related="assessment_id.scale_id")
    level_id = fields.Many2one(
        "dupq.rating.scale.level",
        string="Rating",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('scale_id', '=', scale_id)]",
    )
    share = fields.Float(related="level_id.share", string="On the scale, 0 to 1")
    status = fields.Selection(
        [
            ("meeting", "We meet it"),
            ("working", "We work towards it"),
            ("not_yet", "Not yet"),
        ],
        help="How we stand towards this area of the Code.",
    )
    is_not_applicable = fields.Boolean(string="Does not apply")
    not_applicable_reason = fields.Char(string="Because")

    # What it rests on
    finding = fields.Text(string="What we found")
    easy_read = fields.Text(help="One short sentence a line, with everyday words.")
    barrier = fields.Text(string="What stops us, and what we do about it")
    good_ids = fields.Many2many(
        "dupq.code.statement",
        "dupq_assessment_rating_good_rel",
        string="Good that we recognise",
        domain="[('area_id', '=', area_id), ('polarity', '=', 'good')]",
    )
    bad_ids = fields.Many2many(
        "dupq.code.statement",
        "dupq_assessment_rating_bad_rel",
        string="Bad that we recognise",
        domain="[('area_id', '=', area_id), ('polarity', '=', 'bad')]",
    )
    good_count = fields.Integer(compute="_compute_statement_counts")
    bad_count = fields.Integer(compute="_compute_statement_counts")
    statement_words = fields.Char(
        string="We recognise", compute="_compute_statement_counts"
    )
    evidence_count = fields.Integer(
        string="Evidence", compute="_compute_evidence_counts"
    )
    evidence_good_count = fields.Integer(
        string="Says good", compute="_compute_evidence_counts"
    )
    evidence_not_yet_count = fields.Integer(
        string="Says not yet", compute="_compute_evidence_counts"
    )

    _summary_uniq = models.UniqueIndex(
        "(assessment_id, area_id) WHERE perspective_id IS NULL",
        "This area has a summary rating already.",
    )
    _perspective_uniq = models.UniqueIndex(
        "(assessment_id, area_id, perspective_id) WHERE perspective_id IS NOT NULL",
        "This group has rated the area already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("area_id", "perspective_id")
    def _compute_display_name(self):
        for rating in self:
            names = (rating.area_id.display_name, rating.perspective_id.name)
            rating.display_name = ", ".join(name for name in names if name)

    @api.depends("good_ids", "bad_ids", "area_id")
    def _compute_statement_counts(self):
        for rating in self:
            rating.good_count = len(rating.good_ids)
            rating.bad_count = len(rating.bad_ids)
            rating.statement_words = self.env._(
                "%(good)s of %(goods)s good, %(bad)s of %(bads)s bad",
                good=rating.good_count,
                goods=rating.area_id.good_count,
                bad=rating.bad_count,
                bads=rating.area_id.bad_count,
            )

    @api.depends("area_id", "assessment_id.date_from", "assessment_id.date_to")
    @api.depends_context("uid")
    def _compute_evidence_counts(self):
        """Count what the reader will find on opening the list, no more."""
        for assessment, ratings in self.grouped("assessment_id").items():
            counts = assessment._count_evidence()
            for rating in ratings:
                good, not_yet = counts.get(rating.area_id._origin, (0, 0))
                rating.evidence_good_count = good
                rating.evidence_not_yet_count = not_yet
                rating.evidence_count = good + not_yet

    # === CONSTRAINT METHODS === #

    @api.constrains("level_id", "assessment_id")
    def _check_level_id(self):
        for rating in self:
            scale = rating.level_id.scale_id
            if scale and scale != rating.assessment_id.scale_id:
                raise ValidationError(
                    self.env._(
                        "“%(level)s” is not on the scale of this self-assessment.",
                        level=rating.level_id.name,
                    )
                )

    @api.constrains("area_id", "assessment_id", "good_ids", "bad_ids")
    def _check_area_id(self):
        for rating in self:
            foreign = (rating.good_ids | rating.bad_ids).area_id - rating.area_id
            if foreign or rating.area_id.code_id != rating.assessment_id.code_id:
                raise ValidationError(
                    self.env._(
                        "“%(area)s” and its statements must be of the Code that "
                        "this self-assessment goes by.",
                        area=rating.area_id.display_name,
                    )
                )

    @api.constrains("is_not_applicable", "not_applicable_reason")
    def _check_not_applicable_reason(self):
        for rating in self:
            if rating.is_not_applicable and not rating.not_applicable_reason:
                raise ValidationError(
                    self.env._(
                        "Say why “%(area)s” does not apply here.",
                        area=rating.area_id.display_name,
                    )
                )

    # === ACTIONS === #

    def action_view_evidence(self):
        """Open the evidence for this area, in the period of the assessment."""
        self.ensure_one()
        domain = self.assessment_id._get_evidence_domain()
        domain &= Domain("statement_ids.area_id", "=", self.area_id.id)
        return self.assessment_id._open_evidence(domain, self.area_id.display_name)

    def action_open_full(self):
        """Open the rating by itself, with its statements and words."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.display_name,
        }
