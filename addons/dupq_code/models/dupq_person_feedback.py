from odoo import models


class DupqPersonFeedback(models.Model):
    """Adds what a person says of the staff who support them."""

    _inherit = "dupq.person"

    def action_open_feedback(self):
        """Show what the person said of their staff, and what they are asked."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_staff_feedback_action"
        )
        return action | {
            "domain": [("person_id", "=", self.id)],
            "context": {"default_person_id": self.id},
        }
