from odoo import fields, models
from odoo.exceptions import UserError


class DupqEvidenceVersion(models.AbstractModel):
    """How accepted evidence is corrected: by a version that replaces it.

    A part of ``dupq.evidence``, in a file of its own. The new version is a proposal
    like any other; the moment it is accepted, the one before it is superseded.
    """

    _name = "dupq.evidence.version"
    _description = "Version of evidence"

    previous_version_id = fields.Many2one(
        "dupq.evidence",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    # === ACTIONS === #

    def action_correct(self):
        """Open a new version of this item, which replaces it once accepted."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("accepted", "disputed"):
            raise UserError(
                self.env._("Only evidence that was accepted needs a new version.")
            )
        version = self.next_version_ids.filtered(lambda item: item.state == "proposed")
        return (version or self._create_version())._get_form_action()

    # === GUARDS === #

    def _why_not_supersede(self):
        """Nothing is replaced but by a newer version that was accepted."""
        return {
            item: self.env._("Only a newer version that was accepted replaces it.")
            for item in self
            if "accepted" not in item.next_version_ids.mapped("state")
        }

    # === BUSINESS METHODS === #

    def _create_version(self):
        """A proposal with the same content and source, linked to this item."""
        version = self.create(self.copy_data()[0])
        version._write_own(
            {
                "previous_version_id": self.id,
                "source_type": self.source_type,
                "res_model": self.res_model,
                "res_id": self.res_id,
                "attachment_ids": self.attachment_ids.ids,
            }
        )
        return version

    def _replace_previous(self):
        """The versions before these are replaced, and no more visible than they."""
        self.previous_version_id._take("supersede")
        confidential = self.filtered(lambda item: item.sensitivity == "confidential")
        versions = confidential
        while versions := versions.previous_version_id:
            versions._write_own({"sensitivity": "confidential"})
