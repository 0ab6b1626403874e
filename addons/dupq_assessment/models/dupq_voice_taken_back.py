from odoo import models


class DupqVoice(models.Model):
    """Whoever takes back what they agreed to, takes it out of what is published."""

    _inherit = "dupq.voice"

    def write(self, vals):
        """Override to take back from the public what a person takes back."""
        res = super().write(vals)
        if vals.get("consent") in ("no", "withdrawn"):
            # Everybody may take back their own words at any time, through whoever
            # writes it down for them and so may change the voice.
            self.env["dupq.publication"].sudo()._take_back(self)
        return res
