from typing import NamedTuple

from odoo import models
from odoo.tools import ormcache

from .publication_contents import AREA_PICTURES


class Card(NamedTuple):
    """A question as a page shows it."""

    id: int
    text: str
    area_id: int
    area: str
    picture: str


class DupqCodeCards(models.Model):
    """Keeps the questions of a Code in hand, for the many who answer them at once."""

    _inherit = "dupq.code"

    def _get_cards(self, company_id, kind):
        """The questions of the Code and of a company, in their order.

        :param kind: of the wording, "plain" or "easy_read"
        :return: a tuple of ``Card``
        """
        self.ensure_one()
        return self._get_cards_in(company_id, kind, self.env.lang)

    @ormcache("self.id", "company_id", "kind", "lang")
    def _get_cards_in(self, company_id, kind, lang):
        # Questions are for everybody of the company who is asked.
        model_sudo = self.env["dupq.code.question"].sudo()
        questions = model_sudo.with_context(lang=lang, dupq_wording_kind=kind).search(
            [("code_id", "=", self.id), ("company_id", "in", (False, company_id))]
        )
        return tuple(
            Card(
                id=one.id,
                text=one.shown_text,
                area_id=one.area_id.id,
                area=one.area_id.shown_name,
                picture=AREA_PICTURES.get(one.area_id.reference, "speech-balloon"),
            )
            for one in questions
        )
