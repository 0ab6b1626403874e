from odoo import models


class DupqEraser(models.AbstractModel):
    """Also reaches what a person said, and what was published of it."""

    _inherit = "dupq.eraser"

    def _gather(self, roots):
        """Extend to add the voices of somebody who took part under their own name."""
        found = super()._gather(roots)
        voices = self._find_voices(roots)
        more = super()._gather(voices) if voices else {}
        for model, records in more.items():
            found[model] = found.get(model, records.browse()) | records
        return found

    def _find_voices(self, roots):
        # Whoever erases need not be able to open what is erased.
        roots_sudo = roots.sudo().with_context(active_test=False)
        partners = self.env["res.partner"].sudo()
        if "user_id" in roots_sudo._fields and self._is_ours(roots._name):
            partners |= roots_sudo.user_id.partner_id
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
