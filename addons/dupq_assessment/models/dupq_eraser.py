from odoo import models
from odoo.fields import Domain

from .dupq_action_effect import PEOPLE_SUPPORTED


class DupqEraser(models.AbstractModel):
    """Also reaches what a person said, and what was published of it."""

    _inherit = "dupq.eraser"

    def _gather(self, roots):
        """Extend to add the voices of somebody who took part under their own name."""
        found = super()._gather(roots)
        for said in (self._find_voices(roots), self._find_links(roots)):
            more = super()._gather(said) if said else {}
            for model, records in more.items():
                found[model] = found.get(model, records.browse()) | records
        return found

    def _find_logins(self, roots):
        # Whoever erases need not be able to open what is erased.
        roots_sudo = roots.sudo().with_context(active_test=False)
        if "user_id" in roots_sudo._fields and self._is_ours(roots._name):
            return roots_sudo.user_id.partner_id
        return self.env["res.partner"].sudo()

    def _find_links(self, roots):
        """Personal links to the address of their login, by which they spoke.

        One address may be that of a whole household: of a person supported only what
        people supported were asked.
        """
        # As above.
        links_sudo = self.env["dupq.invitation"].sudo()
        addresses = self._find_logins(roots).mapped("email_normalized")
        domain = Domain("participant_id", "!=", False) & Domain("kind", "=", "personal")
        domain &= Domain("email", "in", list(filter(None, addresses)))
        if roots._name == "dupq.person":
            known = self.env["ir.model.data"]._xmlid_to_res_id(PEOPLE_SUPPORTED)
            domain &= Domain("participant_id.group_id", "=", known or 0)
        return links_sudo.search(domain)

    def _find_voices(self, roots):
        partners = self._find_logins(roots)
        # As above.
        voices_sudo = self.env["dupq.voice"].sudo()
        if not partners:
            return voices_sudo
        # A line for a whole group holds the words of others too.
        return voices_sudo.search(
            [
                "|",
                ("partner_id", "in", partners.ids),
                "&",
                "&",
                ("participant_id.partner_id", "in", partners.ids),
                ("participant_id.planned", "<=", 1),
                ("participant_id.actual", "<=", 1),
            ]
        )

    def _delete_hanging(self, found, hanging):
        """Extend to take back from the public first what was made from these."""
        publications = self.env["dupq.publication"]
        for records in found.values():
            # Who may erase was asked by whoever calls the eraser.
            blocks_sudo = publications._find_blocks(records)
            publications.sudo()._take_back_blocks(blocks_sudo, "asked")
        return super()._delete_hanging(found, hanging)
