from odoo import fields, models


class DupqCodeExample(models.Model):
    """A story of what good looks like, from the Code or our own."""

    _name = "dupq.code.example"
    _description = "Code Story"
    _inherit = ["dupq.code.addition"]
    _order = "code_id, area_id, company_id desc, sequence, id"
    _rec_names_search = ["reference", "name"]

    _frozen_fields = ("reference", "sequence", "name", "text", "easy_read")

    name = fields.Char(string="Title", required=True, translate=True)
    area_id = fields.Many2one(
        "dupq.code.area", required=True, index=True, ondelete="cascade"
    )
    code_id = fields.Many2one(related="area_id.code_id", store=True, index=True)
    text = fields.Text(string="Story", required=True, translate=True)
    has_consent = fields.Boolean(
        string="Consent given",
        copy=False,
        help="The people in the story agreed that it may be told.",
    )
    is_anonymised = fields.Boolean(
        string="Names taken out",
        copy=False,
        help="Nobody can be recognised: no names, places or dates.",
    )
    wording_ids = fields.One2many(
        "dupq.code.wording", "example_id", string="Other wordings"
    )
    erratum_ids = fields.One2many("dupq.code.erratum", "example_id")

    _reference_uniq = models.UniqueIndex(
        "(code_id, reference) WHERE company_id IS NULL AND reference IS NOT NULL",
        "Another story of this Code has this reference.",
    )

    def _compute_display_name(self):
        for example in self:
            parts = (example.reference, example.name)
            example.display_name = " ".join(part for part in parts if part)
