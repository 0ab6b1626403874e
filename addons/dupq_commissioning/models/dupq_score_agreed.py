from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .. import reasons


class DupqScoreAgreed(models.Model):
    """The score the panel agreed on for one answer, with the reason for it.

    It is a record of its own: the scores that evaluators gave alone stay untouched
    beside it, and earlier versions of the agreement are kept.
    """

    _name = "dupq.score.agreed"
    _description = "Agreed Score"
    _order = "criterion_id, bid_id"

    bid_id = fields.Many2one("dupq.bid", required=True, ondelete="restrict", index=True)
    tender_id = fields.Many2one(related="bid_id.tender_id", store=True, index=True)
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    criterion_id = fields.Many2one(
        "dupq.tender.criterion", required=True, ondelete="restrict", index=True
    )
    level_id = fields.Many2one(
        "dupq.tender.scale.level", string="Agreed score", ondelete="restrict"
    )
    reason = fields.Text(help="Why this score, in terms of the scoring guide.")
    is_blank = fields.Boolean(
        string="No answer",
        compute="_compute_is_blank",
        help="The bidder left this question blank: 0 by rule, whoever scores.",
    )
    present_ids = fields.Many2many("dupq.tender.evaluator")
    date_agreed = fields.Datetime(readonly=True)
    original_ids = fields.Many2many(
        "dupq.score", string="Scores given alone", compute="_compute_original_ids"
    )
    history = fields.Json(readonly=True)
    warning = fields.Text(compute="_compute_warning", string="Look again")

    _once = models.UniqueIndex(
        "(bid_id, criterion_id)", "This answer already has an agreed score."
    )

    # === COMPUTE METHODS === #

    @api.depends("bid_id", "criterion_id.name")
    def _compute_display_name(self):
        for agreed in self:
            parts = (agreed.bid_id.display_name, agreed.criterion_id.name)
            agreed.display_name = ": ".join(part for part in parts if part)

    @api.depends("bid_id", "criterion_id")
    def _compute_original_ids(self):
        scores = self.env["dupq.score"].search_fetch(
            [
                ("bid_id", "in", self.bid_id.ids),
                ("criterion_id", "in", self.criterion_id.ids),
            ],
            ["bid_id", "criterion_id"],
        )
        by_answer = scores.grouped(lambda score: (score.bid_id, score.criterion_id))
        for agreed in self:
            key = (agreed.bid_id, agreed.criterion_id)
            agreed.original_ids = by_answer.get(key, scores.browse())

    @api.depends("bid_id", "criterion_id")
    def _compute_is_blank(self):
        blanks = self.bid_id._get_blanks()
        for agreed in self:
            agreed.is_blank = (agreed.bid_id.id, agreed.criterion_id.id) in blanks

    @api.depends("reason", "is_blank", "criterion_id")
    def _compute_warning(self):
        repeated = self._get_repeated_reasons()
        for agreed in self:
            key = (agreed.criterion_id.id, tuple(reasons.words(agreed.reason)))
            texts = agreed.tender_id.scale_level_ids.mapped("description")
            found = agreed._has_own_reason() and reasons.weaknesses(
                agreed.reason, texts, key in repeated
            )
            agreed.warning = "\n".join(
                agreed._say_weakness(code, word) for code, word in found or ()
            )

    # === CONSTRAINT METHODS === #

    @api.constrains("bid_id", "criterion_id", "level_id")
    def _check_same_tender(self):
        for agreed in self:
            tenders = agreed.criterion_id.tender_id | agreed.level_id.tender_id
            if tenders != agreed.tender_id:
                raise ValidationError(
                    self.env._("Answer, question and scale belong to one tender.")
                )

    @api.constrains("bid_id", "criterion_id", "level_id")
    def _check_blank_answer(self):
        self.bid_id._refuse_scored_blanks(self)

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Refuse new ones outside moderation; when and what before is our own."""
        vals_list = super()._prepare_create_values(vals_list)
        ids = {vals.get("bid_id") for vals in vals_list}
        self._check_moderation(self.env["dupq.bid"].browse(filter(None, ids)))
        for vals in vals_list:
            vals.pop("history", None)
            vals.pop("date_agreed", None)
        return vals_list

    def write(self, vals):
        if vals.keys() & {"bid_id", "criterion_id", "history", "date_agreed"}:
            raise UserError(self.env._("An agreed score stays with its answer."))
        self._check_moderation(self.bid_id)
        if not vals.keys() & {"level_id", "reason"}:
            return super().write(vals)
        now = fields.Datetime.now()
        for agreed in self:
            super(DupqScoreAgreed, agreed).write(
                {**vals, "date_agreed": now, "history": agreed._get_longer_history(now)}
            )
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        raise UserError(self.env._("An agreed score is never deleted."))

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_table(self, tenders):
        """Lay out one agreed score for each answer of each live bid.

        It is empty, but where the bidder gave no answer: the rule has settled that.
        """
        self.create(
            [
                {
                    "bid_id": bid.id,
                    "criterion_id": criterion.id,
                    "present_ids": [Command.set(present.ids)],
                    **(settled if (bid.id, criterion.id) in blanks else {}),
                }
                for tender in tenders
                for present in [self._get_present(tender)]
                for settled in [self._prepare_settled(tender)]
                for bids in [tender._get_live_bids()]
                for blanks in [bids._get_blanks()]
                for bid in bids
                for criterion in tender.criterion_ids
            ]
        )

    def _prepare_settled(self, tender):
        """What is agreed beforehand for an answer that was not given."""
        nothing = tender.scale_level_ids.filtered(lambda level: not level.value)
        return {"level_id": nothing.id, "reason": self._say_no_answer()}

    def _has_own_reason(self):
        """Whether the panel gave a reason, which may be weak; a rule's is not."""
        return bool(self.reason) and not self.is_blank

    def _say_no_answer(self):
        return self.env._(
            "The bidder gave no answer to this question. That scores 0, whoever scores."
        )

    def _get_present(self, tender):
        """Those who moderate unless said otherwise: all who did not stand down."""
        return tender.evaluator_ids.filtered(
            lambda seat: seat.state in ("declared", "locked")
        )

    def _get_longer_history(self, moment):
        """What was agreed until now, added to what was agreed before that."""
        self.ensure_one()
        if not (self.level_id and self.reason):
            return self.history or []
        version = {
            "until": fields.Datetime.to_string(moment),
            "by": self.env.user.name,
            "score": self.level_id.value,
            "reason": self.reason,
        }
        return [*(self.history or []), version]

    def _get_repeated_reasons(self):
        """``{(criterion id, words)}`` of reasons given to more than one bid."""
        every = self.search_fetch(
            [("criterion_id", "in", self.criterion_id.ids), ("reason", "!=", False)],
            ["criterion_id", "reason"],
        )
        seen = Counter(
            (agreed.criterion_id.id, tuple(reasons.words(agreed.reason)))
            for agreed in every
        )
        return {key for key, count in seen.items() if count > 1}

    def _say_weakness(self, code, word):
        """The sentence for the chair; a warning, never a refusal."""
        if code == reasons.TOO_SHORT:
            return self.env._(
                "Only %(count)s words. Would the bidder understand why?", count=word
            )
        if code == reasons.COMPARES:
            return self.env._(
                "“%(word)s” may compare bids. Measure each against the guide.",
                word=word,
            )
        if code == reasons.COPIES_SCALE:
            return self.env._(
                "This repeats the scale. Say what in the answer earns it."
            )
        return self.env._("Another bid has the same reason, word for word.")

    def _check_moderation(self, bids):
        """Refuse, whoever asks, agreed scores outside moderation."""
        # Only the state is looked at, whoever asks.
        if any(tender.state != "moderation" for tender in bids.sudo().tender_id):
            raise UserError(self.env._("Scores are agreed during moderation only."))
