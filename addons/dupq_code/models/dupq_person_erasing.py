from odoo import api, models
from odoo.exceptions import AccessError

from ..const import ADMINISTRATOR


class DupqPersonErasing(models.Model):
    """A person's right to be forgotten: the words go, the figures stay."""

    _name = "dupq.person"
    _inherit = ["dupq.person"]

    def action_erase(self):
        """Open the dialog that says what would be erased, and asks for certainty."""
        self.ensure_one()
        self._check_may_erase()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase"),
            "res_model": "dupq.person.erase",
            "view_mode": "form",
            "target": "new",
            # Only the reference, for somebody who may erase.
            "context": {"default_reference": self.sudo().reference},
        }

    def _may_erase(self):
        """Administrators may, and whoever manages the person's service today."""
        self.ensure_one()
        if self.env.user.has_group(ADMINISTRATOR):
            # The company only: an administrator does not read the person.
            return self.sudo().company_id in self.env.companies
        return self.has_access("write")

    def _check_may_erase(self):
        if not self._may_erase():
            raise AccessError(
                self.env._(
                    "Only an administrator, or who manages the person's service today, "
                    "may erase a person."
                )
            )

    @api.model
    def _find_to_erase(self, reference):
        """The person of a reference whom the user may erase, or none."""
        # Only the reference is asked; who may erase is asked of each person.
        people_sudo = self.sudo().with_context(active_test=False)
        found = people_sudo.search([("reference", "=", (reference or "").strip())])
        return found.sudo(False).filtered(lambda person: person._may_erase())[:1]

    def _erase(self, reason):
        """Forget the person: the deliberate, logged door through every lock."""
        self.ensure_one()
        self._check_may_erase()
        # Asked above; what is erased need not be readable to who erases it.
        person_sudo = self.sudo()
        names = (person_sudo.preferred_name, person_sudo.reference)
        self.env["dupq.eraser"]._erase(self, "person", reason, names)
        person_sudo.write(
            {
                "reference": self.env["ir.sequence"].sudo().next_by_code("dupq.person"),
                "user_id": False,
                "active": False,
            }
        )
