from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.dupq_code.models.ir_attachment import FILE_FIELDS

# Key of the files that are taken back now; kept with the cursor, never in a context.
TAKEN_FILES = object()


class IrAttachment(models.Model):
    """Files of what is published stay as they are, until they are taken back."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Override to keep the files of published reports."""
        if FILE_FIELDS & vals.keys():
            self._refuse_published(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._refuse_published()

    def _refuse_published(self, vals=None):
        taken = self.env.cr.cache.get(TAKEN_FILES, ())
        # Only asks what a file belongs to; shows nothing of it.
        kept_sudo = self.sudo().filtered(
            lambda f: f.res_model == "dupq.publication.block" and f.id not in taken
        )
        if vals is not None:
            # Moving the storage writes the same content again.
            names = FILE_FIELDS & vals.keys()
            kept_sudo = kept_sudo.filtered(
                lambda f: any(f[name] != vals[name] for name in names)
            )
        if kept_sudo:
            raise UserError(
                self.env._(
                    "This file belongs to a published report and stays as it is."
                )
            )
