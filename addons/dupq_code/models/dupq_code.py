from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..const import ADMINISTRATOR
from ..workflow import Transition

# The key that all editions of the Driving Up Quality Code share.
USUAL_KEY = "duq"


class DupqCode(models.Model):
    """One edition of a Code or framework; publishing freezes what it says."""

    _name = "dupq.code"
    _description = "Code"
    _inherit = ["dupq.workflow", "dupq.code.frozen", "dupq.code.reader"]
    _order = "sequence, key, date_valid_from desc, id desc"
    _rec_names_search = ["name", "version"]

    _frozen_fields = ("name", "key", "version", "date_valid_from")

    _transitions = (
        Transition(
            "publish",
            source="draft",
            target="active",
            group=ADMINISTRATOR,
            guard="_why_not_publish",
        ),
        Transition(
            "supersede",
            source="active",
            target="superseded",
            group=ADMINISTRATOR,
            deadline="date_valid_to",
        ),
    )

    name = fields.Char(required=True, translate=True)
    key = fields.Char(
        string="Short name",
        required=True,
        index=True,
        help="The same for all editions of one Code, e.g. duq.",
    )
    version = fields.Char(string="Edition", required=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        [("draft", "Draft"), ("active", "In force"), ("superseded", "Superseded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    # Where it comes from
    publisher = fields.Char()
    source = fields.Char(
        help="Where the edition can be read, or what it was taken from."
    )
    description = fields.Text(translate=True)

    # When it holds
    date_valid_from = fields.Date(
        string="Valid from", required=True, default=fields.Date.context_today
    )
    date_valid_to = fields.Date(string="Valid to", copy=False)
    superseded_by_id = fields.Many2one(
        "dupq.code", index="btree_not_null", copy=False, ondelete="set null"
    )

    # What it says
    area_ids = fields.One2many("dupq.code.area", "code_id", copy=True)
    statement_ids = fields.One2many("dupq.code.statement", "code_id")
    question_ids = fields.One2many("dupq.code.question", "code_id")
    example_ids = fields.One2many("dupq.code.example", "code_id")
    area_count = fields.Integer(compute="_compute_counts")
    good_count = fields.Integer(compute="_compute_counts")
    bad_count = fields.Integer(compute="_compute_counts")
    item_count = fields.Integer(compute="_compute_counts")
    question_count = fields.Integer(compute="_compute_counts")
    example_count = fields.Integer(compute="_compute_counts")

    _version_uniq = models.Constraint(
        "UNIQUE(key, version)", "This Code has an edition with this name already."
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_valid_to IS NULL OR date_valid_to >= date_valid_from)",
        "An edition cannot end before it begins.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "area_ids",
        "statement_ids.polarity",
        "question_ids.company_id",
        "example_ids.company_id",
    )
    def _compute_counts(self):
        """Count what the edition itself says, without own additions."""
        statements = self._count_by("dupq.code.statement", ["polarity"])
        areas = self._count_by("dupq.code.area", [])
        questions = self._count_by("dupq.code.question", ["company_id"])
        examples = self._count_by("dupq.code.example", ["company_id"])
        nobody = self.env["res.company"]
        for code in self:
            origin = code._origin
            code.area_count = areas.get((origin,), 0)
            code.good_count = statements.get((origin, "good"), 0)
            code.bad_count = statements.get((origin, "bad"), 0)
            code.item_count = statements.get((origin, "item"), 0)
            code.question_count = questions.get((origin, nobody), 0)
            code.example_count = examples.get((origin, nobody), 0)

    @api.depends("name", "version")
    def _compute_display_name(self):
        for code in self:
            code.display_name = f"{code.name} ({code.version})"

    # === CONSTRAINT METHODS === #

    @api.constrains("key", "date_valid_from", "date_valid_to")
    def _check_one_edition_at_a_date(self):
        for code in self.filtered(lambda code: code.state == "active"):
            if other := code._overlapping():
                raise ValidationError(
                    self.env._(
                        "%(code)s and %(other)s would be in force on the same day.",
                        code=code.display_name,
                        other=other[0].display_name,
                    )
                )

    @api.constrains("superseded_by_id")
    def _check_superseded_by_id(self):
        if self._has_cycle("superseded_by_id"):
            raise ValidationError(
                self.env._("An edition cannot come after its own successor.")
            )

    # === ACTIONS === #

    def action_publish(self):
        """Put the editions in force and freeze what they say."""
        return self._take("publish")

    def action_supersede(self):
        """End the editions; what they say stays readable and frozen."""
        return self._take("supersede")

    def action_new_edition(self):
        """Open a draft with the same content, to be changed and published."""
        self.ensure_one()
        self.check_access("write")
        # Own additions of every company go along; an administrator asked for it.
        edition_sudo = self.sudo().copy(
            {
                "version": self.env._(
                    "%(version)s, next edition", version=self.version
                ),
                "date_valid_from": fields.Date.context_today(self),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "dupq.code",
            "res_id": edition_sudo.id,
            "view_mode": "form",
        }

    def action_view_statements(self):
        """Open the statements of the edition."""
        return self._action_view("dupq_code.dupq_code_statement_action")

    def action_view_good(self):
        """Open what good looks like in the edition."""
        return self._action_view(
            "dupq_code.dupq_code_statement_action", [("polarity", "=", "good")]
        )

    def action_view_bad(self):
        """Open what bad looks like in the edition."""
        return self._action_view(
            "dupq_code.dupq_code_statement_action", [("polarity", "=", "bad")]
        )

    def action_view_questions(self):
        """Open the questions of the edition, without own additions."""
        return self._action_view(
            "dupq_code.dupq_code_question_action", [("company_id", "=", False)]
        )

    def action_view_examples(self):
        """Open the stories of the edition, without own additions."""
        return self._action_view(
            "dupq_code.dupq_code_example_action", [("company_id", "=", False)]
        )

    def _action_view(self, xmlid, domain=()):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        own = Domain("code_id", "in", self.ids) & Domain(list(domain))
        return action | {"domain": list(own), "context": {}}

    # === GUARDS === #

    def _why_not_publish(self):
        """Say what is still missing before the editions can be in force."""
        refused = {}
        for code in self:
            if not code.area_ids:
                refused[code] = self.env._("Add the areas of the Code first.")
            elif code.area_ids - code.statement_ids.area_id:
                refused[code] = self.env._("Each area needs at least one statement.")
            elif later := code._overlapping() - code._closable():
                refused[code] = self.env._(
                    "%(other)s is in force on the same days.",
                    other=later[0].display_name,
                )
        return refused

    # === BUSINESS METHODS === #

    @api.model
    def _get_usual(self):
        """What new records go by: the edition of the Driving Up Quality Code that is
        in force today, else the first framework that is."""
        in_force = Domain("state", "=", "active")
        in_force &= Domain("date_valid_from", "<=", fields.Date.context_today(self))
        usual = self.search(in_force & Domain("key", "=", USUAL_KEY), limit=1)
        return usual or self.search(in_force, limit=1)

    def _edition(self):
        return self

    @api.model
    def _frozen_depends(self):
        return ["state"]

    def _reading_areas(self):
        return self.area_ids

    def _took(self, name):
        """End the edition before the one that was published."""
        res = super()._took(name)
        if name == "publish":
            self._close_earlier()
        elif name == "supersede":
            open_ended = self.filtered(lambda code: not code.date_valid_to)
            for code in open_ended:
                today = fields.Date.context_today(self)
                code.date_valid_to = max(today, code.date_valid_from)
        return res

    def _overlapping(self):
        """Other editions of the same Code in force on a day of this one."""
        self.ensure_one()
        domain = Domain("key", "=", self.key) & Domain("state", "=", "active")
        domain &= Domain("id", "!=", self._origin.id)
        domain &= Domain("date_valid_to", "=", False) | Domain(
            "date_valid_to", ">=", self.date_valid_from
        )
        if self.date_valid_to:
            domain &= Domain("date_valid_from", "<=", self.date_valid_to)
        return self.search(domain)

    def _closable(self):
        """Editions that began earlier: this one may take over from them."""
        return self._overlapping().filtered(
            lambda code: code.date_valid_from < self.date_valid_from
        )

    def _close_earlier(self):
        """Let each edition take over from the one before it."""
        today = fields.Date.context_today(self)
        for code in self:
            earlier = code._closable()
            earlier.write(
                {
                    "superseded_by_id": code.id,
                    "date_valid_to": code.date_valid_from - timedelta(days=1),
                }
            )
            earlier.filtered(lambda old: old.date_valid_to < today)._take("supersede")
        self._check_one_edition_at_a_date()

    def _count_by(self, model, groupby):
        """Records of the editions in another model: {(code, group): count}."""
        groups = self.env[model]._read_group(
            [("code_id", "in", self._origin.ids)], ["code_id", *groupby], ["__count"]
        )
        return {tuple(key): count for *key, count in groups}
