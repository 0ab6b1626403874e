from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    dupq_tender_id = fields.Many2one(
        "dupq.tender",
        string="Tender",
        index="btree_not_null",
        copy=False,
        groups="dupq_commissioning.dupq_commissioning_group_evaluator",
    )

    def action_dupq_view_tender(self):
        """Open the tender that this opportunity follows."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dupq.tender",
            "res_id": self.dupq_tender_id.id,
            "view_mode": "form",
        }
