import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.dupq_code.models.dupq_invitation import ALIVE, DAYS

SEPARATORS = re.compile(r"[\s,;]+")
# More than this many mails are made in several goes.
MOST_AT_ONCE = 500


class DupqAssessmentInvite(models.TransientModel):
    """Asks whom to invite to a self-assessment, and sends each a link of their own."""

    _name = "dupq.assessment.invite"
    _description = "Invite to a Self-assessment"

    participant_id = fields.Many2one(
        "dupq.assessment.participant", string="Who", required=True, readonly=True
    )
    kind = fields.Selection(
        selection=lambda self: self.env["dupq.invitation"]._fields["kind"].selection,
        default="personal",
        required=True,
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Contacts", domain=[("email", "!=", False)]
    )
    emails = fields.Text(
        string="Other e-mail addresses",
        help="One on each line, or with commas or semicolons between them.",
    )
    date_end = fields.Date(
        string="Works until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
    )
    date_remind = fields.Date(
        string="Remind on",
        default=lambda self: fields.Date.context_today(self) + timedelta(days=10),
        help="Whoever has not opened the link by this day gets a new one.",
    )
    number = fields.Integer(string="Links to send", compute="_compute_number")

    @api.depends("partner_ids", "emails")
    def _compute_number(self):
        for one in self:
            one.number = len(one._get_addresses()[0])

    def _get_addresses(self):
        """The addresses, each once, and what was typed that is none."""
        typed = [part for part in SEPARATORS.split(self.emails or "") if part]
        typed += [partner.email for partner in self.partner_ids if partner.email]
        good = {part: email_normalize(part) for part in typed}
        wrong = [part for part, address in good.items() if not address]
        return list(dict.fromkeys(filter(None, good.values()))), wrong

    def action_send(self):
        """Send the links; say what was not sent, and why."""
        self.ensure_one()
        # Who has a link already is said below: only to those who may send one.
        self.participant_id.check_access("write")
        addresses, wrong = self._get_addresses()
        self._check_addresses(addresses, wrong)
        known = self._get_invited(addresses)
        refused = {}
        sent = 0
        for address in addresses:
            if address in known:
                continue
            try:
                with self.env.cr.savepoint():
                    self._invite(address)
                sent += 1
            except UserError as error:
                refused[address] = str(error)
        if refused and not sent:
            raise UserError("\n".join(f"{who}: {why}" for who, why in refused.items()))
        return self._tell(sent, len(known), refused)

    def _check_addresses(self, addresses, wrong):
        if wrong:
            raise UserError(
                self.env._(
                    "These are no e-mail addresses: %(words)s", words=", ".join(wrong)
                )
            )
        if not addresses:
            raise UserError(
                self.env._("Write one e-mail address, such as name@example.com.")
            )
        if len(addresses) > MOST_AT_ONCE:
            raise UserError(
                self.env._("Send at most %(most)s links at once.", most=MOST_AT_ONCE)
            )
        if self.date_end < fields.Date.context_today(self):
            raise UserError(self.env._("The last day of the link is over already."))

    def _get_invited(self, addresses):
        """Those of these addresses to which a link went that still works."""
        if self.kind == "group":
            return set()
        # Asks only which of the typed addresses have a link to this already.
        found = (
            self.env["dupq.invitation"]
            .sudo()
            .search(
                [
                    ("participant_id", "=", self.participant_id.id),
                    ("kind", "=", "personal"),
                    ("state", "in", ALIVE),
                    ("date_end", ">=", fields.Date.context_today(self)),
                    ("email", "in", addresses),
                ]
            )
        )
        return set(found.mapped("email"))

    def _invite(self, address):
        self.env["dupq.invitation"]._invite(
            self.participant_id,
            "self_assessment",
            address,
            kind=self.kind,
            date_end=self.date_end,
            date_remind=self.date_remind if self.kind == "personal" else False,
        )

    def _tell(self, sent, known, refused):
        lines = [self.env._("Links on their way: %(sent)s.", sent=sent)]
        if known:
            lines.append(
                self.env._("Have a link that works already: %(known)s.", known=known)
            )
        lines += [
            self.env._("Not sent to %(who)s: %(why)s", who=who, why=why)
            for who, why in refused.items()
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "message": "\n".join(lines),
                "sticky": bool(refused),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
