from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import HR_OFFICERS, QUALITY_LEAD
from ..workflow import Transition
from .dupq_evidence import LIVE_STATES


class DupqEvidenceRule(models.Model):
    """Which records of the provider's Odoo are evidence, for what, and where.

    A rule reads with the rights of its owner. While it is on, every record that
    fits is an item in the ledger; when the record changes the item gets a new
    version, when it fits no more the item is withdrawn.
    """

    _name = "dupq.evidence.rule"
    _inherit = [
        "dupq.evidence.rule.words",
        "dupq.evidence.rule.checks",
        "dupq.evidence.rule.reader",
        "dupq.evidence.rule.ledger",
        "dupq.evidence.rule.runner",
        "dupq.evidence.rule.together",
        "dupq.evidence.rule.sight",
        "dupq.evidence.rule.changes",
        "dupq.evidence.rule.landmarks",
        "dupq.evidence.rule.look",
        "dupq.evidence.rule.explainer",
        "dupq.onlooker",
    ]
    _description = "Evidence Rule"
    _order = "sequence, id"

    _transitions = (
        Transition(
            "switch_on",
            source=("off", "paused"),
            target="on",
            group=(QUALITY_LEAD, *HR_OFFICERS),
            guard="_why_not_switch_on",
        ),
        Transition(
            "switch_off",
            source=("on", "paused"),
            target="off",
            group=(QUALITY_LEAD, *HR_OFFICERS),
        ),
        Transition("pause", source="on", target="paused", internal=True, reason=True),
    )

    _noted = ("is_free_once",)

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True, tracking=True)
    note = fields.Text(
        string="Why", translate=True, help="Why such records are evidence."
    )
    company_id = fields.Many2one(
        "res.company", help="Only records of this company; empty for all."
    )

    # Which records
    domain = fields.Char(string="That fit", required=True, default="[]")
    date_path = fields.Char(
        string="Date",
        required=True,
        help="Where the day is found on which it was seen, e.g. date_end.",
    )
    service_path = fields.Char(
        string="Service",
        help="Where the service is found: a service, a department, a place of work, "
        "an employee or a person supported, e.g. employee_id. Empty when it is always "
        "the same.",
    )
    date_label = fields.Char(string="Day", compute="_compute_labels")
    service_label = fields.Char(string="Place", compute="_compute_labels")
    service_id = fields.Many2one("dupq.service", string="Always this service")
    date_from = fields.Date(string="Seen from", help="Empty: ever since.")
    date_to = fields.Date(string="Seen until", help="Empty: for ever.")

    # What they are evidence of
    statement_ids = fields.Many2many(
        "dupq.code.statement",
        "dupq_evidence_rule_statement_rel",
        "rule_id",
        "statement_id",
        string="Statements",
        ondelete="restrict",
    )
    polarity = fields.Selection(
        [("good", "Good"), ("not_yet", "Not yet good")],
        string="They show",
        required=True,
        default="good",
    )
    perspective_id = fields.Many2one(
        "dupq.stakeholder.group", string="Seen by", ondelete="restrict"
    )
    source_type = fields.Selection(
        selection="_selection_source_type",
        string="Source",
        required=True,
        default="other",
    )
    sensitivity = fields.Selection(
        [("normal", "Normal"), ("confidential", "Confidential")],
        required=True,
        default="normal",
    )
    title_template = fields.Char(
        string="Title",
        translate=True,
        required=True,
        help="Words, and fields in braces: Course finished on {date_end}. Never "
        "the name of a person.",
    )
    born = fields.Selection(
        [("accepted", "Accepted"), ("proposed", "Proposed: somebody accepts each")],
        string="New items are",
        required=True,
        default="accepted",
    )

    is_free_once = fields.Boolean(
        readonly=True,
        copy=False,
        help="Somebody has looked: the next run may withdraw as much as it must.",
    )

    # What came of it
    evidence_ids = fields.One2many("dupq.evidence", "rule_id")
    evidence_count = fields.Integer(compute="_compute_evidence_count")
    run_ids = fields.One2many("dupq.evidence.rule.run", "rule_id")
    last_run_id = fields.Many2one(
        "dupq.evidence.rule.run", compute="_compute_last_run_id"
    )
    blind_spots = fields.Text(compute="_compute_blind_spots")
    may_change = fields.Boolean(compute="_compute_may_change")

    # === COMPUTE METHODS === #

    @api.model
    def _selection_source_type(self):
        """The kinds of source of the ledger, but for what is written by hand."""
        field = self.env["dupq.evidence"]._fields["source_type"]
        return [
            pair for pair in field._description_selection(self.env) if pair[0] != "hand"
        ]

    @api.depends("model", "date_path", "service_path")
    @api.depends_context("lang")
    def _compute_labels(self):
        """The paths as the screens call their fields."""
        for rule in self:
            rule.date_label = rule._get_label(rule.date_path)
            rule.service_label = rule._get_label(rule.service_path)

    @api.depends_context("uid")
    def _compute_may_change(self):
        self.may_change = self.env.user.has_group(QUALITY_LEAD)

    def _compute_evidence_count(self):
        counts = dict(
            self.env["dupq.evidence"]._read_group(
                [("rule_id", "in", self.ids), ("state", "in", LIVE_STATES)],
                ["rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.evidence_count = counts.get(rule, 0)

    @api.depends("run_ids")
    def _compute_last_run_id(self):
        runs = dict(
            self.env["dupq.evidence.rule.run"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["id:max"]
            )
        )
        for rule in self:
            rule.last_run_id = runs.get(rule._origin)

    @api.depends("model", "domain", "date_path", "service_path", "title_template")
    def _compute_blind_spots(self):
        for rule in self:
            rule.blind_spots = "\n".join(rule._get_blind_spots()) or False

    # === ONCHANGE METHODS === #

    @api.onchange("record_kind")
    def _onchange_record_kind(self):
        """Other records have other fields."""
        if self.record_kind != self.model:
            self.model = self.record_kind
            self.domain = "[]"
            self.date_path = self.service_path = False

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.sudo().evidence_ids:  # only whether there are any
            raise UserError(
                self.env._(
                    "A rule that has made evidence is switched off, not deleted."
                )
            )

    # === ACTIONS === #

    def action_switch_on(self):
        """Switch it on, with your eyes; after a pause, go through with what it held
        back."""
        paused = self.filtered(lambda rule: rule.state == "paused")
        result = self._take("switch_on")
        if result is True:
            # What nobody may write by hand: the step has just been allowed.
            paused.sudo().is_free_once = True
        return result

    def action_switch_off(self):
        return self._take("switch_off")

    def action_open_evidence(self):
        """Show what this rule has made and what of it is still in use."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_evidence_action"
        )
        action["domain"] = [("rule_id", "=", self.id), ("known_to", "=", False)]
        action["context"] = {}
        return action

    # === GUARDS === #

    def _why_not_switch_on(self):
        """A rule is evidence of something, and its owner sees all it looks at."""
        refused = super()._why_not_switch_on()
        for rule in self:
            if not rule.statement_ids:
                refused[rule] = self.env._("Choose at least one statement first.")
        return refused

    def _took(self, name):
        """Override to look soon."""
        result = super()._took(name)
        if name == "switch_on":
            cron = self.env.ref(
                "dupq_code.dupq_evidence_rule_changes_cron", raise_if_not_found=False
            )
            if cron:
                cron.sudo()._trigger()  # sooner, not otherwise
        return result
