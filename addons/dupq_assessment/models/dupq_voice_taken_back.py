from odoo import models
from odoo.exceptions import UserError


class DupqVoice(models.Model):
    """Whoever takes back what they agreed to, takes it out of what is published."""

    _inherit = "dupq.voice"

    def write(self, vals):
        """Override to take back from the public what a person takes back."""
        self._refuse_agreeing_again(vals)
        res = super().write(vals)
        if vals.get("consent") in ("no", "withdrawn"):
            # Everybody may take back their own words at any time, through whoever
            # writes it down for them and so may change the voice.
            self.env["dupq.publication"].sudo()._take_back(self)
        return res

    def _refuse_agreeing_again(self, vals):
        """Who took their words back agrees again themselves, or in new words."""
        # By their own link or account people come in sudo mode.
        if vals.get("consent", "withdrawn") == "withdrawn" or self.env.su:
            return
        if any(voice.consent == "withdrawn" for voice in self):
            raise UserError(
                self.env._(
                    "They took back what they had agreed to, so these words stay out. "
                    "If they want to say it again, write it down as new words."
                )
            )
