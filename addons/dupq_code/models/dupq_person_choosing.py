from base64 import b64decode, b64encode

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.image import image_data_uri, image_process

from ..choosing import PICTURES, Step

PHOTO_SIDE = 480


class DupqPersonChoosing(models.Model):
    """Adds that a person chooses their staff by a link, or on the portal.

    One candidate a screen; on the next, why. Nothing is kept before the person
    presses "Keep my answer", so that they may look, stop and come back.
    """

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

    def _get_invitation_page(self, guest, path):
        """Override to show a candidate, why, or what comes before and after."""
        pages = {
            "": self._get_choosing_start,
            "thanks": self._get_choosing_thanks,
            "stop": self._get_choosing_stop,
        }
        if path in pages:
            return pages[path](guest)
        step = Step.parse(path)
        choice = self._find_choice(guest, step)
        if not choice:
            return None
        if step.answer:
            return self._get_choosing_why(guest, choice, step.answer)
        return self._get_choosing_candidate(guest, choice)

    def _take_invitation_answers(self, guest, path, answers):
        """Override to keep the answer, or to say what is wrong with it."""
        step = Step.parse(path)
        if not step or not step.answer:
            return None
        choice = self._find_choice(guest, step)
        if not choice:
            # Sent twice, or somebody else was faster: the first answer stays.
            return "thanks"
        if errors := self._get_choosing_errors(answers):
            return self._get_choosing_why(guest, choice, step.answer, answers, errors)
        if guest.circle_member_id:
            choice = choice._copy_for_circle()
        choice._answer(
            {
                "answer": step.answer,
                "words": answers.get("words") or False,
                "supporter_name": (answers.get("supporter_name") or "")[:100] or False,
                "attachment_id": self._keep_file(choice, answers["files"]),
                "taken_by": "circle" if guest.circle_member_id else "person",
                "circle_member_id": guest.circle_member_id,
            }
        )
        return "thanks"

    # === WHAT IS THERE TO CHOOSE === #

    @api.model
    def _get_choosing_seats(self, user):
        """Whom this user may choose for: pairs of person and circle member.

        The person themselves comes with an empty member.
        """
        # What the person agreed to is the right to take part; asked each time.
        nobody_sudo = self.env["dupq.circle.member"].sudo()
        people_sudo = self.sudo().search([("user_id", "=", user.id)])
        members_sudo = nobody_sudo.search(
            [
                ("partner_id", "=", user.partner_id.id),
                ("state", "=", "agreed"),
                ("helps_choose", "=", True),
                ("person_id.active", "=", True),
            ]
        )
        return [(person, nobody_sudo) for person in people_sudo] + [
            (member.person_id, member) for member in members_sudo
        ]

    def _get_open_choices(self, member_id=None):
        """What somebody is asked now; nothing without the person's consent.

        The person answers for themselves, and somebody of the circle beside them:
        neither takes the question from the other.

        :param member_id: which member of the circle is asked; none for the person
        """
        choices = self.env["dupq.choice"]
        if not self._get_agreed("choosing"):
            return choices
        domain = Domain("person_id", "=", self.id)
        if not member_id:
            return choices.search(domain & Domain("state", "=", "asked"), order="id")
        own = choices.search(
            domain
            & Domain("state", "in", ("asked", "answered"))
            & Domain("taken_by", "!=", "circle")
            & Domain("applicant_id.active", "=", True)
            & Domain("applicant_id.date_closed", "=", False),
            order="id",
        )
        said = choices.search(domain & Domain("circle_member_id", "=", member_id))
        questions = {(choice.applicant_id, choice.stage) for choice in said}
        first = {}
        for choice in own:
            question = choice.applicant_id, choice.stage
            if question not in questions:
                first.setdefault(question, choice.id)
        return choices.browse(first.values())

    def _find_choice(self, guest, step):
        if not step:
            return self.env["dupq.choice"]
        choices = self._get_open_choices(guest.circle_member_id)
        return choices.filtered(lambda c: c.id == step.choice_id)

    # === THE PAGES, IN PLAIN VALUES === #

    def _get_choosing_start(self, guest):
        choices = self._get_open_choices(guest.circle_member_id)
        return {
            "template": "dupq_code.choosing_start",
            "title": self.env._("Choosing staff"),
            "values": {
                "for_name": self.preferred_name if guest.circle_member_id else "",
                "candidates": [
                    {
                        "name": choice.candidate,
                        "question": self._get_question(guest, choice),
                        "url": guest.url(choice.id),
                    }
                    for choice in choices
                ],
            },
        }

    def _get_choosing_candidate(self, guest, choice):
        # Of an applicant, only what they and HR put here for the person to see.
        applicant = choice.applicant_id
        labels = dict(choice._fields["answer"]._description_selection(self.env))
        return {
            "template": "dupq_code.choosing_candidate",
            "title": choice.candidate,
            "values": {
                "candidate": {
                    "name": choice.candidate,
                    "photo": _get_photo(applicant),
                    "shared": self._get_shared_names(applicant),
                    "own_words": applicant.dupq_own_words or "",
                    "setting": choice.setting or "",
                },
                "for_name": self.preferred_name if guest.circle_member_id else "",
                "question": self._get_question(guest, choice),
                "answers": [
                    {
                        "key": key,
                        "label": labels[key],
                        "picture": picture,
                        "url": guest.url(choice.id, key),
                    }
                    for key, picture in PICTURES.items()
                ],
                "stop_url": guest.url("stop"),
            },
        }

    def _get_choosing_why(self, guest, choice, answer, typed=None, errors=()):
        labels = dict(choice._fields["answer"]._description_selection(self.env))
        typed = typed or {}
        return {
            "template": "dupq_code.choosing_why",
            "title": self.env._("Why?"),
            "values": {
                "name": choice.candidate,
                "answer": {
                    "key": answer,
                    "label": labels[answer],
                    "picture": PICTURES[answer],
                },
                "words": typed.get("words", ""),
                "supporter_name": typed.get("supporter_name", ""),
                "is_circle": bool(guest.circle_member_id),
                "may_send_file": bool(self._get_agreed("recording")),
                "action_url": guest.url(choice.id, answer),
                "change_url": guest.url(choice.id),
                "stop_url": guest.url("stop"),
                "errors": list(errors),
            },
        }

    def _get_choosing_thanks(self, guest):
        choices = self._get_open_choices(guest.circle_member_id)
        return {
            "template": "dupq_code.choosing_thanks",
            "title": self.env._("Thank you"),
            "values": {
                "left": len(choices),
                "next_url": guest.url(choices[:1].id) if choices else "",
                "stop_url": guest.url("stop"),
            },
        }

    def _get_choosing_stop(self, guest):
        return {
            "template": "dupq_code.choosing_stop",
            "title": self.env._("You can stop now"),
            "values": {"start_url": guest.url(), "signed_in": guest.signed_in},
        }

    def _get_question(self, guest, choice):
        _ = self.env._
        name, person = choice.candidate, self.preferred_name
        if guest.circle_member_id:
            return {
                "shortlist": _(
                    "Should %(person)s meet %(name)s?", person=person, name=name
                ),
                "meeting": _("Did the meeting with %(name)s go well?", name=name),
                "final": _(
                    "Should %(name)s work with %(person)s?", name=name, person=person
                ),
            }[choice.stage]
        return {
            "shortlist": _("Do you want to meet %(name)s?", name=name),
            "meeting": _("Did you like %(name)s?", name=name),
            "final": _("Do you want %(name)s to work with you?", name=name),
        }[choice.stage]

    def _get_shared_names(self, applicant):
        """What the person and the applicant both like, as far as the job says so."""
        by_person = applicant._get_dupq_matches().get(applicant, {})
        found = by_person.get(self)
        traits = self.env["dupq.trait"].browse(found.shared if found else ())
        return traits.sorted("name").mapped("name")

    # === WHAT COMES BACK === #

    def _get_choosing_errors(self, answers):
        """What is wrong, in plain words; nothing typed is lost by it."""
        errors = [
            {"field": field, "message": message}
            for field, message in answers["errors"].items()
        ]
        if answers["files"] and not self._get_agreed("recording"):
            message = self.env._("We may not keep a picture or a sound here.")
            errors.append({"field": "words", "message": message})
        return errors

    def _keep_file(self, choice, uploads):
        """Keep the picture or the recording with the answer."""
        if not uploads:
            return False
        upload = uploads[0]
        return (
            self.env["ir.attachment"]
            .create(
                {
                    "name": f"{upload.kind}.{upload.extension}",
                    "raw": upload.content,
                    "mimetype": upload.mimetype,
                    "res_model": choice._name,
                    "res_id": choice.id,
                }
            )
            .id
        )


def _get_photo(applicant):
    """The photograph as part of the page, small; empty unless they agreed."""
    if not (applicant.dupq_photo and applicant.dupq_photo_agreed):
        return ""
    # Not an address of its own, which could be opened without asking again.
    whole = b64decode(applicant.with_context(bin_size=False).dupq_photo)
    return image_data_uri(
        b64encode(image_process(whole, size=(PHOTO_SIDE, PHOTO_SIDE)))
    )
