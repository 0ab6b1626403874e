import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)


class DupqStaffFeedbackMail(models.Model):
    """Adds that those who may speak get a link, and a new one while nothing came."""

    _name = "dupq.staff.feedback"
    _inherit = ["dupq.staff.feedback"]

    @api.model
    def _invite_to_speak(self):
        """Send the links for what is asked, and not due yet, and not mailed yet."""
        today = fields.Date.context_today(self)
        asked = self.search(
            Domain("state", "=", "asked")
            & Domain("person_id.active", "=", True)
            & Domain("date_invited", "=", False)
            & Domain("date_due", ">=", today)
        )
        return asked._send_links()

    def _send_links(self):
        """Send one link to each who is asked any of these, for all of them.

        To the person, and to those whom they want; to nobody while the person has
        not agreed, or when no address is known. They are few for each person, so
        they are mailed one by one.

        :return: those about which somebody got a link
        """
        person_model = self.env["dupq.person"]
        agreed = self.person_id._get_agreed(self._consent)
        helpers = person_model._search_helpers(
            self._purpose, [("person_id", "in", agreed.ids)]
        ).grouped("person_id")
        sent = self.browse()
        for person in agreed:
            for member in [self.env["dupq.circle.member"], *helpers.get(person, ())]:
                mine = self & self._search_open_for(person, member.id)
                if mine and mine._try_link(person, member):
                    sent |= mine
        sent.date_invited = fields.Date.context_today(self)
        return sent

    def _try_link(self, person, member):
        """Whether it was sent; what stands in its way keeps it from no one else."""
        try:
            with self.env.cr.savepoint():
                return self._send_link(person, member)
        except UserError:
            _logger.warning("No link about %s could be sent", person, exc_info=True)
            return False

    def _send_link(self, person, member):
        partner = member.partner_id if member else person.user_id.partner_id
        email = email_normalize(partner.email)
        return email and self.env["dupq.invitation"]._send_again(
            person,
            self._purpose,
            email,
            circle_member=member,
            since=min(self.mapped("date_asked")),
        )
