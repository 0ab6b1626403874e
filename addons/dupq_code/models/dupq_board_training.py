from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class DupqBoardTraining(models.Model):
    """A training of somebody who leads and is no employee.

    Who is an employee has theirs in the CV, like everybody else.
    """

    _name = "dupq.board.training"
    _description = "Training of a board member"
    _order = "done_on desc, id desc"
    _rec_name = "kind_id"

    seat_id = fields.Many2one(
        "dupq.board.seat", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(related="seat_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="seat_id.company_id", store=True)
    service_id = fields.Many2one(related="seat_id.service_id", store=True)
    kind_id = fields.Many2one(
        "dupq.training.kind", required=True, ondelete="restrict", index=True
    )
    done_on = fields.Date(required=True, default=fields.Date.context_today)
    valid_until = fields.Date(
        compute="_compute_valid_until",
        store=True,
        readonly=False,
        help="As long as its kind says, unless the paper says otherwise.",
    )

    _days = models.Constraint(
        "CHECK(valid_until IS NULL OR valid_until >= done_on)",
        "A training cannot run out before it is done.",
    )

    @api.depends("kind_id", "done_on")
    def _compute_valid_until(self):
        for training in self:
            months = training.kind_id.renewal_months
            training.valid_until = (
                training.done_on + relativedelta(months=months)
                if training.done_on and months
                else False
            )
