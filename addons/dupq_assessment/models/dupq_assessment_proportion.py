from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError


class DupqAssessmentProportion(models.Model):
    """How many of the people we support receive what the Code calls good.

    It says on which day and how that was counted, and what becomes of the rest.
    """

    _name = "dupq.assessment.proportion"
    _description = "Proportion of People"
    _inherit = ["dupq.assessment.part", "dupq.assessment.about"]
    _order = "assessment_id, area_id, statement_id nulls first, id"
    _check_company_auto = True

    # Of what
    area_id = fields.Many2one(required=True)
    statement_id = fields.Many2one(
        domain="[('area_id', '=?', area_id), ('polarity', '!=', 'bad')]"
    )

    # How many of how many, when, and how we know
    receiving = fields.Integer(
        string="Receive it", help="The people for whom this is so today."
    )
    supported = fields.Integer(
        string="People we support", help="All people we support, in this place."
    )
    percentage = fields.Float(
        compute="_compute_percentage", store=True, aggregator="avg"
    )
    said = fields.Char(string="Proportion", compute="_compute_said")
    date_as_of = fields.Date(
        string="As of",
        compute="_compute_date_as_of",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    method = fields.Char(
        string="How we counted", help="So that it can be counted in the same way again."
    )
    previous_id = fields.Many2one(
        "dupq.assessment.proportion", string="Before", compute="_compute_previous_id"
    )
    trend = fields.Char(compute="_compute_previous_id")

    # ... and the rest
    rest = fields.Integer(
        string="Still without", compute="_compute_percentage", store=True
    )
    action_id = fields.Many2one(
        "dupq.action",
        string="What we do for the rest",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
        domain="[('assessment_id', '=', assessment_id)]",
    )
    is_plan_missing = fields.Boolean(
        compute="_compute_is_plan_missing", string="No plan for the rest"
    )

    _one_of_each = models.UniqueIndex(
        "(assessment_id, area_id, COALESCE(statement_id, 0))",
        "The proportion of this has been written down already.",
    )
    _people = models.Constraint(
        "CHECK(receiving >= 0 AND supported >= 0)", "People are counted from nought up."
    )
    _part_of_all = models.Constraint(
        "CHECK(receiving <= supported)",
        "No more people can receive it than you support.",
    )

    # === COMPUTE METHODS === #

    @api.depends("receiving", "supported")
    def _compute_percentage(self):
        """Nobody supported is nought per cent, and nobody left without."""
        for line in self:
            line.percentage = line.receiving / line.supported if line.supported else 0
            line.rest = line.supported - line.receiving

    @api.depends("receiving", "supported")
    def _compute_said(self):
        for line in self:
            line.said = line._get_said()

    @api.depends("assessment_id.date_to")
    def _compute_date_as_of(self):
        for line in self:
            line.date_as_of = line.date_as_of or line.assessment_id.date_to

    @api.depends(
        "assessment_id.date_to", "area_id", "statement_id", "receiving", "supported"
    )
    def _compute_previous_id(self):
        """The same, counted for the self-assessment of this place before this one."""
        before = self.assessment_id._get_before_by_assessment()
        for assessment, lines in self.grouped("assessment_id").items():
            then = before[assessment].proportion_ids if assessment else self.browse()
            counted = {line._get_key(): line for line in then}
            for line in lines:
                last = counted.get(line._get_key())
                line.previous_id = last
                line.trend = line._get_trend(last) if last else False

    @api.depends("rest", "action_id")
    def _compute_is_plan_missing(self):
        for line in self:
            line.is_plan_missing = line.rest > 0 and not line.action_id

    @api.depends("area_id", "statement_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.statement_id or line.area_id).display_name

    # === CONSTRAINT METHODS === #

    @api.constrains("area_id", "statement_id", "assessment_id")
    def _check_area_id(self):
        for line in self:
            foreign = line.statement_id.area_id - line.area_id
            if foreign or line.area_id.code_id != line.assessment_id.code_id:
                raise ValidationError(
                    self.env._(
                        "“%(area)s” is not of the Code that this self-assessment "
                        "goes by.",
                        area=line.display_name,
                    )
                )

    # === ACTIONS === #

    def action_plan_rest(self):
        """Open a new action for those who are still without."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What we do for the rest"),
            "res_model": "dupq.action",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_assessment_id": self.assessment_id.id,
                "default_service_id": self.assessment_id.service_id.id,
                "default_company_id": self.company_id.id,
                "default_area_id": self.area_id.id,
                "default_statement_ids": self.statement_id.ids,
                "default_finding": self.env._("%(said)s.", said=self.said),
                "default_proportion_ids": [Command.link(self.id)],
            },
        }

    # === BUSINESS METHODS === #

    def _get_key(self):
        """What is counted, the same in every edition of the Code."""
        return self.area_id.reference, self.statement_id.reference

    def _get_said(self):
        """In words and figures, also where there is nobody."""
        self.ensure_one()
        if not self.supported:
            return self.env._("We support nobody here")
        return self.env._(
            "%(receiving)s of %(supported)s people (%(percentage)s %%)",
            receiving=self.receiving,
            supported=self.supported,
            percentage=round(100 * self.percentage),
        )

    def _get_trend(self, last):
        """What has changed since the last time, in people and per cent."""
        self.ensure_one()
        if not (self.supported and last.supported):
            return self.env._("Before: %(said)s", said=last._get_said())
        now, then = (round(100 * line.percentage) for line in (self, last))
        if now == then:
            return self.env._("The same as before")
        if now > then:
            return self.env._("Up from %(said)s", said=last._get_said())
        return self.env._("Down from %(said)s", said=last._get_said())
