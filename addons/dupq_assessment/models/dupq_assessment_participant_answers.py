from dataclasses import replace

from odoo import models
from odoo.fields import Command, Date, Domain

from odoo.addons.dupq_code.secret_words import new_token

from ..saying import Saying, add_lost
from .dupq_assessment_part import OPEN_STATES

KEY_LETTERS = 64


class DupqAssessmentParticipantAnswers(models.Model):
    """Adds what becomes of what people say at the pages."""

    _inherit = "dupq.assessment.participant"

    def _take_invitation_answers(self, guest, path, answers):
        """Override to keep what was said, and show the next question at once."""
        saying = Saying.parse(path)
        if not saying:
            return None
        self._fetch_for_pages()
        if saying.step == "mine":
            return self._take_back_own(guest, saying, answers)
        if saying.step == "told":
            return self._take_worked(guest, saying, answers)
        if saying.step == "contested":
            return self._take_contest(guest, saying, answers)
        asked = answers.get("question", "")
        questions = self._get_questions(saying)
        question = next((card for card in questions if str(card.id) == asked), None)
        if not question or self.assessment_id.state not in OPEN_STATES:
            words = answers.get("words")
            page = words and self._get_saying_page(guest, replace(saying, step=""))
            return add_lost(page, words) or saying.at()
        consent = answers.get("consent")
        was_nameless = saying.nameless
        saying = Saying(
            easy=saying.easy,
            consent=consent if consent in ("yes", "no") else None,
            nameless=bool(answers.get("nameless")),
            step=saying.step,
        )
        if errors := self._get_answer_errors(answers):
            here = Saying(saying.easy, saying.consent, was_nameless, question.id)
            return self._get_saying_page(guest, here, answers, errors, questions)
        # What they said as themselves stood on the page, unless they hid already.
        shown = replace(saying, nameless=saying.nameless and was_nameless)
        key = (answers.get("key") or new_token())[:KEY_LETTERS]
        found = self._find_voices(guest, shown, (question.id, saying.step), key)
        own = self._pick_own(guest, shown, found)
        if own.get(question.id) or key not in found.mapped("client_key"):
            answers = {**answers, "key": key}
            self._keep_answer(guest, saying, question, answers, own.get(question.id))
        later = None if saying.nameless else own.get(saying.step)
        typed = self._prepare_typed(saying, later)
        page = self._get_saying_page(guest, saying, typed, questions=questions)
        return page and {**page, "status": 200}

    def _take_worked(self, guest, saying, answers):
        """Keep whether an action worked: see ``dupq.action.asked``."""
        page = self.env["dupq.action"]._take_worked(
            guest, saying, self._get_asked_actions(guest), answers
        )
        if isinstance(page, dict):
            page["frame"] = self._get_saying_frame(guest, saying)
        return page

    def _get_answer_errors(self, answers):
        return [
            {"field": field, "message": message}
            for field, message in answers["errors"].items()
        ]

    # === KEEPING === #

    def _keep_answer(self, guest, saying, question, answers, before):
        """Keep what was said, if anything was.

        :param answers: with the key by which it is kept once, known to be new
        :param before: the voice to change, if they said something before
        """
        answer = self._read_answer(answers.get("answer"))
        words = answers.get("words") or False
        files = [Command.create(prepare_file(one)) for one in answers["files"]]
        is_empty = not (answer or words or files)
        if is_empty and not (before and before.attachment_ids):
            if before:
                before._say_no_more()
            return
        values = {
            "words": words,
            "level_id": answer.get("level_id", False),
            "feeling": answer.get("feeling", False),
            "consent": saying.consent or "not_asked",
            "date_consent": saying.consent and Date.today(),
            **({"attachment_ids": files} if files else {}),
        }
        if before:
            before._say_again(values, saying.nameless)
            return
        service = self.service_id or self.assessment_id.service_id
        # Only whose it is will be checked.
        service.fetch(("company_id",))
        self.env["dupq.voice"]._say(
            {
                **values,
                **self._prepare_who(guest, saying),
                "assessment_id": self.assessment_id.id,
                "service_id": service.id,
                "group_id": self.group_id.id,
                "question_id": question.id,
                "area_id": question.area_id,
                "date": Date.today(),
                "channel": "portal" if guest.signed_in else "link",
                "client_key": answers["key"],
            },
            is_new=True,
        )

    def _prepare_who(self, guest, saying):
        """Who said it: nobody, if they want it so or nothing is known of them."""
        if saying.nameless or guest.is_group:
            return {"is_anonymous": True}
        return {
            "participant_id": self.id,
            "invitation_id": guest.invitation_id,
            "partner_id": guest.partner_id,
        }

    def _new_key(self):
        """By which an answer that arrives twice is kept once."""
        return new_token()

    # === THEIR OWN === #

    def _get_own_domain(self, guest):
        """What this guest said here, or of any action, under their own name."""
        if guest.is_group or not (guest.invitation_id or guest.partner_id):
            return Domain.FALSE
        domain = Domain("assessment_id", "=", self.assessment_id.id)
        domain |= Domain("action_id", "!=", False)
        if guest.invitation_id:
            return domain & Domain("invitation_id", "=", guest.invitation_id)
        return domain & Domain("partner_id", "=", guest.partner_id)

    def _get_own_voices(self, guest):
        return self.env["dupq.voice"].search(
            self._get_own_domain(guest), order="area_id, question_id, id"
        )

    def _get_own_said_domain(self, guest, saying):
        """What they said as themselves, unless they hide."""
        return Domain.FALSE if saying.nameless else self._get_own_domain(guest)

    def _find_voices(self, guest, saying, numbers, key=None):
        """What they said to these questions, and what came by this key from anybody.

        In one statement, as it is asked at every answer.
        """
        asked = [number for number in numbers if isinstance(number, int)]
        domain = self._get_own_said_domain(guest, saying)
        domain &= Domain("question_id", "in", asked)
        if key:
            domain |= Domain("client_key", "=", key)
        return self.env["dupq.voice"].search(domain, order="id")

    def _pick_own(self, guest, saying, voices):
        """Of these, their own: ``{number of the question: voice}``, the newest."""
        own = voices.filtered_domain(self._get_own_said_domain(guest, saying))
        return {voice.question_id.id: voice for voice in own}

    def _prepare_typed(self, saying, voice):
        """What they said to a question before, as the form shows it."""
        if not voice:
            return {}
        consent = voice.consent if voice.consent in ("yes", "no") else None
        return {
            "answer": voice.feeling if saying.easy else str(voice.level_id.id),
            "words": voice.words,
            "consent": consent,
            "files_before": len(voice.attachment_ids),
        }

    def _take_back_own(self, guest, saying, answers):
        """They take back their consent to print; nobody else's."""
        voices = self._get_own_voices(guest)
        mine = voices.filtered(lambda one: str(one.id) == answers.get("voice"))
        mine = mine.filtered(lambda one: one.consent == "yes")
        # In the name of nobody: the page knows that these are their own words.
        mine._by_nobody().action_withdraw_consent()
        return saying.at("mine")


def prepare_file(upload):
    """Values of the attachment that keeps a file which was looked at."""
    return {
        "name": f"{upload.kind}.{upload.extension}",
        "raw": upload.content,
        "mimetype": upload.mimetype,
    }
