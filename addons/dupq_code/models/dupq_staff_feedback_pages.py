from odoo import fields, models
from odoo.fields import Domain

from .dupq_asked_pages import get_photo


class DupqStaffFeedbackPages(models.Model):
    """Adds the pages at which people say how their staff are doing."""

    _name = "dupq.staff.feedback"
    _inherit = ["dupq.staff.feedback"]
    _purpose = "feedback"
    _consent = "feedback"
    _answer_field = "go_on"
    _words_fields = ("works", "works_not")

    def _get_open_for(self, person, member_id=None):
        """Override: one question for each employee, however many reviews are near."""
        asked = super()._get_open_for(person, member_id)
        first = {one.employee_id: one.id for one in reversed(asked)}
        return asked.filtered(lambda one: first[one.employee_id] == one.id)

    def _filter_for_guest(self, partner):
        """Override: nobody is asked about themselves, or about who is gone."""
        return self.filtered(
            lambda feedback: (
                feedback.employee_id.active
                and partner not in feedback.employee_id._get_dupq_own_partners()
            )
        )

    def _get_domain_beside(self):
        """Override: until the day of the review, or as long as it is asked."""
        today = fields.Date.context_today(self)
        return Domain("state", "=", "asked") | Domain("date_due", ">=", today)

    def _get_question_key(self):
        return self.employee_id, self.kind

    def _is_answered_by(self, said):
        """Override: each review asks anew, and one that is put off does not."""
        return said.date >= self.date_asked

    # === THE PAGES, IN PLAIN VALUES === #

    def _get_start_page(self, guest, person):
        return {
            "template": "dupq_code.feedback_start",
            "title": self.env._("How are your staff doing?"),
            "values": {
                "for_name": person.preferred_name if guest.circle_member_id else "",
                "staff": [
                    {
                        "name": feedback._get_first_name(),
                        "question": feedback._get_question(guest),
                        "url": guest.url(feedback.id),
                    }
                    for feedback in self
                ],
            },
        }

    def _get_question_page(self, guest):
        # Of an employee, their first name and the photograph they agreed to.
        employee = self.employee_id.with_context(bin_size=False)
        name = self._get_first_name()
        return {
            "template": "dupq_code.feedback_question",
            "title": name,
            "values": {
                "name": name,
                "photo": get_photo(employee.image_512, employee.dupq_photo_agreed),
                "question": self._get_question(guest),
                "answers": self._prepare_answers(guest),
                "stop_url": guest.url("stop"),
            },
        }

    def _get_why_page(self, guest, answer, typed=None, errors=()):
        return {
            "template": "dupq_code.feedback_why",
            "title": self.env._("Tell us more"),
            "values": {
                **self._prepare_why(guest, answer, typed, errors),
                "name": self._get_first_name(),
            },
        }

    def _get_question(self, guest):
        name = self._get_first_name()
        if guest.circle_member_id:
            return self.env._(
                "Should %(name)s go on working with %(person)s?",
                name=name,
                person=self.person_id.preferred_name,
            )
        return self.env._("Should %(name)s go on working with you?", name=name)

    def _get_first_name(self):
        return (self.employee_id.name or "").split(" ")[0]

    def _get_list_label(self):
        """The button to this one in the list of all that is asked."""
        return self.env._("Say how %(name)s is doing", name=self._get_first_name())

    # === WHAT COMES BACK === #

    def _keep_page_answer(self, guest, answer, answers):
        """Extend: what is said of an employee holds for all reviews that are near."""
        asked = self._search_open_for(self.person_id, guest.circle_member_id)
        same = asked.filtered(lambda one: one.employee_id == self.employee_id) - self
        for one in same:
            words = {**answers, "files": []}
            super(DupqStaffFeedbackPages, one)._keep_page_answer(guest, answer, words)
        return super()._keep_page_answer(guest, answer, answers)

    def _prepare_question_copy(self):
        """Override: asked of them today, for the same review."""
        return {"date_asked": fields.Date.context_today(self)}
