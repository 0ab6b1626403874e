from odoo import api, fields, models
from odoo.exceptions import UserError


class DupqInvitation(models.Model):
    """Adds links by which people without a login take part in a self-assessment."""

    _inherit = "dupq.invitation"

    purpose = fields.Selection(
        selection_add=[("self_assessment", "Taking part in a self-assessment")],
        ondelete={"self_assessment": "cascade"},
    )
    participant_id = fields.Many2one(
        "dupq.assessment.participant",
        string="Who takes part",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
    )
    assessment_id = fields.Many2one(related="participant_id.assessment_id")
    date_remind = fields.Date(
        string="Remind on",
        readonly=True,
        copy=False,
        help="If nobody has opened the link by this day, a new one is sent.",
    )

    _self_assessment_who = models.Constraint(
        "CHECK((purpose = 'self_assessment') = (participant_id IS NOT NULL))",
        "Say who takes part in the self-assessment.",
    )

    # === ACTIONS === #

    def action_remind(self):
        """Send a new link to those who have not opened theirs yet."""
        waiting = self.filtered(
            lambda one: one.purpose == "self_assessment" and one.state == "open"
        )
        if not waiting:
            raise UserError(
                self.env._("Everybody has opened their link. Nobody needs reminding.")
            )
        return waiting._take("renew")

    # === BUSINESS METHODS === #

    def _is_managed(self):
        """Extend: whoever plans taking part knows whom it was sent to."""
        line = self.participant_id
        return super()._is_managed() or (bool(line) and line.has_access("write"))

    def _get_subject(self):
        return self.participant_id or super()._get_subject()

    def _took(self, name):
        """Extend: one reminder is enough."""
        result = super()._took(name)
        if name == "renew":
            # Follows from a step that was allowed.
            self.sudo().date_remind = False
        return result

    @api.model
    def _cron_remind(self):
        """Remind those who have not opened their link by the day it was said."""
        waiting = self.search(
            [
                ("purpose", "=", "self_assessment"),
                ("state", "=", "open"),
                ("date_remind", "<=", fields.Date.context_today(self)),
                ("date_end", ">=", fields.Date.context_today(self)),
            ]
        )
        refused = waiting._why_not_renew()
        waiting.filtered(lambda one: one not in refused)._take("renew")
