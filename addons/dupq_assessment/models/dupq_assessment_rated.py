from odoo import Command, api, fields, models
from odoo.fields import Domain


class DupqAssessmentRated(models.AbstractModel):
    """How a self-assessment is rated, and what the ratings rest on.

    A part of ``dupq.assessment``, in a file of its own.
    """

    _name = "dupq.assessment.rated"
    _description = "Ratings of a Self-assessment"

    # Not rating_ids: customer ratings of Odoo bring a field of that name.
    area_rating_ids = fields.One2many(
        "dupq.assessment.rating", "assessment_id", string="All ratings"
    )
    summary_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="Summary ratings",
        domain=[
            ("perspective_id", "=", False),
            ("statement_id", "=", False),
            ("focus_id", "=", False),
        ],
    )
    perspective_rating_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="How each group sees it",
        domain=[
            ("perspective_id", "!=", False),
            ("statement_id", "=", False),
            ("focus_id", "=", False),
        ],
    )
    statement_rating_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="Ratings of statements",
        domain=[("statement_id", "!=", False)],
    )
    focus_rating_ids = fields.One2many(
        "dupq.assessment.rating",
        "assessment_id",
        string="Ratings of parts of our organisation",
        domain=[("focus_id", "!=", False)],
    )

    # What the ratings rest on, and what was said about them
    source_ids = fields.One2many(
        "dupq.assessment.source", "assessment_id", string="Collected already"
    )
    proportion_ids = fields.One2many(
        "dupq.assessment.proportion", "assessment_id", string="How many receive it"
    )
    barrier_ids = fields.One2many(
        "dupq.assessment.barrier", "assessment_id", string="What stops us"
    )
    dissent_ids = fields.One2many(
        "dupq.assessment.dissent", "assessment_id", string="Objections"
    )
    rating_change_ids = fields.One2many(
        "dupq.assessment.rating.change", "assessment_id", string="What was changed"
    )
    open_dissent_count = fields.Integer(
        string="Objections not answered", compute="_compute_open_dissent_count"
    )

    # === COMPUTE METHODS === #

    @api.depends("dissent_ids.state")
    def _compute_open_dissent_count(self):
        counts = dict(
            self.env["dupq.assessment.dissent"]._read_group(
                [("assessment_id", "in", self._origin.ids), ("state", "=", "open")],
                ["assessment_id"],
                ["__count"],
            )
        )
        for assessment in self:
            assessment.open_dissent_count = counts.get(assessment._origin, 0)

    # === ACTIONS === #

    def action_contest(self):
        """Open a new objection to one of the ratings."""
        self.ensure_one()
        return self.env["dupq.assessment.dissent"]._open_new(assessment_id=self.id)

    def action_rate(self):
        """Open the grid: statements by groups of people."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "dupq_rating_grid",
            "name": self.env._("Rating grid"),
            "params": {"assessment_id": self.id},
        }

    def action_view_grounds(self):
        """What the ratings rest on, as a plain list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_assessment.dupq_assessment_rating_action_grounds"
        )
        of_it = [("assessment_id", "=", self.id), ("focus_id", "=", False)]
        return {**action, "domain": [*of_it, ("perspective_id", "=", False)]}

    # === RATINGS === #

    def _prepare_ratings(self):
        """An empty summary for each area, or part of the organisation, without one."""
        for assessment in self:
            areas = assessment._get_areas() - assessment.summary_ids.area_id
            seen = assessment.focus_rating_ids.filtered(
                lambda rating: not rating.perspective_id
            )
            focuses = assessment._get_focuses() - seen.focus_id
            assessment.summary_ids = [
                Command.create({"area_id": area.id}) for area in areas
            ]
            assessment.focus_rating_ids = [
                Command.create({"focus_id": focus.id}) for focus in focuses
            ]

    def _prepare_sources(self):
        """A line to tick off for each kind of information that may be there."""
        sources = self.env["dupq.information.source"].search([("active", "=", True)])
        for assessment in self:
            assessment.source_ids = [
                Command.create({"source_id": source.id})
                for source in sources - assessment.source_ids.source_id
            ]

    def _get_areas(self):
        """The areas of the Code along which it goes, if it does."""
        self.ensure_one()
        is_by_area = self.approach in ("area", "both")
        return self.code_id.area_ids if is_by_area else self.env["dupq.code.area"]

    def _get_unrated_areas(self):
        self.ensure_one()
        return self._get_areas() - self.summary_ids.filtered(is_rated).area_id

    def _get_unrated_names(self):
        """References of areas, and names of parts of the organisation, to rate yet."""
        self.ensure_one()
        rated = self.focus_rating_ids.filtered(
            lambda rating: not rating.perspective_id and is_rated(rating)
        )
        focuses = self._get_focuses() - rated.focus_id
        names = [self._get_focus_name(focus) for focus in focuses]
        return [*self._get_unrated_areas().mapped("reference"), *names]

    # === EVIDENCE === #

    def _count_statement_evidence(self, statements):
        """Items a reader may open: {statement: (says good, says not yet)}."""
        self.ensure_one()
        model = self.env["dupq.evidence"]
        if not self.id or not model.has_access("read"):
            return {}
        domain = self._get_evidence_domain()
        domain &= Domain("statement_ids", "in", statements._origin.ids)
        found = model._read_group(domain, ["statement_ids", "polarity"], ["__count"])
        counts = {}
        for statement, polarity, count in found:
            good, not_yet = counts.get(statement, (0, 0))
            if polarity == "good":
                good = count
            else:
                not_yet = count
            counts[statement] = (good, not_yet)
        return counts


def is_rated(rating):
    """Whether something is said, and this year: a level, or that it does not apply."""
    is_said = rating.level_id or rating.is_not_applicable
    return bool(is_said and not rating.is_carried)
