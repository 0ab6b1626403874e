from odoo import fields, models
from odoo.fields import Command

WAITING = ("outgoing", "exception")


class DupqInvitationMail(models.AbstractModel):
    """What is mailed about an invitation, as long as it may be.

    A part of ``dupq.invitation``, in a file of its own. Always in sudo mode: a
    link or a code is read by the person it is sent to and by nobody else.
    """

    _name = "dupq.invitation.mail"
    _description = "Mails of an invitation"

    mail_ids = fields.Many2many(
        "mail.mail",
        "dupq_invitation_mail_rel",
        "invitation_id",
        "mail_id",
        copy=False,
        groups=fields.NO_ACCESS,
    )

    def _mail(self, template, secret):
        """Put a mail with a link or a code in the queue, and have it sent now.

        It belongs to no record and to nobody's messages, and is deleted once sent.
        What was waiting before is not sent any more.
        """
        self.ensure_one()
        self._stop_mail()
        template = self.env.ref(template).with_context(secret=secret)
        mail_id = template.send_mail(
            self.id,
            email_values={
                "model": False,
                "res_id": False,
                "record_name": False,
                "auto_delete": True,
                "author_id": self.env.ref("base.partner_root").id,
            },
        )
        self.mail_ids = [Command.link(mail_id)]
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _stop_mail(self):
        """Whatever waits to be mailed is not mailed, and its secret forgotten."""
        self.mail_ids.filtered(lambda mail: mail.state in WAITING).unlink()
