from odoo import api, fields, models


class DupqTenderPart(models.AbstractModel):
    """What bidders are told as part of a tender: frozen once it is published."""

    _name = "dupq.tender.part"
    _description = "Part of a Tender"

    tender_id = fields.Many2one(
        "dupq.tender", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)

    def _prepare_create_values(self, vals_list):
        """Refuse new parts of a published tender, seen after defaults are in."""
        vals_list = super()._prepare_create_values(vals_list)
        ids = {vals.get("tender_id") for vals in vals_list}
        self.env["dupq.tender"].browse(filter(None, ids))._refuse_unless_draft()
        return vals_list

    def write(self, vals):
        self.check_access("write")
        tenders = self.tender_id
        if vals.get("tender_id"):
            tenders |= tenders.browse(vals["tender_id"])
        tenders._refuse_unless_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.tender_id._refuse_unless_draft()
