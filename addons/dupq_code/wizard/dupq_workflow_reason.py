from odoo import api, fields, models
from odoo.exceptions import UserError


class DupqWorkflowReason(models.TransientModel):
    """Ask why, before a step that needs a reason is taken."""

    _name = "dupq.workflow.reason"
    _description = "Reason for a step"

    model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    transition = fields.Char(required=True)
    warnings = fields.Text(compute="_compute_warnings")
    reason = fields.Text(required=True)

    @api.depends("model", "res_ids", "transition")
    def _compute_warnings(self):
        for dialog in self:
            records = dialog._get_records()
            found = records._judge(records._get_transition(dialog.transition))[1]
            dialog.warnings = "\n".join(sorted(set(found.values())))

    def action_confirm(self):
        """Take the step with this reason, with the rights of the person who asks.

        Public because it is the button of the dialog. It gives no right: the
        record's own button is pressed, which asks for access, role, state, guard
        and gates.
        """
        self.ensure_one()
        action = self._get_records()._take_with_reason(self.transition, self.reason)
        if isinstance(action, dict):
            return action
        return {"type": "ir.actions.act_window_close"}

    def _get_records(self):
        """The records meant, without any right added."""
        self.ensure_one()
        ids = self.res_ids or []
        is_known = self.env["dupq.workflow.log"]._is_workflow(self.model)
        if not is_known or not all(type(id_) is int for id_ in ids):
            raise UserError(self.env._("There is no such step."))
        records = self.env[self.model].browse(ids)
        records.check_access("read")
        if self.transition not in {t.name for t in records._get_transitions()}:
            raise UserError(self.env._("There is no such step."))
        return records
