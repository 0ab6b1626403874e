import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dupq_code import uploads

from .. import report_file
from ..const import MOST_FILM
from .own_files import keep_own_files


class DupqVoiceFiles(models.AbstractModel):
    """Pictures, sounds and films of what people said: what they are, and no more.

    No name and no label is believed, whoever sends a file: what may be printed one day
    holds no program, no place and no device. A part of ``dupq.voice``.
    """

    _name = "dupq.voice.files"
    _description = "Files of Voices"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Picture, sound or film",
        copy=False,
        help="A card that was scanned may be a PDF.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to keep files with the words they belong to."""
        voices = super().create(vals_list)
        keep_own_files(voices, "attachment_ids")
        voices._look_at_files()
        return voices

    def write(self, vals):
        """Override to keep files with the words they belong to."""
        if "attachment_ids" not in vals:
            return super().write(vals)
        # Only which they are: what was looked at is not drawn a second time.
        known_ids = self.sudo().attachment_ids.ids
        res = super().write(vals)
        keep_own_files(self, "attachment_ids")
        self._look_at_files(known_ids)
        return res

    # === BUSINESS METHODS === #

    def _look_at_files(self, known_ids=()):
        """Keep of each new file what it is by its content, or refuse it."""
        # Our own pages looked at what guests send before it came here.
        if self.env.su:
            return
        # Theirs: see ``keep_own_files``.
        for file_sudo in self.sudo().attachment_ids.sorted("id"):
            if file_sudo.id in known_ids:
                continue
            content, mimetype, ending = self._look_at(file_sudo)
            stem = file_sudo.name.rpartition(".")
            file_sudo.write(
                {
                    "raw": content,
                    "mimetype": mimetype,
                    "name": f"{stem[0] or stem[2]}.{ending}",
                }
            )

    @api.model
    def _look_at(self, file):
        """What may be kept of a file, its type and the ending of its name."""
        content = file.raw or b""
        try:
            if upload := uploads.accept(io.BytesIO(content), MOST_FILM, film=True):
                return upload.content, upload.mimetype, upload.extension
        except uploads.RefusedUpload as refused:
            # A scanned card is no picture, but a paper.
            if refused.reason == uploads.UNKNOWN and content.startswith(b"%PDF-"):
                return report_file.take(content)
            raise UserError(self._refused_words(file, refused.reason)) from refused
        raise UserError(self.env._("“%(name)s” is empty.", name=file.name))

    @api.model
    def _refused_words(self, file, reason):
        """Say why a file is not taken, and what to do."""
        if reason == uploads.TOO_BIG:
            return self.env._(
                "“%(name)s” is too big. A film can have up to %(film)s MB, a picture "
                "or a sound %(other)s MB. Make it shorter or smaller, please.",
                name=file.name,
                film=MOST_FILM // uploads.MEGABYTE,
                other=uploads.MOST_BYTES // uploads.MEGABYTE,
            )
        if reason == uploads.TOO_LARGE:
            return self.env._(
                "The picture “%(name)s” is too large. Make it smaller, please.",
                name=file.name,
            )
        if reason == uploads.BROKEN:
            return self.env._(
                "“%(name)s” cannot be opened. Choose another file, please.",
                name=file.name,
            )
        return self.env._(
            "“%(name)s” is not a picture, a sound or a film, whatever its name says. "
            "Choose another file, please.",
            name=file.name,
        )
