from odoo import api, fields, models


class DupqCodeAddition(models.AbstractModel):
    """A part of an edition to which organisations add their own beside it."""

    _name = "dupq.code.addition"
    _description = "Own addition to a Code"
    _inherit = ["dupq.code.item"]

    company_id = fields.Many2one(
        "res.company",
        string="Ours",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="cascade",
        help="The organisation that added it; empty for what the Code itself says.",
    )
    is_ours = fields.Boolean(compute="_compute_is_ours", search="_search_is_ours")

    @api.depends("area_id")
    def _compute_company_id(self):
        """What is added to a published edition is ours, unless said otherwise."""
        for item in self:
            if not item.company_id and item.area_id.code_id.is_frozen:
                item.company_id = self.env.company

    @api.model
    def _frozen_depends(self):
        return [*super()._frozen_depends(), "company_id"]

    @api.depends("company_id")
    def _compute_is_ours(self):
        for item in self:
            item.is_ours = bool(item.company_id)

    def _search_is_ours(self, operator, value):
        return [("company_id", "!=", False)] if operator == "in" else NotImplemented

    def write(self, vals):
        res = super().write(vals)
        if "company_id" in vals:
            # Nobody gives something to an organisation they do not work for.
            self.check_access("write")
        return res
