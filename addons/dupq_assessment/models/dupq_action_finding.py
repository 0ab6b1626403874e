from odoo import api, fields, models


class DupqActionFinding(models.AbstractModel):
    """From what an action came: the rating, the barrier, the words, whatever it was.

    A part of ``dupq.action``, in a file of its own.
    """

    _name = "dupq.action.finding"
    _description = "From What an Action Came"

    source_model = fields.Char(readonly=True, copy=False)
    source_id = fields.Many2oneReference(
        model_field="source_model", readonly=True, copy=False
    )
    source_words = fields.Char(string="Came from", compute="_compute_source_words")

    @api.depends("source_model", "source_id")
    @api.depends_context("uid")
    def _compute_source_words(self):
        """Its kind, and its name for those who may read it."""
        for model, actions in self.grouped("source_model").items():
            if not model or model not in self.env:
                actions.source_words = False
                continue
            kind = self.env["ir.model"]._get(model).sudo().name
            records = self.env[model].browse(actions.mapped("source_id")).exists()
            readable = records._filtered_access("read")
            for action in actions:
                record = readable.browse(action.source_id) & readable
                # Words of people are read where they stand, under their own rules.
                name = "" if model == "dupq.voice" else record.display_name
                action.source_words = f"{kind}: {name}" if name else kind

    def action_open_source(self):
        """Open what it came from, under the rules of that record."""
        self.ensure_one()
        record = self.env[self.source_model].browse(self.source_id)
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
