from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DupqScore(models.Model):
    """What one evaluator, alone, thinks of one answer, and why.

    A score that is not given yet has no level: it is blank and never 0. Nobody but
    its owner reads it before moderation; nobody changes it once it is locked. Where
    the bidder gave no answer there is nothing to score: that is 0 by rule.
    """

    _name = "dupq.score"
    _description = "Score"
    _order = "bid_id, criterion_id, evaluator_id"

    evaluator_id = fields.Many2one(
        "dupq.tender.evaluator", required=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one(
        related="evaluator_id.user_id", store=True, index=True, string="Person"
    )
    tender_id = fields.Many2one(
        related="evaluator_id.tender_id", store=True, index=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    bid_id = fields.Many2one("dupq.bid", required=True, ondelete="restrict", index=True)
    criterion_id = fields.Many2one(
        "dupq.tender.criterion", required=True, ondelete="restrict", index=True
    )
    level_id = fields.Many2one(
        "dupq.tender.scale.level", string="Score", ondelete="restrict"
    )
    comment = fields.Text(help="Why this score, in terms of the scoring guide.")

    _once = models.UniqueIndex(
        "(evaluator_id, bid_id, criterion_id)", "This answer already has your score."
    )

    @api.depends("bid_id", "criterion_id.name")
    def _compute_display_name(self):
        for score in self:
            parts = (score.bid_id.display_name, score.criterion_id.name)
            score.display_name = ": ".join(part for part in parts if part)

    @api.constrains("evaluator_id", "bid_id", "criterion_id", "level_id")
    def _check_same_tender(self):
        # Compares only which tender each belongs to.
        for score_sudo in self.sudo():
            tenders = score_sudo.bid_id.tender_id | score_sudo.criterion_id.tender_id
            tenders |= score_sudo.level_id.tender_id
            if tenders != score_sudo.tender_id:
                raise ValidationError(
                    self.env._("Answer, question and scale belong to one tender.")
                )

    @api.constrains("bid_id", "criterion_id", "level_id")
    def _check_blank_answer(self):
        # Only looks whether anything was handed in.
        scores_sudo = self.sudo()
        scores_sudo.bid_id._refuse_scored_blanks(scores_sudo)

    def _prepare_create_values(self, vals_list):
        """Ask the seats once defaults are in: a context may name a seat, too."""
        vals_list = super()._prepare_create_values(vals_list)
        ids = {vals.get("evaluator_id") for vals in vals_list}
        self._check_seats(self.env["dupq.tender.evaluator"].browse(filter(None, ids)))
        return vals_list

    def write(self, vals):
        if vals.keys() & {"evaluator_id", "bid_id", "criterion_id"}:
            raise UserError(self.env._("A score stays with its answer."))
        self._check_seats(self.evaluator_id)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        raise UserError(self.env._("A score is never deleted."))

    def _check_seats(self, seats):
        """Refuse, whoever asks, to touch the scores of a seat that may not score."""
        # Only the states are looked at. Taking the row keeps a score from slipping
        # in while another window locks the seat.
        seats_sudo = seats.sudo()
        seats_sudo.lock_for_update(allow_referencing=True)
        for seat_sudo in seats_sudo:
            if seat_sudo.state == "locked":
                raise UserError(
                    self.env._("These scores are locked and stay as they are.")
                )
            if seat_sudo.state != "declared" or seat_sudo.role != "evaluator":
                raise UserError(
                    self.env._("Say first that you have no conflict of interest.")
                )
            if seat_sudo.tender_id.state != "scoring":
                raise UserError(self.env._("Scoring is not open."))
