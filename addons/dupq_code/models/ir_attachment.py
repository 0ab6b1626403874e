from odoo import api, models
from odoo.exceptions import UserError

from .dupq_eraser import ERASED_FILES

# What a file is and where it belongs.
FILE_FIELDS = frozenset(
    (
        "checksum",
        "datas",  # codespell:ignore
        "db_datas",
        "mimetype",
        "name",
        "raw",
        "res_field",
        "res_id",
        "res_model",
        "store_fname",
        "type",
        "url",
    )
)


class IrAttachment(models.Model):
    """Files of evidence stay as they were when the evidence was decided about."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Override to keep the files of decided evidence."""
        if FILE_FIELDS & vals.keys():
            self._refuse_frozen_evidence(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen_evidence(self):
        self._refuse_frozen_evidence()

    def _refuse_frozen_evidence(self, vals=None):
        """Refuse to change, or to delete, files of decided evidence."""
        # Only asks whether the item was decided about; shows nothing of it.
        files_sudo = self.sudo()
        erased = self.env.cr.cache.get(ERASED_FILES, ())
        files_sudo = files_sudo.filtered(
            lambda f: f.res_model == "dupq.evidence" and f.id not in erased
        )
        if vals is not None:
            # Moving the storage writes the same content again.
            names = FILE_FIELDS & vals.keys()
            files_sudo = files_sudo.filtered(
                lambda f: any(f[name] != vals[name] for name in names)
            )
        if files_sudo and self.env["dupq.evidence"].sudo().search_count(
            [("attachment_ids", "in", files_sudo.ids), ("state", "!=", "proposed")],
            limit=1,
        ):
            raise UserError(
                self.env._(
                    "This file belongs to evidence that somebody has decided about. "
                    "It is kept as it is."
                )
            )
