from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.dupq_code.dates import long_date
from odoo.addons.dupq_code.workflow import Transition

from ..const import COMMISSIONER, EVALUATOR
from ..scoring import from_field, missing_weight, plain
from . import tender_readiness


class DupqTender(models.Model):
    """A contract to be let, the questions asked and the panel that scores them."""

    _name = "dupq.tender"
    _description = "Tender"
    _inherit = [
        "dupq.workflow",
        "dupq.tender.seat",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_deadline desc, id desc"
    _rec_names_search = ["reference", "name"]
    _check_company_auto = True

    _transitions = (
        Transition(
            "publish",
            source="draft",
            target="published",
            group=COMMISSIONER,
            guard="_why_not_publish",
        ),
        Transition(
            "open_bids",
            source="published",
            target="scoring",
            group=COMMISSIONER,
            guard="_why_not_open_bids",
        ),
        Transition(
            "moderate",
            source="scoring",
            target="moderation",
            group=EVALUATOR,
            guard="_why_not_moderate",
        ),
        Transition(
            "decide",
            source="moderation",
            target="decided",
            group=EVALUATOR,
            guard="_why_not_decide",
        ),
        Transition(
            "cancel",
            source=("draft", "published", "scoring", "moderation"),
            target="cancelled",
            group=COMMISSIONER,
            reason=True,
        ),
    )

    # What bidders were told; it stays as it is once the tender is published
    _frozen_fields = (
        "reference",
        "name",
        "description",
        "company_id",
        "partner_id",
        "code_id",
        "date_deadline",
        "quality_weight",
        "price_weight",
        "quality_minimum",
    )

    reference = fields.Char(
        default=lambda self: self.env["ir.sequence"].next_by_code("dupq.tender"),
        copy=False,
        index="trigram",
    )
    name = fields.Char(required=True, tracking=True)
    description = fields.Html(
        string="What we are looking for",
        help="Start from what matters to the people who will be supported.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("published", "Published"),
            ("scoring", "Scoring"),
            ("moderation", "Moderation"),
            ("decided", "Decided"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Commissioner",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The council or health body that lets the contract.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
    )
    date_deadline = fields.Datetime(
        string="Bids until",
        copy=False,
        tracking=True,
        help="Bids that reach the server after this minute are refused.",
    )
    is_past_deadline = fields.Boolean(compute="_compute_is_past_deadline")

    code_id = fields.Many2one(
        "dupq.code",
        default=lambda self: self.env["dupq.code"]._get_usual(),
        ondelete="restrict",
        help="The edition that the questions are taken from.",
    )

    # How bids are chosen
    quality_weight = fields.Float(
        string="Quality %",
        digits=(5, 2),
        default=100.0,
        help="The share of the total that the questions below decide.",
    )
    price_weight = fields.Float(
        string="Price %",
        digits=(5, 2),
        help="The lowest price gets all of these points, the others their share.",
    )
    quality_minimum = fields.Float(
        string="Lowest quality %",
        digits=(5, 2),
        help="A bid below this share of the quality points is not ranked. "
        "Leave at 0 for none.",
    )
    scale_level_ids = fields.One2many(
        "dupq.tender.scale.level",
        "tender_id",
        string="Scale",
        copy=True,
        default=lambda self: self._default_scale_level_ids(),
    )
    criterion_ids = fields.One2many(
        "dupq.tender.criterion", "tender_id", string="Criteria", copy=True
    )
    weight_note = fields.Char(string="Weights", compute="_compute_weight_note")
    is_weight_exact = fields.Boolean(compute="_compute_weight_note")

    # Who scores, and what
    evaluator_ids = fields.One2many(
        "dupq.tender.evaluator", "tender_id", string="Panel"
    )
    bid_ids = fields.One2many("dupq.bid", "tender_id", string="Bids")
    bid_count = fields.Integer(compute="_compute_bid_count")
    # The opportunity that a provider follows
    lead_ids = fields.One2many(
        "crm.lead",
        "dupq_tender_id",
        string="Opportunities",
        groups="sales_team.group_sale_salesman",
    )
    lead_count = fields.Integer(
        compute="_compute_lead_count", groups="sales_team.group_sale_salesman"
    )

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference) WHERE reference IS NOT NULL",
        "Another tender has this reference.",
    )
    _shares = models.Constraint(
        "CHECK(quality_weight >= 0 AND price_weight >= 0 "
        "AND quality_minimum >= 0 AND quality_minimum <= 100)",
        "A share is between 0 and 100.",
    )

    # === DEFAULTS === #

    @api.model
    def _default_scale_level_ids(self):
        """The usual scale from 0 to 5; its words can be changed until published."""
        levels = self.env["dupq.tender.scale.level"]._get_usual_levels()
        return [
            Command.create({"value": value, "name": name, "description": text})
            for value, name, text in levels
        ]

    # === COMPUTE METHODS === #

    @api.depends("reference", "name")
    def _compute_display_name(self):
        for tender in self:
            parts = (tender.reference, tender.name)
            tender.display_name = " ".join(part for part in parts if part)

    @api.depends("company_id")
    def _compute_partner_id(self):
        for tender in self:
            tender.partner_id = tender.partner_id or tender.company_id.partner_id

    @api.depends("date_deadline")
    def _compute_is_past_deadline(self):
        now = fields.Datetime.now()
        for tender in self:
            tender.is_past_deadline = tender._is_late(now)

    @api.depends("criterion_ids.weight")
    def _compute_weight_note(self):
        for tender in self:
            weights = [from_field(c.weight) for c in tender.criterion_ids]
            gap = missing_weight(weights)
            tender.is_weight_exact = not gap
            tender.weight_note = tender._say_weights(100 - gap, gap)

    @api.depends("bid_ids.state")
    def _compute_bid_count(self):
        counts = dict(
            self.env["dupq.bid"]._read_group(
                [("tender_id", "in", self.ids), ("state", "=", "received")],
                ["tender_id"],
                ["__count"],
            )
        )
        for tender in self:
            tender.bid_count = counts.get(tender._origin, 0)

    @api.depends("lead_ids")
    def _compute_lead_count(self):
        counts = dict(
            self.env["crm.lead"]._read_group(
                [("dupq_tender_id", "in", self.ids)], ["dupq_tender_id"], ["__count"]
            )
        )
        for tender in self:
            tender.lead_count = counts.get(tender._origin, 0)

    # === CRUD METHODS === #

    def write(self, vals):
        if vals.keys() & set(self._frozen_fields):
            self._refuse_unless_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._refuse_unless_draft()

    # === ACTIONS === #

    def action_publish(self):
        """Tell bidders what is asked; it stays as it is from now on."""
        return self._take("publish")

    def action_open_bids(self):
        """Open the envelopes, once the deadline has passed."""
        return self._take("open_bids")

    def action_moderate(self):
        """Lay out the scores for the panel to agree on."""
        return self._take("moderate")

    def action_decide(self):
        """Settle the agreed scores; prices are opened and the ranking is shown."""
        return self._take("decide")

    def action_cancel(self):
        """Let no contract from this tender, and say why."""
        return self._take("cancel")

    def action_view_bids(self):
        """Open the bids of this tender that the reader may see."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "dupq_commissioning.dupq_bid_action"
            ),
            "domain": [("tender_id", "=", self.id)],
            "context": {"default_tender_id": self.id},
        }

    def action_view_leads(self):
        """Open the opportunities that follow this tender."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opportunities"),
            "res_model": "crm.lead",
            "view_mode": "list,form",
            "domain": [("dupq_tender_id", "=", self.id)],
            "context": {"default_dupq_tender_id": self.id, "default_name": self.name},
        }

    # === GUARDS === #

    def _why_not_publish(self):
        """Say what bidders could not yet rely on."""
        return self._first_sentences(
            tender_readiness.deadline,
            tender_readiness.weights,
            tender_readiness.criteria,
            tender_readiness.scale,
            tender_readiness.panel,
        )

    def _why_not_open_bids(self):
        """Bids stay sealed until the deadline has passed on the server's clock."""
        return self._first_sentences(tender_readiness.open_time, tender_readiness.bids)

    def _why_not_moderate(self):
        """Moderation begins when everyone who scores has locked their scores."""
        return self._first_sentences(
            tender_readiness.chair, tender_readiness.all_locked
        )

    def _why_not_decide(self):
        """A tender is decided when every agreed score has its reason."""
        missing = self._count_not_agreed()
        return self._first_sentences(
            tender_readiness.chair,
            lambda tender: (
                missing.get(tender)
                and self.env._(
                    "%(count)s agreed scores still need a score and a reason.",
                    count=missing[tender],
                )
            ),
        )

    def _count_not_agreed(self):
        """``{tender: number of live answers without agreed score or reason}``."""
        is_open = Domain("level_id", "=", False) | Domain("reason", "in", [False, ""])
        live = Domain("tender_id", "in", self.ids)
        live &= Domain("bid_id.state", "=", "received")
        return dict(
            self.env["dupq.score.agreed"]._read_group(
                live & is_open, ["tender_id"], ["__count"]
            )
        )

    def _first_sentences(self, *checks):
        """``{tender: sentence}`` of the first check that refuses each tender.

        :param checks: functions of a tender, as in ``tender_readiness``
        """
        refused = {}
        for tender in self:
            sentence = next(
                (words for check in checks if (words := check(tender))), None
            )
            if sentence:
                refused[tender] = sentence
        return refused

    # === BUSINESS METHODS === #

    def _took(self, name):
        result = super()._took(name)
        if name == "moderate":
            self.env["dupq.score.agreed"]._prepare_table(self)
        return result

    def _is_late(self, moment):
        """Whether the moment is after the deadline; its minute is still in time."""
        self.ensure_one()
        deadline = self.date_deadline
        return bool(deadline) and moment.replace(second=0, microsecond=0) > deadline

    def _get_live_bids(self):
        """The bids that are still in."""
        return self.bid_ids.filtered(lambda bid: bid.state == "received")

    def _say_weights(self, total, gap):
        if not self.criterion_ids:
            return self.env._("No weights yet, they need to add up to 100")
        if not gap:
            return self.env._("Adds up to 100")
        return self.env._("Adds up to %(sum)s, needs 100", sum=plain(total))

    def _say_deadline(self):
        moment = fields.Datetime.context_timestamp(self, self.date_deadline)
        return f"{long_date(self.env, moment.date())}, {moment:%H:%M}"

    def _refuse_unless_draft(self):
        """Refuse, whoever asks, what would change a tender bidders have read."""
        # Only the state is looked at, whoever asks.
        fixed_sudo = self.sudo().filtered(lambda tender: tender.state != "draft")
        if fixed_sudo:
            raise UserError(
                self.env._(
                    "%(tender)s is published: what bidders were told stays as it is. "
                    "Cancel it and start again if it has to change.",
                    tender=fixed_sudo[0].display_name,
                )
            )
