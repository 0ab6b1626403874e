from typing import NamedTuple

from odoo import models
from odoo.tools import ormcache


class LevelCard(NamedTuple):
    """A level of a scale as a page shows it."""

    id: int
    name: str
    picture: str
    share: float


class DupqRatingScaleCards(models.Model):
    """Keeps the levels of a scale in hand, for the many who choose one at once."""

    _inherit = "dupq.rating.scale"

    def _get_cards(self):
        """Its levels from the lowest to the highest: a tuple of ``LevelCard``."""
        return self._get_cards_in(self.env.lang) if self else ()

    @ormcache("self.id", "lang")
    def _get_cards_in(self, lang):
        return tuple(
            LevelCard(one.id, one.name, one.picture or "", one.share)
            for one in self.with_context(lang=lang).level_ids
        )
