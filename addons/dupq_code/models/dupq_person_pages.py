from odoo import api, models
from odoo.exceptions import ValidationError

from ..const import WORKER
from ..page_steps import Step


class DupqPersonPages(models.Model):
    """Adds that a person, and those whom they want, answer at pages of ours."""

    _name = "dupq.person"
    _inherit = ["dupq.person", "dupq.invitation.target"]

    @api.constrains("user_id")
    def _check_own_login(self):
        """Nobody who supports people has the login of one: they would speak as them."""
        for person in self:
            # Only the role of the login is asked.
            if person.user_id and person.user_id.sudo().has_group(WORKER):
                raise ValidationError(
                    self.env._(
                        "%(user)s supports people here, and would speak as this "
                        "person. A person's own login is theirs alone.",
                        user=person.user_id.display_name,
                    )
                )

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

    # === WHO IS ASKED WHAT === #

    @api.model
    def _get_asked_models(self):
        """What people are asked at pages: ``{purpose of an invitation: model}``."""
        models_ = (self.env["dupq.choice"], self.env["dupq.staff.feedback"])
        return {model._purpose: model for model in models_}

    @api.model
    def _get_seats(self, user, purpose):
        """For whom this user may answer: pairs of person and circle member.

        The person themselves comes with an empty member.
        """
        # What the person agreed to is the right to take part; asked each time.
        people_sudo = self.sudo().browse()
        if not user.has_group(WORKER):
            people_sudo = people_sudo.search([("user_id", "=", user.id)])
        members_sudo = self._search_helpers(
            purpose, [("partner_id", "=", user.partner_id.id)]
        )
        nobody = members_sudo.browse()
        return [(person, nobody) for person in people_sudo] + [
            (member.person_id, member) for member in members_sudo
        ]

    @api.model
    def _search_helpers(self, purpose, domain):
        """Members of circles whom the person wants for this purpose, in sudo mode."""
        wish = self._get_asked_models()[purpose]._circle_wish
        # Who is wanted is asked here, and shown to nobody by it.
        return (
            self.env["dupq.circle.member"]
            .sudo()
            .search(
                [
                    ("state", "=", "agreed"),
                    (wish, "=", True),
                    ("person_id.active", "=", True),
                    *domain,
                ]
            )
        )

    def _get_asked(self, purpose, member_id=None):
        """What the person, or somebody beside them, is asked now."""
        return self._get_asked_models()[purpose]._get_open_for(self, member_id)

    # === WHAT AN INVITATION IS FOR === #

    def _get_invitation_person(self):
        """Override: it is about the person themselves."""
        return self

    def _is_invitation_wanted(self, invitation):
        """Override: as long as the person is here, and wants who was invited."""
        model = self._get_asked_models()[invitation.purpose]
        member = invitation.circle_member_id
        if not self.active or (member and not member[model._circle_wish]):
            return False
        # Choosing says itself that nothing is asked, before there is consent.
        return invitation.purpose == "choosing" or bool(
            self._get_agreed(model._consent)
        )

    def _get_invitation_page(self, guest, path):
        """Override to show a question, why, or what comes before and after."""
        asked = self._get_asked(guest.purpose, guest.circle_member_id)
        pages = {
            "": asked._get_start_page,
            "thanks": asked._get_thanks_page,
            "stop": asked._get_stop_page,
        }
        if path in pages:
            return pages[path](guest, self)
        step = Step.parse(path)
        one = asked.filtered(lambda a: step and a.id == step.number)
        if not one:
            return None
        if step.answer:
            return one._get_why_page(guest, step.answer)
        return one._get_question_page(guest)

    def _take_invitation_answers(self, guest, path, answers):
        """Override to keep the answer, or to say what is wrong with it."""
        step = Step.parse(path)
        if not step or not step.answer:
            return None
        asked = self._get_asked(guest.purpose, guest.circle_member_id)
        one = asked.filtered(lambda a: a.id == step.number)
        if not one:
            # Sent twice, or somebody else was faster: the first answer stays.
            return "thanks"
        if errors := one._get_page_errors(answers):
            return one._get_why_page(guest, step.answer, answers, errors)
        one._keep_page_answer(guest, step.answer, answers)
        return "thanks"
