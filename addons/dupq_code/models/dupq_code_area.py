from odoo import api, fields, models


class DupqCodeArea(models.Model):
    """An area of a Code, with the principle behind it."""

    _name = "dupq.code.area"
    _description = "Code Area"
    _inherit = ["dupq.code.item", "dupq.code.reader"]
    _order = "code_id, sequence, id"
    _rec_names_search = ["reference", "name"]

    _frozen_fields = ("reference", "sequence", "name", "principle", "easy_read")
    _parent_field = "code_id"
    _text_field = "principle"

    name = fields.Char(required=True, translate=True)
    reference = fields.Char(required=True)
    code_id = fields.Many2one(
        "dupq.code", required=True, index=True, ondelete="cascade"
    )
    principle = fields.Text(
        translate=True, help="The one thought on which the area rests."
    )

    # What it says
    statement_ids = fields.One2many("dupq.code.statement", "area_id", copy=True)
    good_ids = fields.One2many(
        "dupq.code.statement", "area_id", domain=[("polarity", "=", "good")]
    )
    bad_ids = fields.One2many(
        "dupq.code.statement", "area_id", domain=[("polarity", "=", "bad")]
    )
    question_ids = fields.One2many("dupq.code.question", "area_id", copy=True)
    example_ids = fields.One2many("dupq.code.example", "area_id", copy=True)
    wording_ids = fields.One2many(
        "dupq.code.wording", "area_id", string="Other wordings"
    )
    erratum_ids = fields.One2many("dupq.code.erratum", "area_id")
    shown_name = fields.Char(string="Area", compute="_compute_shown_name")
    good_count = fields.Integer(compute="_compute_counts")
    bad_count = fields.Integer(compute="_compute_counts")
    question_count = fields.Integer(compute="_compute_counts")

    _reference_uniq = models.Constraint(
        "UNIQUE(code_id, reference)", "Another area of this Code has this reference."
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "wording_ids.title", "wording_ids.lang")
    @api.depends_context("uid", "lang", "dupq_wording_kind")
    def _compute_shown_name(self):
        titles = self._chosen_wording(self._wording_kind(), field="title")
        for area in self:
            area.shown_name = titles.get(area._origin.id) or area.name

    @api.depends("reference", "shown_name")
    @api.depends_context("uid", "lang", "dupq_wording_kind")
    def _compute_display_name(self):
        for area in self:
            parts = (area.reference, area.shown_name)
            area.display_name = " ".join(part for part in parts if part)

    @api.depends("statement_ids.polarity", "question_ids")
    def _compute_counts(self):
        domain = [("area_id", "in", self._origin.ids)]
        statements = self.env["dupq.code.statement"]._read_group(
            domain, ["area_id", "polarity"], ["__count"]
        )
        questions = self.env["dupq.code.question"]._read_group(
            domain, ["area_id"], ["__count"]
        )
        by_polarity = {(area, kind): count for area, kind, count in statements}
        by_area = dict(questions)
        for area in self:
            area.good_count = by_polarity.get((area._origin, "good"), 0)
            area.bad_count = by_polarity.get((area._origin, "bad"), 0)
            area.question_count = by_area.get(area._origin, 0)

    # === ACTIONS === #

    def action_view_good(self):
        """Open what good looks like in the area."""
        return self._action_view_statements("good")

    def action_view_bad(self):
        """Open what bad looks like in the area."""
        return self._action_view_statements("bad")

    def action_view_questions(self):
        """Open the questions of the area, our own among them."""
        return self._action_view("dupq_code.dupq_code_question_action", [])

    def action_add_question(self):
        """Open a new question of our own in the area."""
        return self._action_add("dupq.code.question", self.env._("Our own question"))

    def action_add_example(self):
        """Open a new story of our own in the area."""
        return self._action_add("dupq.code.example", self.env._("Our own story"))

    # === BUSINESS METHODS === #

    def _action_add(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_area_id": self[:1].id},
        }

    def _action_view_statements(self, polarity):
        return self._action_view(
            "dupq_code.dupq_code_statement_action", [("polarity", "=", polarity)]
        )

    def _action_view(self, xmlid, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        domain = [("area_id", "in", self.ids), *domain]
        return action | {"domain": domain, "context": {"default_area_id": self[:1].id}}

    def _reading_areas(self):
        return self
