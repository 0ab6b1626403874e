from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..models.dupq_invitation import DAYS


class DupqInvitationSend(models.TransientModel):
    """Asks whom to send a link, and sends it."""

    _name = "dupq.invitation.send"
    _description = "Invite by a link"

    person_id = fields.Many2one("dupq.person", required=True, readonly=True)
    purpose = fields.Selection(
        selection=lambda self: self.env["dupq.invitation"]._fields["purpose"].selection,
        string="What for",
        default="choosing",
        required=True,
    )
    kind = fields.Selection(
        selection=lambda self: self.env["dupq.invitation"]._fields["kind"].selection,
        default="personal",
        required=True,
    )
    circle_member_id = fields.Many2one(
        "dupq.circle.member",
        string="Member of the circle",
        domain="[('person_id', '=', person_id), ('state', '=', 'agreed')]",
        help="Nobody here means that it is for the person. Only those whom the person "
        "wants are listed.",
    )
    email = fields.Char(
        string="Send it to",
        compute="_compute_email",
        store=True,
        readonly=False,
        required=True,
    )
    date_end = fields.Date(
        string="Works until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
    )

    @api.depends("person_id", "circle_member_id")
    def _compute_email(self):
        for one in self:
            member = one.circle_member_id
            partner = member.partner_id if member else one.person_id.user_id.partner_id
            # Whoever manages the person knows how to reach those around them.
            one.email = partner.sudo().email

    def action_send(self):
        """Send the link."""
        self.ensure_one()
        email = email_normalize(self.email)
        if not email:
            raise UserError(
                self.env._("Write one e-mail address, such as name@example.com.")
            )
        if self.date_end < fields.Date.context_today(self):
            raise UserError(self.env._("The last day of the link is over already."))
        self.env["dupq.invitation"]._invite(
            self.person_id,
            self.purpose,
            email,
            circle_member=self.circle_member_id,
            kind=self.kind,
            date_end=self.date_end,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The link is on its way."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
