from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dupq_code_note import ITEM_FIELD_OF, ITEM_FIELDS

KINDS = [
    ("official", "Official"),
    ("plain", "Plain English"),
    ("easy_read", "Easy Read"),
]


class DupqCodeWording(models.Model):
    """Another wording of one item: official, plain or Easy Read, in a language."""

    _name = "dupq.code.wording"
    _description = "Code Wording"
    _inherit = ["dupq.code.note"]
    _order = "code_id, kind, lang, id"
    _rec_name = "text"

    kind = fields.Selection(KINDS, required=True, default="official", index=True)
    lang = fields.Selection(
        "_selection_lang",
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    source = fields.Char(help="Where the wording was taken from.")
    title = fields.Char(help="The heading, where the item has one.")
    text = fields.Text(required=True)

    _item_uniq = models.UniqueIndex(
        "(COALESCE(area_id, 0), COALESCE(statement_id, 0), COALESCE(question_id, 0), "
        "COALESCE(example_id, 0), kind, lang)",
        "The item has a wording of this kind in this language already.",
    )

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.constrains("kind", "lang", *ITEM_FIELDS)
    def _check_not_our_own_wording(self):
        """Our own wording stands in the item, where publishing freezes it."""
        for wording in self.filtered(lambda wording: wording.kind != "official"):
            item = wording._item()
            own = wording.kind == "plain" or item.easy_read
            if own and item._is_source_lang(wording.lang):
                raise ValidationError(
                    self.env._(
                        "%(item)s has this wording in itself already. "
                        "Change it there while the edition is a draft.",
                        item=item.reference or item.display_name,
                    )
                )

    @api.model
    def _get_texts(self, items, kind, lang, field="text"):
        """The wordings of one kind for items of one model: {item id: text}.

        Two kinds of one language (British and American English) stand in for
        each other; an exact match goes first.
        """
        name = ITEM_FIELD_OF[items._name]
        wordings = self.search_fetch(
            [
                (name, "in", items.ids),
                ("kind", "=", kind),
                ("lang", "=like", lang.split("_")[0] + "%"),
            ],
            [name, "lang", field],
        )
        exact_last = wordings.sorted(lambda wording: wording.lang == lang)
        return {wording[name].id: wording[field] for wording in exact_last}
