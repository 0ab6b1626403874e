from odoo import fields, models


class DupqStaffRow(models.AbstractModel):
    """One record of HR as a report about choosing staff counts it.

    The row names nobody, and leads to the record for those who may read that.
    """

    _name = "dupq.staff.row"
    _description = "A row about choosing staff"

    company_id = fields.Many2one("res.company", readonly=True)
    service_id = fields.Many2one("dupq.service", readonly=True)

    def action_open_source(self):
        """Open what was counted, for those who may read it."""
        self.ensure_one()
        self.check_access("read")
        record = self._get_source()
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _get_source(self):
        """The record that this row stands for."""
        raise NotImplementedError
