from odoo import models
from odoo.fields import Domain

from .dupq_asked_pages import get_photo


class DupqChoicePages(models.Model):
    """Adds the pages of choosing staff: one candidate a screen."""

    _inherit = "dupq.choice"
    _purpose = "choosing"
    _consent = "choosing"
    _answer_field = "answer"
    _words_fields = ("words",)

    def _get_domain_beside(self):
        """Override: as long as somebody may be hired."""
        still = Domain("applicant_id.active", "=", True)
        return still & Domain("applicant_id.date_closed", "=", False)

    def _get_question_key(self):
        return self.applicant_id, self.stage

    # === THE PAGES, IN PLAIN VALUES === #

    def _get_start_page(self, guest, person):
        return {
            "template": "dupq_code.choosing_start",
            "title": self.env._("Choosing staff"),
            "values": {
                "for_name": person.preferred_name if guest.circle_member_id else "",
                "candidates": [
                    {
                        "name": choice.candidate,
                        "question": choice._get_question(guest),
                        "url": guest.url(choice.id),
                    }
                    for choice in self
                ],
            },
        }

    def _get_question_page(self, guest):
        # Of an applicant, only what they and HR put here for the person to see.
        applicant = self.applicant_id.with_context(bin_size=False)
        name = self.person_id.preferred_name
        return {
            "template": "dupq_code.choosing_candidate",
            "title": self.candidate,
            "values": {
                "candidate": {
                    "name": self.candidate,
                    "photo": get_photo(
                        applicant.dupq_photo, applicant.dupq_photo_agreed
                    ),
                    "shared": self._get_shared_names(),
                    "own_words": applicant.dupq_own_words or "",
                    "setting": self.setting or "",
                },
                "for_name": name if guest.circle_member_id else "",
                "question": self._get_question(guest),
                "answers": self._prepare_answers(guest),
                "stop_url": guest.url("stop"),
            },
        }

    def _get_why_page(self, guest, answer, typed=None, errors=()):
        return {
            "template": "dupq_code.choosing_why",
            "title": self.env._("Why?"),
            "values": {
                **self._prepare_why(guest, answer, typed, errors),
                "name": self.candidate,
            },
        }

    def _get_question(self, guest):
        _ = self.env._
        name, person = self.candidate, self.person_id.preferred_name
        if guest.circle_member_id:
            return {
                "shortlist": _(
                    "Should %(person)s meet %(name)s?", person=person, name=name
                ),
                "meeting": _("Did the meeting with %(name)s go well?", name=name),
                "final": _(
                    "Should %(name)s work with %(person)s?", name=name, person=person
                ),
            }[self.stage]
        return {
            "shortlist": _("Do you want to meet %(name)s?", name=name),
            "meeting": _("Did you like %(name)s?", name=name),
            "final": _("Do you want %(name)s to work with you?", name=name),
        }[self.stage]

    def _get_shared_names(self):
        """What the person and the applicant both like, as far as the job says so."""
        by_person = self.applicant_id._get_dupq_matches().get(self.applicant_id, {})
        found = by_person.get(self.person_id)
        traits = self.env["dupq.trait"].browse(found.shared if found else ())
        return traits.sorted("name").mapped("name")

    def _get_list_label(self):
        """The button to this one in the list of all that is asked."""
        return self.env._("Look at %(name)s", name=self.candidate)
