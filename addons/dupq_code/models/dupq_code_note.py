from odoo import api, fields, models

ITEM_FIELD_OF = {
    "dupq.code.area": "area_id",
    "dupq.code.statement": "statement_id",
    "dupq.code.question": "question_id",
    "dupq.code.example": "example_id",
}
ITEM_FIELDS = tuple(ITEM_FIELD_OF.values())


class DupqCodeNote(models.AbstractModel):
    """Something kept beside exactly one area, statement, question or story."""

    _name = "dupq.code.note"
    _description = "Beside an item of a Code"

    area_id = fields.Many2one(
        "dupq.code.area", index="btree_not_null", ondelete="cascade"
    )
    statement_id = fields.Many2one(
        "dupq.code.statement", index="btree_not_null", ondelete="cascade"
    )
    question_id = fields.Many2one(
        "dupq.code.question", index="btree_not_null", ondelete="cascade"
    )
    example_id = fields.Many2one(
        "dupq.code.example", string="Story", index="btree_not_null", ondelete="cascade"
    )
    code_id = fields.Many2one(
        "dupq.code", compute="_compute_item", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_item",
        store=True,
        index="btree_not_null",
        help="The organisation whose own item it is about.",
    )
    reference = fields.Char(compute="_compute_reference")

    _one_item = models.Constraint(
        "CHECK(num_nonnulls(area_id, statement_id, question_id, example_id) = 1)",
        "Choose exactly one area, statement, question or story.",
    )

    @api.depends(
        "area_id.code_id",
        "statement_id.code_id",
        "question_id.code_id",
        "question_id.company_id",
        "example_id.code_id",
        "example_id.company_id",
    )
    def _compute_item(self):
        for note in self:
            note.code_id = note._item().code_id
            note.company_id = note.question_id.company_id | note.example_id.company_id

    @api.depends(lambda self: [f"{name}.reference" for name in ITEM_FIELDS])
    def _compute_reference(self):
        for note in self:
            note.reference = note._item().reference

    def _item(self):
        """The one area, statement, question or story it is about."""
        names = [name for name in ITEM_FIELDS if self[name]]
        return self[names[0]] if names else self.env["dupq.code.statement"]
