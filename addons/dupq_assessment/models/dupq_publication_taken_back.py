from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.dupq_code.const import QUALITY_LEAD
from odoo.addons.dupq_code.dates import long_date
from odoo.addons.dupq_code.workflow import kept_with_cursor

from .ir_attachment import TAKEN_FILES
from .publication_key import PUBLISH_SENTINEL
from .publication_media import kept_files


class DupqPublicationTakenBack(models.AbstractModel):
    """How words come out of what was published: the one door through its lock.

    A part of ``dupq.publication``, in a file of its own. Of a block, the words, the
    files and the salt go; its hash stays, with the day. So the seal still holds, and
    nobody can find out from the hash what had been said.
    """

    _name = "dupq.publication.taken.back"
    _description = "What was Taken Back from a Published Report"

    @api.model
    def _take_back(self, records, reason="asked"):
        """Erase from all that is published what was made from these records.

        Whoever calls it in sudo mode says why that person may: the quality lead may,
        and everybody for what they said themselves.

        :param records: the records it was made from, such as voices
        :param reason: one of the reasons of ``dupq.erasure``
        :return: the publications from which something was taken
        """
        self._check_may_take_back()
        blocks_sudo = self._find_blocks(records)
        if not self.env.su:
            blocks_sudo.publication_id.sudo(False).check_access("read")
        return self._take_back_blocks(blocks_sudo, reason)

    @api.model
    def _check_may_take_back(self):
        if not (self.env.su or self.env.user.has_group(QUALITY_LEAD)):
            raise AccessError(
                self.env._(
                    "Only a quality lead takes back what is published, or the person "
                    "who said it."
                )
            )

    @api.model
    def _find_blocks(self, records):
        """What was made from these records and is still there, in sudo mode."""
        # Links to sources are kept for this alone; who may ask was asked before.
        return (
            self.env["dupq.publication.block"]
            .sudo()
            .search(
                [
                    ("source_model", "=", records._name),
                    ("source_id", "in", records.ids),
                    ("erased_on", "=", False),
                ],
                order="id",
            )
        )

    @api.model
    def _take_back_blocks(self, blocks_sudo, reason):
        """Leave of these blocks their hash and the day; make the editions anew."""
        publications_sudo = blocks_sudo.publication_id
        if not blocks_sudo:
            return publications_sudo
        blocks_sudo.lock_for_update()
        repeats = self._find_repeats(blocks_sudo)
        files_sudo = kept_files(blocks_sudo)
        file_count = len(files_sudo)
        with kept_with_cursor(self.env.cr, TAKEN_FILES, frozenset(files_sudo.ids)):
            files_sudo.unlink()
        for publication_sudo in publications_sudo:
            some = blocks_sudo & publication_sudo.block_ids
            some.with_context(dupq_publish=PUBLISH_SENTINEL).write(
                {
                    "data": False,
                    "salt": False,
                    "source_model": False,
                    "source_id": False,
                    "erased_on": fields.Date.context_today(publication_sudo),
                }
            )
            self.env["dupq.erasure"]._note(
                publication_sudo, "record", reason, len(some), len(some), file_count
            )
            publication_sudo._say_taken_back(len(some), repeats & some)
        publications_sudo._renew_editions()
        return publications_sudo

    @api.model
    def _find_repeats(self, blocks_sudo):
        """Those of these whose words stand once more elsewhere in their report.

        Nobody's text is cut by a machine: the quality lead is told to look.
        """
        found = blocks_sudo.browse()
        for block in blocks_sudo:
            others = block.publication_id.block_ids - blocks_sudo
            texts = [flat(other.data) for other in others]
            for words in filter(None, (spoken(block.data), short_spoken(block.data))):
                if any(words in text for text in texts):
                    found |= block
        return found

    def _say_taken_back(self, count, repeats):
        """Note on the self-assessment that something went, never what."""
        self.ensure_one()
        assessment_sudo = self.assessment_id
        if not assessment_sudo:
            return
        words = self.env._(
            "%(count)s parts of version %(version)s were taken back from the public.",
            count=count,
            version=self.version,
        )
        # Nobody sees from this who took back their words.
        author = self.env.ref("base.partner_root")
        assessment_sudo.message_post(body=words, author_id=author.id)
        if repeats:
            assessment_sudo.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=assessment_sudo.lead_id.id,
                summary=self.env._(
                    "Words that a person took back stand in another part of the "
                    "report too: correct it"
                ),
            )

    def _renew_editions(self):
        """Extend: whatever was made from the blocks is made anew."""

    # === READING === #

    def _get_taken_back(self):
        """The tombstones by kind: ``{kind: [day in words]}``."""
        stones = {}
        for block in self.block_ids:
            if block.erased_on:
                day = long_date(self.env, block.erased_on)
                stones.setdefault(block.kind, []).append(day)
        return stones


def flat(data):
    """All that a block says as one line of small letters.

    >>> flat({"a": ["One  two", {"b": "Three"}], "n": 1})
    'one two three'
    """
    if isinstance(data, dict):
        return " ".join(filter(None, map(flat, data.values())))
    if isinstance(data, list):
        return " ".join(filter(None, map(flat, data)))
    return " ".join(data.lower().split()) if isinstance(data, str) else ""


def spoken(data):
    """The words of a block that are long enough to be known again.

    >>> spoken({"words": "Yes."}), spoken({"words": "I choose who comes."})
    ('', 'i choose who comes.')
    """
    return _long_enough(data, "words")


def short_spoken(data):
    """The same of the short words that were agreed with who said it.

    >>> short_spoken({"short_words": "I choose who comes."}), short_spoken(None)
    ('i choose who comes.', '')
    """
    return _long_enough(data, "short_words")


def _long_enough(data, name):
    words = flat(data.get(name)) if isinstance(data, dict) else ""
    return words if len(words) >= 12 else ""
