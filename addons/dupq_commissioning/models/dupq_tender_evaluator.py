from collections import defaultdict
from itertools import product

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.dupq_code.workflow import Transition

from ..const import COMMISSIONER, EVALUATOR


class DupqTenderEvaluator(models.Model):
    """A seat on the panel of a tender: who, in which role, free of conflict or not.

    Nobody reads a bid before they have said that they have no conflict. A locked
    seat has given its scores and changes them no more.
    """

    _name = "dupq.tender.evaluator"
    _description = "Panel Member"
    _inherit = "dupq.workflow"
    _order = "role desc, id"

    _transitions = (
        Transition(
            "declare",
            source="waiting",
            target="declared",
            group=EVALUATOR,
            guard="_why_not_declare",
        ),
        Transition(
            "stand_down",
            source=("waiting", "declared"),
            target="stood_down",
            group=EVALUATOR,
            guard="_why_not_stand_down",
            reason=True,
        ),
        Transition(
            "lock",
            source="declared",
            target="locked",
            group=EVALUATOR,
            guard="_why_not_lock",
        ),
    )

    tender_id = fields.Many2one(
        "dupq.tender", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", string="Person", required=True, index=True)
    role = fields.Selection(
        [("evaluator", "Evaluator"), ("chair", "Chair")],
        required=True,
        default="evaluator",
        help="Evaluators score alone. The chair moderates and does not score.",
    )
    state = fields.Selection(
        [
            ("waiting", "Conflict check awaited"),
            ("declared", "No conflict"),
            ("locked", "Scores locked"),
            ("stood_down", "Stood down"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
    )

    _user_uniq = models.UniqueIndex(
        "(tender_id, user_id)", "This person already has a seat on the panel."
    )
    _chair_uniq = models.UniqueIndex(
        "(tender_id) WHERE role = 'chair' AND state != 'stood_down'",
        "A panel has one chair.",
    )

    # === COMPUTE METHODS === #

    @api.depends("user_id", "role")
    def _compute_display_name(self):
        for seat in self:
            # The panel of a tender knows its members by name.
            seat.display_name = seat.sudo().user_id.name

    # === CONSTRAINT METHODS === #

    @api.constrains("user_id", "role")
    def _check_role(self):
        for seat in self:
            group = COMMISSIONER if seat.role == "chair" else EVALUATOR
            # Only asks for the roles that the person was given.
            if not seat.user_id.sudo().has_group(group):
                raise ValidationError(
                    self.env._(
                        "%(person)s needs the role of %(role)s in Commissioning first.",
                        person=seat.display_name,
                        role=self.env._("commissioner")
                        if seat.role == "chair"
                        else self.env._("evaluator"),
                    )
                )

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Refuse new seats once moderation has begun, seen after defaults are in."""
        vals_list = super()._prepare_create_values(vals_list)
        ids = {vals.get("tender_id") for vals in vals_list}
        self._refuse_settled(self.env["dupq.tender"].browse(filter(None, ids)))
        return vals_list

    def write(self, vals):
        if vals.keys() & {"tender_id", "user_id", "role"}:
            self._check_seat_open()
        if vals.get("tender_id"):
            # A seat cannot be moved to a panel that would take no new one, either.
            self._refuse_settled(self.tender_id.browse(vals["tender_id"]))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_seat_open()

    # === ACTIONS === #

    def action_declare(self):
        """Say that one has no conflict of interest with any of the bidders."""
        return self._take("declare")

    def action_stand_down(self):
        """Leave the panel; nothing that was scored counts any more."""
        return self._take("stand_down")

    def action_lock(self):
        """Give the scores to the chair; they cannot be changed after."""
        return self._take("lock")

    # === GUARDS === #

    def _why_not_declare(self):
        """Everyone declares for themselves, once the bidders are known."""
        refused = {}
        for seat in self:
            if seat.user_id != self.env.user:
                refused[seat] = self.env._("Everyone declares for themselves.")
            elif seat.tender_id.state not in ("scoring", "moderation"):
                refused[seat] = self.env._(
                    "Who bids is known once the deadline has passed. Declare then."
                )
        return refused

    def _why_not_stand_down(self):
        """People stand down themselves, or a commissioner lets them go."""
        if self.env.user.has_group(COMMISSIONER):
            return {}
        return {
            seat: self.env._("Only this person or a commissioner may do this.")
            for seat in self
            if seat.user_id != self.env.user
        }

    def _why_not_lock(self):
        """Scores are locked by their owner, when none is missing."""
        missing = self._count_missing()
        refused = {}
        for seat in self:
            if seat.user_id != self.env.user:
                refused[seat] = self.env._("Everyone locks their own scores.")
            elif seat.role == "chair":
                refused[seat] = self.env._("The chair does not score.")
            elif seat.tender_id.state != "scoring":
                refused[seat] = self.env._("Scoring is not open.")
            elif missing[seat]:
                refused[seat] = self.env._(
                    "%(count)s answers still need a score and a comment.",
                    count=missing[seat],
                )
        return refused

    # === BUSINESS METHODS === #

    def _count_missing(self):
        """``{seat: number of answers without a score or a comment of theirs}``.

        A question that the bidder left blank needs neither.
        """
        scores = self.env["dupq.score"].search_fetch(
            [
                ("evaluator_id", "in", self.ids),
                ("level_id", "!=", False),
                ("comment", "not in", [False, ""]),
            ],
            ["evaluator_id", "bid_id", "criterion_id"],
        )
        done = defaultdict(set)
        for score in scores:
            done[score.evaluator_id].add((score.bid_id.id, score.criterion_id.id))
        return {seat: len(seat._get_to_score() - done[seat]) for seat in self}

    def _get_to_score(self):
        """``{(bid, criterion)}``: every answer that was given in a bid still in."""
        bids = self.tender_id._get_live_bids()
        every = product(bids.ids, self.tender_id.criterion_ids.ids)
        return set(every) - bids._get_blanks()

    def _check_seat_open(self):
        """Refuse to change a seat that was taken up, or of a settled panel."""
        if not (self.env.su or self.env.user.has_group(COMMISSIONER)):
            raise AccessError(self.env._("Commissioners choose the panel."))
        self._refuse_settled(self.tender_id)
        # Only the state is looked at, whoever asks.
        used_sudo = self.sudo().filtered(lambda seat: seat.state != "waiting")
        if used_sudo:
            raise UserError(
                self.env._(
                    "%(person)s has already declared. The seat stays as it is; the "
                    "person can stand down.",
                    person=used_sudo[0].display_name,
                )
            )

    def _refuse_settled(self, tenders):
        """Refuse, whoever asks, to change the panel from moderation on."""
        # Only the state is looked at, whoever asks.
        settled_sudo = tenders.sudo().filtered(
            lambda tender: tender.state not in ("draft", "published", "scoring")
        )
        if settled_sudo:
            raise UserError(
                self.env._(
                    "The panel of %(tender)s no longer changes.",
                    tender=settled_sudo[0].display_name,
                )
            )
