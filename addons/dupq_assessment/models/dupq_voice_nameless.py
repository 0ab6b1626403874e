from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# What would lead to whoever said it.
TELLING_FIELDS = ("partner_id", "invitation_id", "participant_id")
# Of whoever no longer wants to be known.
NOBODY = {"is_anonymous": True, **dict.fromkeys(TELLING_FIELDS, False)}


class DupqVoiceNameless(models.AbstractModel):
    """Keeps nothing of whoever does not want to be known.

    Neither who, nor by which link, nor the hour: only the day, the group and what
    was said. Pages keep voices in the name of nobody, even where the browser is
    signed in. A part of ``dupq.voice``, in a file of its own.
    """

    _name = "dupq.voice.nameless"
    _description = "Said without a name"

    _nameless = models.Constraint(
        "CHECK(NOT is_anonymous OR (partner_id IS NULL AND invitation_id IS NULL "
        "AND participant_id IS NULL))",
        "What was said without a name does not lead to anybody.",
    )

    @api.constrains("is_anonymous", *TELLING_FIELDS)
    def _check_is_anonymous(self):
        for voice in self.filtered("is_anonymous"):
            if any(voice[name] for name in TELLING_FIELDS):
                raise ValidationError(
                    self.env._("What was said without a name does not lead to anybody.")
                )

    def _by_nobody(self):
        """These in the name of nobody: for our pages, which know who may speak."""
        # A link, or the portal, gave the right; whoever is signed in signs nothing.
        # Its number, which Odoo remembers: for each answer that comes in.
        nobody = self.env["ir.model.data"]._xmlid_to_res_id("base.public_user")
        voices_sudo = self.with_user(nobody).sudo()
        # Of nobody, only whose company it is will be asked.
        voices_sudo.env.user.fetch(("company_id",))
        return voices_sudo

    def _forget_the_hour(self):
        """Leave of the hour at which it was said nothing but the day.

        What looks for changes since a moment still finds it: the last change counts
        as the end of the day.
        """
        self.env.flush_all()
        files = self.attachment_ids
        for records in (self, files):
            if not records:
                continue
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = date_trunc('day', create_date), "
                    "write_date = date_trunc('day', write_date) + interval '1 day' "
                    "WHERE id = ANY(%s)",
                    SQL.identifier(records._table),
                    records.ids,
                )
            )
            records.invalidate_recordset(["create_date", "write_date"])

    @api.model
    def _say(self, values, is_new=False):
        """Keep what somebody said at a page of ours: the one door for pages.

        :param values: of the voice; with ``is_anonymous``, nothing of who it was
        :param is_new: nothing has come by its key, as somebody has looked already
        :return: the voice, or nothing when it had arrived before
        """
        if values.get("is_anonymous"):
            values = {k: v for k, v in values.items() if k not in TELLING_FIELDS}
        voice = self._by_nobody()._create_once([values], is_new)
        if voice.is_anonymous:
            voice._forget_the_hour()
        return voice

    def _say_again(self, values, is_nameless=False):
        """Change what somebody said at a page of ours, as long as it is open.

        Nobody has looked for names in what is new, nor agreed to it in short words.

        :param is_nameless: they no longer want it to be kept who said it
        """
        self.ensure_one()
        voice = self._by_nobody()
        words = values.get("words", voice.words) or ""
        if words != (voice.words or ""):
            values = {**values, "is_anonymised": False, "short_words": False}
        if "attachment_ids" in values:
            values = {**values, "is_anonymised": False}
        if is_nameless:
            values = {**values, **NOBODY}
        voice.write(values)
        if is_nameless:
            voice._forget_the_hour()

    def _say_no_more(self):
        """Delete what somebody said at a page of ours, and has emptied there."""
        # They take back their own words, also where an earlier report holds them.
        self.env["dupq.publication"].sudo()._take_back(self)
        self._by_nobody().unlink()
