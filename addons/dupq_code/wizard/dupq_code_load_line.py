from odoo import api, fields, models

KINDS = [
    ("area", "Area"),
    ("principle", "Principle"),
    ("good", "Good"),
    ("bad", "Bad"),
    ("question", "Question"),
    ("story", "Story"),
    ("extra", "Not in the guide"),
]
STATUSES = [
    ("missing", "Missing"),
    ("changed", "Changed"),
    ("extra", "Extra"),
    ("exact", "Exact"),
]


class DupqCodeLoadLine(models.TransientModel):
    """What was found in a text for one item of the guide."""

    _name = "dupq.code.load.line"
    _description = "Item found in the guide"
    _order = "sequence, id"

    load_id = fields.Many2one(
        "dupq.code.load", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    reference = fields.Char()
    kind = fields.Selection(KINDS, required=True)
    status = fields.Selection(STATUSES, required=True)
    text = fields.Text(string="Wording in the text")
    note = fields.Text()

    @api.model
    def _prepare_lines(self, items):
        """Values of a line for each item, those that need a look first."""
        return [
            {
                "sequence": place + 1000 * (item.status == "exact"),
                "reference": item.reference,
                "kind": item.kind,
                "status": item.status,
                "text": item.text,
                "note": self._note(item),
            }
            for place, item in enumerate(items)
        ]

    @api.model
    def _note(self, item):
        if item.status == "missing":
            return self.env._("%(count)s words in the guide", count=item.count)
        if item.status == "changed":
            return self.env._("Not as in the published guide")
        if item.status == "extra":
            return self.env._("Will not be stored")
        if item.is_moved:
            return self.env._("Found in another place than in the guide")
        return False
