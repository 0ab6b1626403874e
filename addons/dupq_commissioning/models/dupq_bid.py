from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.dupq_code.workflow import Transition, kept_with_cursor

from ..const import COMMISSIONER, EVALUATOR
from . import tender_readiness

# Key of what is kept with the cursor while bids from elsewhere are entered; it
# never stands in a context, so that no client can send it.
ENTERING_PAST = object()


class DupqBid(models.Model):
    """What one bidder sent in: a sealed envelope until the deadline has passed.

    The server's clock says when a bid arrived. Answers and price cannot be read
    by anyone before the bids are opened, and not changed by anyone after.
    """

    _name = "dupq.bid"
    _description = "Bid"
    _inherit = ["dupq.workflow", "mail.thread"]
    _order = "date_received, id"
    _rec_names_search = ["partner_id.name", "tender_id.name"]

    _transitions = (
        Transition(
            "withdraw",
            source="received",
            target="withdrawn",
            group=COMMISSIONER,
            guard="_why_not_leave",
            reason=True,
        ),
        Transition(
            "exclude",
            source="received",
            target="excluded",
            group=EVALUATOR,
            guard="_why_not_exclude",
            reason=True,
        ),
    )

    tender_id = fields.Many2one(
        "dupq.tender", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Bidder", required=True, index="btree_not_null"
    )
    state = fields.Selection(
        [
            ("received", "Received"),
            ("withdrawn", "Withdrawn"),
            ("excluded", "Excluded"),
        ],
        default="received",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_received = fields.Datetime(
        string="Received",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
        help="By the server's clock.",
    )
    is_opened = fields.Boolean(compute="_compute_is_opened")

    # What is in the envelope
    answer_ids = fields.One2many("dupq.bid.answer", "bid_id", string="Answers")
    currency_id = fields.Many2one(related="company_id.currency_id")
    price = fields.Monetary(string="Sealed price", groups=fields.NO_ACCESS, copy=False)
    price_offered = fields.Monetary(
        compute="_compute_price_offered",
        inverse="_inverse_price_offered",
        string="Price",
        help="Stays hidden until all scores are agreed.",
    )

    _partner_uniq = models.UniqueIndex(
        "(tender_id, partner_id) WHERE state = 'received'",
        "This bidder already has a bid. Withdraw it first to send another.",
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "tender_id.reference")
    def _compute_display_name(self):
        for bid in self:
            # Whoever may see the bid may know whose it is.
            bid.display_name = bid.sudo().partner_id.name

    @api.depends("tender_id.is_open_to_me")
    @api.depends_context("uid")
    def _compute_is_opened(self):
        for bid in self:
            bid.is_opened = bid.tender_id.is_open_to_me

    @api.depends("price", "tender_id.state", "tender_id.is_open_to_me")
    @api.depends_context("uid")
    def _compute_price_offered(self):
        for bid in self:
            shown = bid.tender_id.state == "decided" and bid.tender_id.is_open_to_me
            # The price is told to the panel once all scores are agreed.
            bid.price_offered = bid.sudo().price if shown else False

    def _inverse_price_offered(self):
        """Put the price in the envelope: once, while bids are being taken."""
        for bid in self:
            # The envelope is filled by whoever may hand in the bid.
            bid_sudo = bid.sudo()
            if bid_sudo.price:
                raise UserError(self._say_sealed())
            if not self._is_entering_past():
                self._check_taken(bid_sudo.tender_id)
            bid_sudo.price = bid.price_offered

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Stamp each bid with the server's time and refuse the late ones."""
        vals_list = super()._prepare_create_values(vals_list)
        is_past = self._is_entering_past()
        now = fields.Datetime.now()
        tender_model = self.env["dupq.tender"]
        for vals in vals_list:
            tender = tender_model.browse(vals.get("tender_id"))
            if not is_past or not vals.get("date_received"):
                vals["date_received"] = now
            moment = min(fields.Datetime.to_datetime(vals["date_received"]), now)
            moment = moment.replace(microsecond=0)
            vals["date_received"] = moment
            self._check_in_time(tender, moment)
            if not is_past:
                self._check_taken(tender)
        return vals_list

    def write(self, vals):
        fixed = {"tender_id", "partner_id", "date_received", "price"}
        if vals.keys() & fixed - ({"price"} if self.env.su else set()):
            raise UserError(self._say_sealed())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_received(self):
        raise UserError(
            self.env._("A bid is never deleted. It can be withdrawn or excluded.")
        )

    # === ACTIONS === #

    def action_withdraw(self):
        """The bidder takes the bid back."""
        return self._take("withdraw")

    def action_exclude(self):
        """The chair takes the bid out of the ranking, and says why."""
        return self._take("exclude")

    # === GUARDS === #

    def _why_not_leave(self):
        """A decided tender keeps its bids: its price points rest on them."""
        return {
            bid: self.env._("The tender is decided; its bids stay as they are.")
            for bid in self
            if bid.tender_id.state in ("decided", "cancelled")
        }

    def _why_not_exclude(self):
        """Only the chair excludes a bid, and only once bids are open."""
        refused = self._why_not_leave()
        for bid in self - self.browse().concat(*refused):
            sentence = tender_readiness.chair(bid.tender_id)
            if sentence:
                refused[bid] = sentence
        return refused

    # === BUSINESS METHODS === #

    @api.model
    @api.private
    def record_received(self, vals_list, source):
        """Enter bids that arrived elsewhere, at the time that was noted there.

        :param source: where the time was noted, kept with each bid
        """
        if not (self.env.su or self.env.user.has_group(COMMISSIONER)):
            raise AccessError(self.env._("Only commissioners may enter past bids."))
        with kept_with_cursor(self.env.cr, ENTERING_PAST, True):
            bids = self.create(vals_list)
        for bid in bids:
            bid.message_post(
                body=self.env._("Entered later, from %(origin)s.", origin=source)
            )
        return bids

    def _get_blanks(self):
        """``{(bid, criterion)}`` left blank by the bidder: 0 by rule, whoever scores.

        A score that an evaluator has not given yet is something else: it is missing.
        """
        # Only tells where an envelope holds nothing, to those who score it.
        bids_sudo = self.sudo()
        given = {
            (answer.bid_id.id, answer.criterion_id.id)
            for answer in bids_sudo.answer_ids
            if answer._is_given()
        }
        return {
            (bid.id, criterion.id)
            for bid in bids_sudo
            for criterion in bid.tender_id.criterion_ids
            if (bid.id, criterion.id) not in given
        }

    def _refuse_scored_blanks(self, scores):
        """Refuse, whoever asks, anything but 0 for a question left blank.

        :param scores: records with a bid, a criterion and a level
        """
        blanks = self._get_blanks()
        for score in scores:
            key = (score.bid_id.id, score.criterion_id.id)
            if score.level_id.value and key in blanks:
                raise ValidationError(
                    self.env._(
                        "%(bidder)s gave no answer to “%(question)s”. That scores 0, "
                        "whoever scores.",
                        bidder=score.bid_id.display_name,
                        question=score.criterion_id.name,
                    )
                )

    def _check_in_time(self, tenders, moment):
        """Refuse what arrived after the deadline, whoever brings it."""
        # When bids are due is no secret.
        for tender_sudo in tenders.sudo():
            if tender_sudo._is_late(moment):
                raise UserError(
                    self.env._(
                        "This bid is late: bids were taken until %(deadline)s.",
                        deadline=tender_sudo._say_deadline(),
                    )
                )

    def _check_taken(self, tenders):
        """Refuse bids for tenders that do not take any now."""
        self._check_in_time(tenders, fields.Datetime.now())
        # Whether bids are taken is no secret.
        for tender_sudo in tenders.sudo():
            if tender_sudo.state != "published":
                raise UserError(
                    self.env._("%(tender)s takes no bids.", tender=tender_sudo.name)
                )

    def _is_entering_past(self):
        """Whether bids that arrived elsewhere are being entered now."""
        return bool(self.env.cr.cache.get(ENTERING_PAST))

    def _say_sealed(self):
        return self.env._("A bid is sealed when it is received and stays as it is.")
