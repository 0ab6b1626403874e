from base64 import b64decode, b64encode

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.image import image_data_uri, image_process

from ..page_steps import PICTURES

PHOTO_SIDE = 480


class DupqAskedPages(models.AbstractModel):
    """Adds the pages at which people answer by themselves, by a link or signed in.

    One question a screen; on the next, why. Nothing is kept before somebody
    presses "Keep my answer", so that they may look, stop and come back. Always in
    sudo mode, once it is known who asks; a page gets plain values only.
    """

    _name = "dupq.asked"
    _inherit = ["dupq.asked"]

    # The purpose of an invitation to these, and what the person must agree to.
    _purpose = None
    _consent = None
    # The field of the big answer, and those of the words.
    _answer_field = None
    _words_fields = ()

    # === WHAT IS ASKED NOW === #

    @api.model
    def _get_open_for(self, person, member_id=None):
        """What somebody is asked now, as they see it."""
        return self._search_open_for(person, member_id)

    @api.model
    def _search_open_for(self, person, member_id=None):
        """All that somebody is asked now; nothing without the person's consent.

        The person answers for themselves, and somebody of the circle beside them:
        neither takes the question from the other.

        :param member_id: which member of the circle is asked; none for the person
        """
        if not person._get_agreed(self._consent):
            return self.browse()
        mine = Domain("person_id", "=", person.id)
        if not member_id:
            asked = self.search(mine & Domain("state", "=", "asked"), order="id")
            return asked._filter_for_guest(person.user_id.partner_id)
        # What was answered with the person stays open to those beside them.
        own = mine & Domain("state", "!=", "cancelled")
        own &= Domain("taken_by", "!=", "circle") & self._get_domain_beside()
        member = self.env["dupq.circle.member"].browse(member_id)
        asked = self.search(own, order="id")._filter_for_guest(member.partner_id)
        said = self.search(mine & Domain("circle_member_id", "=", member_id))
        by_question = said.grouped(lambda one: one._get_question_key())
        first = {}
        for one in asked:
            question = one._get_question_key()
            if not any(map(one._is_answered_by, by_question.get(question, ()))):
                first.setdefault(question, one.id)
        return self.browse(first.values())

    def _filter_for_guest(self, partner):
        """Override to leave out what this guest may not be asked."""
        return self

    @api.model
    def _get_domain_beside(self):
        """Override to say how long somebody may still speak beside the person."""
        return Domain.TRUE

    def _get_question_key(self):
        """Override to tell one question from another of the same person."""
        raise NotImplementedError

    def _is_answered_by(self, said):
        """Extend to tell whether this one came after what was said."""
        return True

    # === THE PAGES, IN PLAIN VALUES === #

    def _get_start_page(self, guest, person):
        """Override to show what is asked, and the way to each."""
        raise NotImplementedError

    def _get_question_page(self, guest):
        """Override to show whom it is about, and the big answers."""
        raise NotImplementedError

    def _get_why_page(self, guest, answer, typed=None, errors=()):
        """Override to ask why, once there is an answer."""
        raise NotImplementedError

    def _get_thanks_page(self, guest, _person):
        return {
            "template": "dupq_code.asked_thanks",
            "title": self.env._("Thank you"),
            "values": {
                "left": len(self),
                "next_url": guest.url(self[:1].id) if self else "",
                "stop_url": guest.url("stop"),
            },
        }

    def _get_stop_page(self, guest, _person):
        return {
            "template": "dupq_code.asked_stop",
            "title": self.env._("You can stop now"),
            "values": {"start_url": guest.url(), "signed_in": guest.signed_in},
        }

    @api.model
    def _get_answer_labels(self):
        _ = self.env._
        return {"yes": _("Yes"), "not_sure": _("Not sure"), "no": _("No")}

    def _prepare_answers(self, guest):
        """The big answers, each with its picture and its page."""
        labels = self._get_answer_labels()
        return [
            {
                "key": key,
                "label": labels[key],
                "picture": picture,
                "url": guest.url(self.id, key),
            }
            for key, picture in PICTURES.items()
        ]

    def _prepare_why(self, guest, answer, typed, errors):
        """What every page that asks why is told."""
        return {
            "answer": {
                "key": answer,
                "label": self._get_answer_labels()[answer],
                "picture": PICTURES[answer],
            },
            **{
                name: (typed or {}).get(name, "")
                for name in (*self._words_fields, "supporter_name")
            },
            "is_circle": bool(guest.circle_member_id),
            "may_send_file": self._may_send_file(),
            "action_url": guest.url(self.id, answer),
            "change_url": guest.url(self.id),
            "stop_url": guest.url("stop"),
            "errors": list(errors),
        }

    def _may_send_file(self):
        return bool(self.person_id._get_agreed("recording"))

    # === WHAT COMES BACK === #

    def _get_page_errors(self, answers):
        """What is wrong, in plain words; nothing typed is lost by it."""
        errors = [
            {"field": field, "message": message}
            for field, message in answers["errors"].items()
        ]
        if answers["files"] and not self._may_send_file():
            message = self.env._("We may not keep a picture or a sound here.")
            errors.append({"field": self._words_fields[0], "message": message})
        return errors

    def _keep_page_answer(self, guest, answer, answers):
        """Keep what a guest said: the person, or somebody beside them."""
        one = self
        if guest.circle_member_id:
            one = self.copy(self._prepare_question_copy())
        return one._answer(one._prepare_page_answer(guest, answer, answers))

    def _prepare_question_copy(self):
        """Values of the same question, put to somebody else today."""
        return {"date": fields.Date.context_today(self)}

    def _prepare_page_answer(self, guest, answer, answers):
        """The values of the answer, from the texts and files of a page."""
        return {
            self._answer_field: answer,
            **{name: answers.get(name) or False for name in self._words_fields},
            "supporter_name": (answers.get("supporter_name") or "")[:100] or False,
            "attachment_id": self._keep_file(answers["files"]),
            "taken_by": "circle" if guest.circle_member_id else "person",
            "circle_member_id": guest.circle_member_id,
        }

    def _keep_file(self, uploads):
        """Keep the picture or the recording with the answer."""
        if not uploads:
            return False
        upload = uploads[0]
        values = {
            "name": f"{upload.kind}.{upload.extension}",
            "raw": upload.content,
            "mimetype": upload.mimetype,
            "res_model": self._name,
            "res_id": self.id,
        }
        return self.env["ir.attachment"].create(values).id


def get_photo(image, is_agreed):
    """A photograph as part of the page, small; empty unless they agreed."""
    if not (image and is_agreed):
        return ""
    # Not an address of its own, which could be opened without asking again.
    small = image_process(b64decode(image), size=(PHOTO_SIDE, PHOTO_SIDE))
    return image_data_uri(b64encode(small))
