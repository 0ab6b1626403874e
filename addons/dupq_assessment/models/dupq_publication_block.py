import secrets

from odoo import api, fields, models

from .. import digest
from .publication_contents import get_contents


class DupqPublicationBlock(models.Model):
    """One thing a published report says, with the salted hash of it.

    Its data are plain values, never markup: pages are made from them when read.
    """

    _name = "dupq.publication.block"
    _description = "Part of a Published Report"
    _order = "publication_id, sequence, id"

    publication_id = fields.Many2one(
        "dupq.publication", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="publication_id.company_id")
    sequence = fields.Integer(required=True)
    kind = fields.Char(required=True)
    data = fields.Json()
    salt = fields.Char(groups="base.group_system")
    digest = fields.Char(required=True)

    _sequence_uniq = models.Constraint(
        "UNIQUE(publication_id, sequence)", "Two blocks cannot have one place."
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        return super(DupqPublicationBlock, self._as_publisher()).create(vals_list)

    def write(self, vals):
        self.check_access("write")
        return super(DupqPublicationBlock, self._as_publisher()).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self.env["dupq.publication"]._refuse()

    @api.model
    def _as_publisher(self):
        publication = self.env["dupq.publication"]._as_publisher()
        return self.with_env(publication.env)

    # === BUSINESS METHODS === #

    def _holds(self):
        """Whether what the block says still has the hash it had at first."""
        self.ensure_one()
        # The salt is read to check the block, and is shown to nobody.
        block_sudo = self.sudo()
        content = {"kind": block_sudo.kind, "data": block_sudo.data}
        return block_sudo.digest == digest.block_hash(block_sudo.salt, content)

    @api.model
    def _get_contents(self, assessment, date):
        """Extend to say more in public: list of (kind, plain values), in order."""
        return get_contents(assessment, date)

    @api.model
    def _prepare_block(self, sequence, kind, data):
        salt = secrets.token_hex(16)
        return {
            "sequence": sequence,
            "kind": kind,
            "data": data,
            "salt": salt,
            "digest": digest.block_hash(salt, {"kind": kind, "data": data}),
        }
