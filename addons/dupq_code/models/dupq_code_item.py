from odoo import api, fields, models

from .dupq_code_frozen import SOURCE_LANG
from .dupq_code_note import ITEM_FIELD_OF


class DupqCodeItem(models.AbstractModel):
    """A part of an edition that people read: shown in the wording they chose."""

    _name = "dupq.code.item"
    _description = "Part of a Code"
    _inherit = ["dupq.code.frozen"]
    _order = "sequence, id"

    _frozen_fields = ("reference", "sequence", "text", "easy_read")
    _parent_field = "area_id"
    # The field with our own plain wording.
    _text_field = "text"

    reference = fields.Char(help="Our own short name of the item, e.g. A1.G1.")
    sequence = fields.Integer(default=10)
    easy_read = fields.Text(
        translate=True,
        help="One short sentence with one idea and everyday words.",
    )
    shown_text = fields.Text(string="Wording shown", compute="_compute_shown_text")

    # === COMPUTE METHODS === #

    @api.depends(lambda self: self._shown_text_depends())
    @api.depends_context("uid", "lang", "dupq_wording_kind")
    def _compute_shown_text(self):
        kind = self._wording_kind()
        chosen = self._chosen_wording(kind)
        for item in self:
            easy_read = item.easy_read if kind == "easy_read" else False
            plain = item[self._text_field]
            item.shown_text = chosen.get(item._origin.id) or easy_read or plain

    @api.depends("reference", "shown_text")
    @api.depends_context("uid", "lang", "dupq_wording_kind")
    def _compute_display_name(self):
        for item in self:
            parts = (item.reference, item._short(item.shown_text))
            item.display_name = " ".join(part for part in parts if part)

    # === ACTIONS === #

    def action_record_erratum(self):
        """Open a new erratum about the item."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record an erratum"),
            "res_model": "dupq.code.erratum",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{ITEM_FIELD_OF[self._name]}": self.id},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _shown_text_depends(self):
        """The fields from which the shown wording is taken."""
        return [self._text_field, "easy_read", "wording_ids.text", "wording_ids.lang"]

    @api.model
    def _wording_kind(self):
        """The kind of wording this user wants to read: plain unless chosen."""
        kind = self.env.context.get("dupq_wording_kind")
        return kind or self.env.user.dupq_wording_kind or "plain"

    def _chosen_wording(self, kind, field="text"):
        """The stored wordings of one kind in the reader's language, by item id."""
        lang = self.env.lang or SOURCE_LANG
        wording_model = self.env["dupq.code.wording"]
        return wording_model._get_texts(self._origin, kind, lang, field=field)

    @api.model
    def _short(self, text, length=90):
        """The text on one line, cut between words."""
        text = " ".join((text or "").split())
        return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"
