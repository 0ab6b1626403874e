from odoo import api, models


class DupqRemembered(models.AbstractModel):
    """Something by which answers are kept in hand: they are found anew when it changes.

    For models of few records that change seldom, and of which much is asked.
    """

    _name = "dupq.remembered"
    _description = "Remembered until it changes"

    @api.model_create_multi
    def create(self, vals_list):
        """Override to forget what was kept in hand."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override to forget what was kept in hand."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override to forget what was kept in hand."""
        self.env.registry.clear_cache()
        return super().unlink()
