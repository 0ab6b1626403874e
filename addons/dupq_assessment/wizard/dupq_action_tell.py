from odoo import api, fields, models


class DupqActionTell(models.TransientModel):
    """Writes down what somebody answered when they were asked whether it worked."""

    _name = "dupq.action.tell"
    _description = "What Somebody Answered"

    action_id = fields.Many2one("dupq.action", required=True, readonly=True)
    affected_group_ids = fields.Many2many(related="action_id.affected_group_ids")
    group_id = fields.Many2one(
        "dupq.stakeholder.group",
        string="Who said it",
        required=True,
        compute="_compute_group_id",
        store=True,
        readonly=False,
    )
    answer = fields.Selection(
        [("yes", "Yes"), ("partly", "A bit"), ("no", "No")],
        string="Did it work?",
        required=True,
    )
    words = fields.Text(string="In their words")
    consent = fields.Selection(
        [("yes", "They agreed"), ("no", "They said no")], string="May we print it?"
    )
    is_not_counted = fields.Boolean(compute="_compute_is_not_counted")

    # === COMPUTE METHODS === #

    @api.depends("action_id")
    def _compute_group_id(self):
        """The only group that it is for, if there is only one."""
        for one in self:
            groups = one.action_id.affected_group_ids
            one.group_id = groups if len(groups) == 1 else False

    @api.depends("action_id", "group_id")
    def _compute_is_not_counted(self):
        for one in self:
            one.is_not_counted = bool(one.group_id) and not one.action_id._is_for(
                one.group_id
            )

    # === ACTIONS === #

    def action_keep(self):
        """Keep it as a voice, in the name of who wrote it down."""
        for one in self:
            one.action_id.check_access("write")
            values = one.action_id._prepare_answer(
                one.answer,
                one.group_id,
                one.words,
                consent=one.consent or "not_asked",
                date_consent=one.consent and fields.Date.context_today(one),
            )
            # Whoever answers for an action writes down what people say of it, also
            # where they may not change other voices of the service.
            self.env["dupq.voice"].sudo().create(values)
        return {"type": "ir.actions.act_window_close"}
