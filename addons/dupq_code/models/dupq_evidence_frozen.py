from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow import kept_with_cursor

# States in which an item may still be changed.
OPEN_STATES = ("proposed",)
# What was seen: fixed once somebody has accepted it.
CONTENT_FIELDS = frozenset(
    (
        "title",
        "note",
        "service_id",
        "statement_ids",
        "polarity",
        "date_seen",
        "perspective_id",
        "sensitivity",
        "consent",
        "tag_ids",
        "cqc_category",
        "external_url",
        "attachment_ids",
        "source_type",
        "res_model",
        "res_id",
    )
)
# What only the ledger itself may say.
OWN_FIELDS = frozenset(
    (
        "known_from",
        "known_to",
        "verified_by_id",
        "verified_date",
        "previous_version_id",
        "source_gone",
    )
)
# Key of what may be written once; kept with the cursor, never in a context.
OWN_WRITE = object()


class DupqEvidenceFrozen(models.AbstractModel):
    """What of an item of evidence may change, when, and by whom.

    A part of ``dupq.evidence``, in a file of its own. Its content is open while it
    is proposed and fixed afterwards; what the ledger notes by itself, such as since
    when it was known, is closed to everyone at all times. One door leads through
    both: ``_write_own``.
    """

    _name = "dupq.evidence.frozen"
    _description = "What stays of evidence"

    # Who stands for it, and since when we know
    verified_by_id = fields.Many2one(
        "res.users",
        string="Accepted by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    verified_date = fields.Date(string="Accepted on", readonly=True, copy=False)
    known_from = fields.Datetime(readonly=True, copy=False)
    known_to = fields.Datetime(string="Known until", readonly=True, copy=False)

    @api.model
    def _get_content_fields(self):
        """Extend to name more of what is fixed once somebody has accepted it."""
        return CONTENT_FIELDS

    @api.model
    def _get_own_fields(self):
        """Extend to name more of what only the ledger itself may say."""
        return OWN_FIELDS

    # === CRUD METHODS === #

    def _prepare_create_values(self, vals_list):
        """Override to refuse, defaults included, what only the ledger says."""
        result = super()._prepare_create_values(vals_list)
        own = self._get_own_fields()
        if any(vals.get(name) for vals in result for name in own):
            self._refuse_own()
        return result

    def write(self, vals):
        """Override to refuse what is fixed, to everyone but ``_write_own``."""
        if self.env.cr.cache.pop(OWN_WRITE, None) == (self._ids, set(vals)):
            return super().write(vals)
        self._check_not_fixed(vals)
        result = super().write(vals)
        self._changed(vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(item.state not in OPEN_STATES for item in self):
            raise UserError(
                self.env._(
                    "Evidence is kept once somebody has decided about it. "
                    "Withdraw it instead, and say why."
                )
            )

    # === BUSINESS METHODS === #

    def _changed(self, vals):
        """Extend to act once somebody, and not the ledger itself, changed these."""

    def _write_own(self, vals):
        """Write what only the ledger says, or correct what is fixed.

        The leave holds for these records and these very fields, and once: a hook
        that writes anything else while it is held is refused as ever.
        """
        with kept_with_cursor(self.env.cr, OWN_WRITE, (self._ids, set(vals))):
            return self.write(vals)

    def _check_not_fixed(self, vals):
        if self._get_own_fields() & vals.keys():
            self._refuse_own()
        content = self._get_content_fields() & vals.keys()
        if content and any(item.state not in OPEN_STATES for item in self):
            raise UserError(
                self.env._(
                    "Evidence does not change once somebody has decided about it. "
                    "Use Correct to make a new version."
                )
            )

    @api.model
    def _refuse_own(self):
        raise UserError(self.env._("This part of evidence is filled in by itself."))

    # === KNOWN FROM, KNOWN UNTIL === #

    def _note_accepted(self):
        """Note who accepted these items, and that we know of them from now on."""
        self._write_own(
            {
                "known_from": fields.Datetime.now(),
                "verified_by_id": self.env.uid,
                "verified_date": fields.Date.context_today(self),
            }
        )

    def _note_ended(self, when=None):
        """Note until when we held those of these items that were ever accepted.

        :param when: that moment in UTC; now, if not given
        """
        known = self.filtered("known_from")
        known._write_own({"known_to": when or fields.Datetime.now()})
