from odoo import models

from ..models.dupq_code_note import ITEM_FIELD_OF


class BaseLanguageImport(models.TransientModel):
    """A file of terms cannot reword a published Code in its own language."""

    _inherit = "base.language.import"

    def import_lang(self):
        """Import the terms, unless they change what publishing has frozen."""
        is_source = self.env["dupq.code.frozen"]._is_source_lang
        langs = [code for code in self.mapped("code") if is_source(code)]
        before = self._get_frozen_texts(langs)
        res = super().import_lang()
        self.env.invalidate_all()
        for (record_sudo, lang), texts in self._get_frozen_texts(langs).items():
            if texts != before[record_sudo, lang]:
                record_sudo._refuse_frozen()
        return res

    def _get_frozen_texts(self, langs):
        """What each part of a published edition says in these languages."""
        texts = {}
        for model_name in ("dupq.code", *ITEM_FIELD_OF) if langs else ():
            # Compared with each other, and shown to nobody.
            records_sudo = self.env[model_name].sudo().search([("id", "!=", False)])
            frozen_sudo = records_sudo._frozen_part()
            names = frozen_sudo._frozen_fields
            for lang in langs:
                for record_sudo in frozen_sudo.with_context(lang=lang):
                    texts[record_sudo, lang] = [record_sudo[name] for name in names]
        return texts
