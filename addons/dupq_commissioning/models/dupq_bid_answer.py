from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DupqBidAnswer(models.Model):
    """What one bidder says to one question, sealed with the bid."""

    _name = "dupq.bid.answer"
    _description = "Answer"
    _order = "criterion_id, id"

    bid_id = fields.Many2one("dupq.bid", required=True, ondelete="cascade", index=True)
    tender_id = fields.Many2one(related="bid_id.tender_id", store=True, index=True)
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    criterion_id = fields.Many2one(
        "dupq.tender.criterion", required=True, ondelete="restrict", index=True
    )
    text = fields.Text(string="Answer")
    # What is published for all to read; never a self-rating: those are no benchmark
    publication_ids = fields.Many2many(
        "dupq.publication",
        string="Published reports",
        help="Reports that anyone can read and that support this answer.",
    )

    _criterion_uniq = models.UniqueIndex(
        "(bid_id, criterion_id)", "Each question is answered once in a bid."
    )

    @api.depends("bid_id", "criterion_id.name")
    def _compute_display_name(self):
        for answer in self:
            parts = (answer.bid_id.display_name, answer.criterion_id.name)
            answer.display_name = ": ".join(part for part in parts if part)

    def _is_given(self):
        """Whether there is anything to score: words, or a published report."""
        self.ensure_one()
        return bool((self.text or "").strip() or self.publication_ids)

    @api.constrains("bid_id", "criterion_id")
    def _check_same_tender(self):
        # Compares only which tender each belongs to.
        for answer_sudo in self.sudo():
            if answer_sudo.criterion_id.tender_id != answer_sudo.bid_id.tender_id:
                raise ValidationError(
                    self.env._("This question belongs to another tender.")
                )

    def _prepare_create_values(self, vals_list):
        """Answers go into an envelope only while bids are being taken."""
        vals_list = super()._prepare_create_values(vals_list)
        bid_model = self.env["dupq.bid"]
        if not bid_model._is_entering_past():
            ids = {vals.get("bid_id") for vals in vals_list}
            bid_model._check_taken(bid_model.browse(filter(None, ids)).tender_id)
        return vals_list

    def write(self, vals):
        self.check_access("write")
        if self:
            raise UserError(self.env["dupq.bid"]._say_sealed())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        raise UserError(self.env["dupq.bid"]._say_sealed())
