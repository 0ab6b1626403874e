from odoo import models


class DupqPersonChoosing(models.Model):
    """Adds that a person chooses their staff by a link, or on the portal."""

    _name = "dupq.person"
    _inherit = ["dupq.person", "dupq.invitation.target"]

    def action_invite(self):
        """Send a link to the person, or to somebody of their circle."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite by a link"),
            "res_model": "dupq.invitation.send",
            "view_mode": "form",
            "target": "new",
            "context": {"default_person_id": self.id},
        }

    def action_open_invitations(self):
        """Show the links that were sent about this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_invitation_action"
        )
        action["domain"] = [("person_id", "=", self.id)]
        return action

    # === WHAT AN INVITATION IS FOR === #

    def _get_invitation_person(self):
        """Override: it is about the person themselves."""
        return self

    def _is_invitation_wanted(self, invitation):
        """Override: as long as the person is here, and wants who was invited."""
        member = invitation.circle_member_id
        return self.active and (not member or member.helps_choose)
