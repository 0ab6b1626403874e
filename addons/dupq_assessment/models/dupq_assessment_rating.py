from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

STATUSES = [
    ("meeting", "We meet it"),
    ("working", "We work towards it"),
    ("not_yet", "Not yet"),
]
# What a rating says; after saying it, it is no longer what was said last year.
SAID_FIELDS = frozenset(("level_id", "status", "finding"))
# What of it is kept in its history.
KEPT_FIELDS = frozenset(("level_id", "status"))


class DupqAssessmentRating(models.Model):
    """How something is rated, by whom, and what it rests on.

    It is an area of the Code, one statement of it, or a part of the organisation. A
    rating without a perspective is the summary; the others say how one group of
    people sees it. On bad statements, too, a higher level is the better one: it
    says how far we are from what the statement describes.
    """

    _name = "dupq.assessment.rating"
    _description = "Rating"
    _inherit = [
        "dupq.assessment.part",
        "dupq.assessment.about",
        "dupq.assessment.rating.evidence",
    ]
    _order = (
        "assessment_id, area_sequence, statement_id nulls first, "
        "perspective_sequence, id"
    )

    # What is rated: an area, one of its statements, or a part of the organisation
    area_sequence = fields.Integer(
        related="area_id.sequence", store=True, string="Order of the area"
    )
    focus_id = fields.Many2one(
        "dupq.code.focus",
        string="Part of our organisation",
        index="btree_not_null",
        ondelete="restrict",
    )
    focus_name = fields.Char(
        string="Part, as we call it", compute="_compute_focus_name"
    )
    perspective_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Seen by",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for the summary of everyone.",
    )
    perspective_sequence = fields.Integer(related="perspective_id.sequence", store=True)
    number = fields.Integer(
        string="How many said it", help="The people of this group behind the rating."
    )
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
        STATUSES, help="How we stand towards this part of the Code."
    )
    is_not_applicable = fields.Boolean(string="Does not apply")
    not_applicable_reason = fields.Char(string="Because")
    owner_id = fields.Many2one(
        "res.users",
        string="Who answers for it",
        domain=[("share", "=", False)],
        help="The one person who answers for how it stands.",
    )
    is_carried = fields.Boolean(
        string="From last year",
        copy=False,
        help="Carried forward from last year, and still to be said again.",
    )

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

    # What was said about it, and what it was before
    dissent_ids = fields.One2many("dupq.assessment.dissent", "rating_id")
    change_ids = fields.One2many(
        "dupq.assessment.rating.change", "rating_id", string="What it was before"
    )

    _one_thing = models.Constraint(
        "CHECK((area_id IS NOT NULL) != (focus_id IS NOT NULL))",
        "Rate an area, a statement, or a part of the organisation: one of them.",
    )
    _number_not_negative = models.Constraint(
        "CHECK(number >= 0)", "How many said it cannot be below nought."
    )
    _summary_uniq = models.UniqueIndex(
        "(assessment_id, area_id)"
        " WHERE perspective_id IS NULL AND statement_id IS NULL",
        "This area has a summary rating already.",
    )
    _perspective_uniq = models.UniqueIndex(
        "(assessment_id, area_id, perspective_id)"
        " WHERE perspective_id IS NOT NULL AND statement_id IS NULL",
        "This group has rated the area already.",
    )
    _statement_uniq = models.UniqueIndex(
        "(assessment_id, statement_id, COALESCE(perspective_id, 0))"
        " WHERE statement_id IS NOT NULL",
        "This statement has been rated by this group already.",
    )
    _focus_uniq = models.UniqueIndex(
        "(assessment_id, focus_id, COALESCE(perspective_id, 0))"
        " WHERE focus_id IS NOT NULL",
        "This part of the organisation has been rated by this group already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("focus_id", "assessment_id.focus_other")
    @api.depends_context("lang")
    def _compute_focus_name(self):
        for rating in self:
            assessment = rating.assessment_id
            rating.focus_name = assessment._get_focus_name(rating.focus_id)

    @api.depends("area_id", "statement_id", "focus_id", "focus_name", "perspective_id")
    def _compute_display_name(self):
        for rating in self:
            what = rating.statement_id or rating.area_id
            what = rating.focus_name or what.display_name
            names = (what, rating.perspective_id.name)
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

    @api.depends(
        "area_id", "statement_id", "assessment_id.date_from", "assessment_id.date_to"
    )
    @api.depends_context("uid")
    def _compute_evidence_counts(self):
        """Count what the reader will find on opening the list, no more."""
        for assessment, ratings in self.grouped("assessment_id").items():
            areas = ratings.filtered(lambda one: not one.statement_id)
            statements = ratings.statement_id
            counts = assessment._count_evidence() if areas else {}
            if statements:
                counts |= assessment._count_statement_evidence(statements)
            for rating in ratings:
                what = rating.statement_id or rating.area_id
                good, not_yet = counts.get(what._origin, (0, 0))
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

    @api.constrains("area_id", "statement_id", "assessment_id", "good_ids", "bad_ids")
    def _check_area_id(self):
        for rating in self:
            said = rating.good_ids | rating.bad_ids | rating.statement_id
            foreign = said.area_id - rating.area_id
            code = rating.area_id.code_id
            if foreign or (code and code != rating.assessment_id.code_id):
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
                        area=rating.display_name,
                    )
                )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override to keep what a rating was before, and to say what is said anew."""
        if vals.keys() & SAID_FIELDS and "is_carried" not in vals:
            vals = {**vals, "is_carried": False}
        before = {}
        if vals.keys() & KEPT_FIELDS:
            before = {one: (one.level_id, one.status) for one in self}
        res = super().write(vals)
        self.env["dupq.assessment.rating.change"]._note(before)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contested(self):
        # Whoever may read the objection: a rating that somebody contests is kept.
        if contested := self.sudo().filtered("dissent_ids"):
            raise UserError(
                self.env._(
                    "Somebody has contested the rating of “%(rating)s”. It is kept, "
                    "with what they said.",
                    rating=contested[0].display_name,
                )
            )

    # === ACTIONS === #

    def action_view_evidence(self):
        """Open the evidence for what is rated, in the period of the assessment."""
        self.ensure_one()
        domain = self.assessment_id._get_evidence_domain()
        if self.statement_id:
            domain &= Domain("statement_ids", "in", self.statement_id.ids)
        elif self.area_id:
            domain &= Domain("statement_ids.area_id", "=", self.area_id.id)
        return self.assessment_id._open_evidence(domain, self.display_name)

    def action_say_again(self):
        """What was said last year is said again, as it stands."""
        self.is_carried = False

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

    def action_contest(self):
        """Open a new objection to this rating."""
        self.ensure_one()
        return self.env["dupq.assessment.dissent"]._open_new(rating_id=self.id)
