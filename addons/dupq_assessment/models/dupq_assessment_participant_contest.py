from dataclasses import replace

from odoo import models

from ..saying import CONTEST, Saying, add_lost
from .dupq_assessment_dissent import DRAFT_STATES, MOST_CHARACTERS


class DupqAssessmentParticipantContest(models.Model):
    """Adds the pages at which anyone who takes part contests a draft rating.

    By a link or signed in, like the questions; without a name, which is not asked for.
    """

    _name = "dupq.assessment.participant"
    _inherit = ["dupq.assessment.participant"]

    # === WHAT MAY BE CONTESTED === #

    def _get_drafts(self):
        """The draft ratings of all together that this line is about, in their order.

        What single groups said is shown to nobody here: they may be a few people. Nor
        is what was carried forward from last year, and nobody has said again yet.
        """
        self.ensure_one()
        drafts = self.assessment_id.summary_ids.filtered(
            lambda one: one.level_id and not one.is_carried
        )
        if self.assessment_id.state not in DRAFT_STATES:
            return drafts[:0]
        if self.area_ids:
            drafts = drafts.filtered(lambda one: one.area_id in self.area_ids)
        return drafts.sorted(lambda one: (one.area_id.sequence, one.area_id.id))

    # === THE PAGES, IN PLAIN VALUES === #

    def _get_start_values(self, guest, saying, questions):
        """Extend with the way to the draft ratings."""
        return {
            **super()._get_start_values(guest, saying, questions),
            "drafts_url": guest.url(saying.at("ratings")),
            "drafts_number": len(self._get_drafts()),
        }

    def _get_contest_page(self, guest, saying, typed=None, errors=()):
        """The draft ratings, or one of them to contest; None for any other."""
        drafts = self._get_drafts()
        if saying.step in ("ratings", "contested"):
            name, values = "drafts", self._get_drafts_values(guest, saying, drafts)
        else:
            number = CONTEST.fullmatch(str(saying.step))
            rating = drafts.filtered(lambda one: str(one.id) == number.group(1))
            if not rating:
                return None
            name = "contest"
            values = self._get_contest_values(guest, saying, rating, typed or {})
        return {
            "template": f"dupq_assessment.saying_{name}",
            "title": self.env._("How we see it so far"),
            "frame": self._get_saying_frame(guest, saying),
            "values": {
                **values,
                "easy": saying.easy,
                "start_url": guest.url(saying.at()),
                "list_url": guest.url(saying.at("ratings")),
                "errors": list(errors),
            },
        }

    def _get_drafts_values(self, guest, saying, drafts):
        return {
            "is_told": saying.step == "contested",
            "drafts": [
                {
                    **self._describe_draft(saying, one),
                    "url": guest.url(saying.at(f"contest-{one.id}")),
                }
                for one in drafts
            ],
        }

    def _get_contest_values(self, guest, saying, rating, typed):
        return {
            **self._describe_draft(saying, rating),
            "rating_id": rating.id,
            "answers": self._get_answers(saying, typed.get("answer")),
            "words": typed.get("words") or "",
            "most": MOST_CHARACTERS,
            "action_url": guest.url(saying.at("contested")),
        }

    def _describe_draft(self, saying, rating):
        """Of which area, in few words, and where it stands so far."""
        kind = "easy_read" if saying.easy else "plain"
        cards = self.assessment_id.scale_id._get_cards()
        pictures = {card.id: card.picture for card in cards}
        return {
            "name": rating.area_id.with_context(dupq_wording_kind=kind).shown_name,
            "level": rating.level_id.name,
            "picture": pictures.get(rating.level_id.id) or "bar-chart",
        }

    # === THE ANSWERS === #

    def _take_contest(self, guest, saying, answers):
        """Keep what somebody sees differently, once; say what is missing."""
        number = answers.get("rating", "")
        rating = self._get_drafts().filtered(lambda one: str(one.id) == number)
        if not rating:
            words = answers.get("words")
            here = replace(saying, step="ratings")
            page = words and self._get_contest_page(guest, here)
            return add_lost(page, words) or saying.at("ratings")
        if not answers.get("words"):
            here = Saying(
                saying.easy, saying.consent, saying.nameless, f"contest-{rating.id}"
            )
            message = self.env._("Say why you see it differently.")
            errors = [{"field": "words", "message": message}]
            return self._get_contest_page(guest, here, answers, errors)
        values = {
            "words": answers["words"][:MOST_CHARACTERS].strip(),
            "group_id": self.group_id.id,
            "level_wanted_id": self._read_answer(answers.get("answer")).get("level_id"),
        }
        # What a browser sends again, because no answer came back, is there already.
        said = [("rating_id", "=", rating.id), ("is_anonymous", "=", True)]
        said += [(name, "=", values[name]) for name in ("words", "group_id")]
        if not self.env["dupq.assessment.dissent"].search_count(said, limit=1):
            self.env["dupq.assessment.dissent"]._contest(rating, values)
        return saying.at("contested")
