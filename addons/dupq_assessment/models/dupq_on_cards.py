from odoo import api, models


class DupqOnCards(models.AbstractModel):
    """Something of which cards are kept in hand: they are made anew when it changes."""

    _name = "dupq.on.cards"
    _description = "Shown on cards"

    @api.model_create_multi
    def create(self, vals_list):
        """Override to make the cards anew."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override to make the cards anew."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override to make the cards anew."""
        self.env.registry.clear_cache()
        return super().unlink()
