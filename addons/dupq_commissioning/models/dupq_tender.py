from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.dupq_code.workflow import Transition

from ..const import COMMISSIONER, EVALUATOR, MIN_EVALUATORS, OPENED
from ..scoring import from_field, missing_weight, plain


class DupqTender(models.Model):
    """A contract to be let, the questions asked and the panel that scores them."""

    _name = "dupq.tender"
    _description = "Tender"
    _inherit = ["dupq.workflow", "mail.thread", "mail.activity.mixin"]
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
    is_on_panel = fields.Boolean(
        string="I am on the panel",
        compute="_compute_is_on_panel",
        search="_search_is_on_panel",
    )
    is_open_to_me = fields.Boolean(
        string="I may read its bids",
        compute="_compute_is_open_to_me",
        search="_search_is_open_to_me",
    )
    is_moderated_by_me = fields.Boolean(
        string="I moderate it",
        compute="_compute_is_moderated_by_me",
        search="_search_is_moderated_by_me",
    )

    my_role = fields.Selection(
        [("evaluator", "Evaluator"), ("chair", "Chair")], compute="_compute_my_role"
    )

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

    @api.depends("evaluator_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_on_panel(self):
        self._set_flag("is_on_panel", self._get_panel_domain())

    @api.depends("state", "evaluator_ids.user_id", "evaluator_ids.state")
    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        self._set_flag("is_open_to_me", self._get_open_domain())

    @api.depends(
        "state", "evaluator_ids.user_id", "evaluator_ids.state", "evaluator_ids.role"
    )
    @api.depends_context("uid")
    def _compute_is_moderated_by_me(self):
        self._set_flag("is_moderated_by_me", self._get_moderated_domain())

    @api.depends("evaluator_ids.user_id", "evaluator_ids.role", "evaluator_ids.state")
    @api.depends_context("uid")
    def _compute_my_role(self):
        for tender in self:
            mine = tender.evaluator_ids.filtered(
                lambda seat: (
                    seat.user_id == self.env.user and seat.state != "stood_down"
                )
            )
            tender.my_role = mine[:1].role

    @api.depends("lead_ids")
    def _compute_lead_count(self):
        counts = dict(
            self.env["crm.lead"]._read_group(
                [("dupq_tender_id", "in", self.ids)], ["dupq_tender_id"], ["__count"]
            )
        )
        for tender in self:
            tender.lead_count = counts.get(tender._origin, 0)

    def _search_is_on_panel(self, operator, value):
        return self._get_panel_domain() if operator == "in" else NotImplemented

    def _search_is_open_to_me(self, operator, value):
        return self._get_open_domain() if operator == "in" else NotImplemented

    def _search_is_moderated_by_me(self, operator, value):
        return self._get_moderated_domain() if operator == "in" else NotImplemented

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
        return self._take("publish")

    def action_open_bids(self):
        return self._take("open_bids")

    def action_moderate(self):
        return self._take("moderate")

    def action_decide(self):
        return self._take("decide")

    def action_cancel(self):
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
            lambda tender: tender._why_not_publish_date(),
            lambda tender: tender._why_not_publish_weights(),
            lambda tender: tender._why_not_publish_criteria(),
            lambda tender: tender._why_not_publish_scale(),
            lambda tender: tender._why_not_publish_panel(),
        )

    def _why_not_open_bids(self):
        """Bids stay sealed until the deadline has passed on the server's clock."""
        return self._first_sentences(
            lambda tender: (
                not tender.is_past_deadline
                and self.env._(
                    "Bids stay sealed until %(deadline)s.",
                    deadline=tender._say_deadline(),
                )
            ),
            lambda tender: (
                not tender._get_live_bids()
                and self.env._("No bid was received. Cancel the tender instead.")
            ),
        )

    def _why_not_moderate(self):
        """Moderation begins when everyone who scores has locked their scores."""
        return self._first_sentences(
            lambda tender: tender._why_not_chair(),
            lambda tender: tender._why_not_all_locked(),
        )

    def _why_not_decide(self):
        """A tender is decided when every agreed score has its reason."""
        missing = dict(
            self.env["dupq.score.agreed"]._read_group(
                Domain("tender_id", "in", self.ids)
                & Domain("bid_id.state", "=", "received")
                & (
                    Domain("level_id", "=", False) | Domain("reason", "in", [False, ""])
                ),
                ["tender_id"],
                ["__count"],
            )
        )
        return self._first_sentences(
            lambda tender: tender._why_not_chair(),
            lambda tender: (
                missing.get(tender)
                and self.env._(
                    "%(count)s agreed scores still need a score and a reason.",
                    count=missing[tender],
                )
            ),
        )

    def _why_not_publish_date(self):
        if not self.date_deadline:
            return self.env._("Say until when bids are taken.")
        return self.is_past_deadline and self.env._("The deadline has already passed.")

    def _why_not_publish_weights(self):
        if not self.criterion_ids:
            return self.env._("There are no criteria yet.")
        if any(criterion.weight <= 0 for criterion in self.criterion_ids):
            return self.env._("Every criterion needs a weight above zero.")
        shares = from_field(self.quality_weight) + from_field(self.price_weight)
        if shares != 100:
            return self.env._(
                "Quality and price together are %(sum)s, they need to be 100.",
                sum=plain(shares),
            )
        return not self.is_weight_exact and self.env._(
            "The weights do not fit: %(note)s.", note=self.weight_note
        )

    def _why_not_publish_criteria(self):
        bare = self.criterion_ids.filtered(lambda c: not (c.question and c.guide))
        return bare and self.env._(
            "%(criterion)s has no question or no scoring guide yet.",
            criterion=bare[0].name,
        )

    def _why_not_publish_scale(self):
        values = sorted(self.scale_level_ids.mapped("value"))
        if len(values) < 2 or values != list(range(len(values))):
            return self.env._("The scale needs every step from 0 to its highest score.")
        bare = self.scale_level_ids.filtered(lambda level: not level.description)
        return bare and self.env._(
            "Say what a %(score)s on the scale means.", score=bare[0].value
        )

    def _why_not_publish_panel(self):
        roles = self.evaluator_ids.mapped("role")
        if "chair" not in roles:
            return self.env._("The panel has no chair yet.")
        return roles.count("evaluator") < MIN_EVALUATORS and self.env._(
            "The panel needs at least %(count)s evaluators.", count=MIN_EVALUATORS
        )

    def _why_not_chair(self):
        mine = self.evaluator_ids.filtered(
            lambda seat: (
                seat.user_id == self.env.user
                and seat.role == "chair"
                and seat.state in ("declared", "locked")
            )
        )
        return not mine and self.env._(
            "Only the chair of the panel, once free of conflicts, takes this step."
        )

    def _why_not_all_locked(self):
        scoring = self.evaluator_ids.filtered(
            lambda seat: seat.role == "evaluator" and seat.state != "stood_down"
        )
        if len(scoring) < MIN_EVALUATORS:
            return self.env._(
                "Fewer than %(count)s evaluators are left. Add one to the panel.",
                count=MIN_EVALUATORS,
            )
        waiting = scoring.filtered(lambda seat: seat.state != "locked")
        return waiting and self.env._(
            "%(names)s: scores not locked yet.",
            # Colleagues on the panel know each other by name.
            names=", ".join(waiting.sudo().mapped("user_id.name")),
        )

    # === BUSINESS METHODS === #

    def _took(self, name):
        result = super()._took(name)
        if name == "moderate":
            self.env["dupq.score.agreed"]._prepare_table(self)
        return result

    def _first_sentences(self, *checks):
        """``{tender: sentence}`` of the first check that refuses each tender."""
        refused = {}
        for tender in self:
            sentence = next(
                (words for check in checks if (words := check(tender))), None
            )
            if sentence:
                refused[tender] = sentence
        return refused

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
        return moment.strftime("%d/%m/%Y %H:%M")

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

    def _get_panel_domain(self):
        return Domain("evaluator_ids", "any!", [("user_id", "=", self.env.uid)])

    def _get_open_domain(self):
        """Tenders whose bids the user may read: opened, on the panel, no conflict."""
        seat = Domain("user_id", "=", self.env.uid)
        seat &= Domain("state", "in", ("declared", "locked"))
        return Domain("state", "in", OPENED) & Domain("evaluator_ids", "any!", seat)

    def _get_moderated_domain(self):
        """Tenders in which the user, as chair, sees the scores of everyone."""
        seat = Domain("user_id", "=", self.env.uid) & Domain("role", "=", "chair")
        seat &= Domain("state", "in", ("declared", "locked"))
        return Domain("state", "in", ("moderation", "decided")) & Domain(
            "evaluator_ids", "any!", seat
        )

    def _set_flag(self, name, domain):
        """Set a yes/no field about the current user on all tenders in one query."""
        # Only tells for which of the given tenders the user has such a seat.
        found_sudo = self.sudo().search(Domain("id", "in", self._origin.ids) & domain)
        for tender in self:
            tender[name] = tender._origin.id in found_sudo._ids
