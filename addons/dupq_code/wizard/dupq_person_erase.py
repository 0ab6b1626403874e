from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dupq_erasure import REASONS


class DupqPersonErase(models.TransientModel):
    """Says in numbers what would be erased of a person, and asks for certainty."""

    _name = "dupq.person.erase"
    _description = "Erase a person"

    reference = fields.Char(string="Reference of the person", required=True)
    is_found = fields.Boolean(compute="_compute_summary")
    summary = fields.Text(string="Records about the person", compute="_compute_summary")
    field_count = fields.Integer(string="Texts", compute="_compute_summary")
    file_count = fields.Integer(string="Files", compute="_compute_summary")
    reason = fields.Selection(REASONS, required=True, default="asked")
    typed_reference = fields.Char(string="Type the reference to be certain")

    @api.depends("reference")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        """How much there is of the person; nothing of what it says."""
        for dialog in self:
            person = self.env["dupq.person"]._find_to_erase(dialog.reference)
            dialog.is_found = bool(person)
            records = {}
            dialog.field_count = dialog.file_count = 0
            if person:
                records, dialog.field_count, dialog.file_count = self.env[
                    "dupq.eraser"
                ]._survey(person)
            dialog.summary = "\n".join(
                f"{self.env['ir.model']._get(model).name}: {count}"
                for model, count in sorted(records.items())
            )

    def action_erase(self):
        """Erase for good."""
        self.ensure_one()
        person = self.env["dupq.person"]._find_to_erase(self.reference)
        if not person:
            raise UserError(
                self.env._("There is nobody with this reference whom you may erase.")
            )
        if (self.typed_reference or "").strip() != self.reference.strip():
            raise UserError(
                self.env._("Type the reference as it stands: nothing is erased.")
            )
        person._erase(self.reason)
        # What was typed here is the old reference.
        self._forget()
        people = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_person_action"
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Erased. The figures stay as they were; files leave the disk with "
                    "the next daily clean-up."
                ),
                "next": {**people, "target": "main"},
            },
        }

    def _forget(self):
        # Dialogs that others left open about the same person, too.
        same_sudo = self.sudo().search([("reference", "=", self.reference)])
        (same_sudo - self.sudo()).unlink()
        self.write({"reference": self.env._("Erased"), "typed_reference": False})
