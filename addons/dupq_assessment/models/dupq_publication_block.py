import secrets

from odoo import api, fields, models

from .. import digest
from .publication_contents import get_contents, get_left_out
from .publication_media import copy_media, media_hashes


class DupqPublicationBlock(models.Model):
    """One thing a published report says, with the salted hash of it.

    Its data are plain values, never markup: pages are made from them when read. What
    was taken back leaves its hash and the day it went: see ``_take_back``.
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
    erased_on = fields.Date(
        string="Taken back on",
        help="On this day its words and files were erased. Its hash stays.",
    )

    # From which record it was made, so that it can be found to be taken back
    source_model = fields.Char(groups="base.group_system")
    source_id = fields.Many2oneReference(
        model_field="source_model", groups="base.group_system"
    )

    _source_idx = models.Index("(source_model, source_id) WHERE source_id IS NOT NULL")
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
        """Whether what the block says still has the hash it had at first.

        Of what was taken back only the hash is left, and the seal is over that.
        """
        self.ensure_one()
        # The salt is read to check the block; here it is shown to nobody.
        block_sudo = self.sudo()
        if block_sudo.erased_on and not block_sudo.salt:
            return not block_sudo.data
        content = {"kind": block_sudo.kind, "data": block_sudo.data}
        if block_sudo.digest != digest.block_hash(block_sudo.salt, content):
            return False
        return media_hashes(block_sudo) == [
            one["sha256"] for one in block_sudo._get_media_data()
        ]

    def _get_media_data(self):
        """What the block says of its pictures, sounds and films."""
        self.ensure_one()
        return self.data.get("media", []) if isinstance(self.data, dict) else []

    @api.model
    def _get_contents(self, assessment, date):
        """Extend to say more in public: list of (kind, plain values), in order.

        A third part names the record it came from, where it may be taken back.
        """
        return get_contents(assessment, date)

    @api.model
    def _get_left_out(self, assessment):
        """Numbers that other reports make telling: {words: [names of reports]}."""
        return get_left_out(assessment)

    @api.model
    def _prepare_block(self, sequence, kind, data, source=None):
        salt = secrets.token_hex(16)
        return {
            "source_model": source._name if source else False,
            "source_id": source.id if source else False,
            "sequence": sequence,
            "kind": kind,
            "data": data,
            "salt": salt,
            "digest": digest.block_hash(salt, {"kind": kind, "data": data}),
        }

    def _keep_media(self):
        """Keep a copy of the files of each source: the originals may change."""
        for block in self:
            if block._get_media_data():
                source = self.env[block.source_model].browse(block.source_id)
                copy_media(source, block)
