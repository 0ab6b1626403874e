from odoo import models

from .dupq_assessment_part import OPEN_STATES

# What may be taken back at any time, whatever has been completed or published.
CONSENT_FIELDS = frozenset(("consent", "date_consent"))
# What clearing a quote changes: the consent, that nobody is named, whether it is out.
CLEARED_FIELDS = CONSENT_FIELDS | {"is_anonymised", "is_printed"}
# The first words of a quote, to know it again.
SHOWN_LETTERS = 60


class DupqVoiceCleared(models.AbstractModel):
    """A quote is cleared until it is published: nothing else of it is changed then.

    A part of ``dupq.voice``, in a file of its own.
    """

    _name = "dupq.voice.cleared"
    _description = "Quote to Clear"

    def action_take_out(self):
        """Do not print it after all; the words stay with the self-assessment."""
        self.is_printed = False

    def _get_what_lacks(self):
        """Its first words, whose they are, and what it lacks to be printed."""
        self.ensure_one()
        _ = self.env._
        words = " ".join((self.words or "").split())
        lacks = []
        if not words:
            lacks.append(_("no words yet"))
        if self.consent != "yes":
            consents = dict(self._fields["consent"]._description_selection(self.env))
            lacks.append(consents[self.consent].lower())
        if not self.is_anonymised:
            lacks.append(_("not looked at for names"))
        return _(
            "“%(words)s” (%(group)s): %(lacks)s",
            words=words[:SHOWN_LETTERS] or _("a picture, sound or film"),
            group=self.group_id.name,
            lacks=", ".join(lacks),
        )

    def _is_always_open(self, vals):
        """Extend: a completed quote is cleared, or taken out, until it is published."""
        if super()._is_always_open(vals):
            return True
        if not vals.keys() <= CLEARED_FIELDS or vals.get("is_printed"):
            return False
        # The state decides, whoever may read the self-assessment.
        states = self.sudo().assessment_id.mapped("state")
        return set(states) <= {*OPEN_STATES, "completed"}
