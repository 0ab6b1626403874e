from odoo import api, models
from odoo.fields import Domain

from .. import board


class DupqBoardQuestion(models.AbstractModel):
    """What the board might ask next, and what people have said."""

    _name = "dupq.board.question"
    _description = "Questions of the Board Page"
    _inherit = ["dupq.board.part"]

    @api.model
    def _get_questions(self, code, ratings, today):
        """Questions of the Code for the areas that are rated lowest.

        :param ratings: {place: ratings}, see ``_get_ratings``
        """
        model = self.env["dupq.assessment.rating"]
        rated = model.union(*ratings.values()).filtered("level_id")
        by_area = {
            area: {rating: rating.level_id.share for rating in group}
            for area, group in rated.grouped("area_id").items()
        }
        weakest = board.get_weakest(by_area)
        areas = self.env["dupq.code.area"].union(*(area for area, _ids in weakest))
        questions = self.env["dupq.code.question"].search_fetch(
            [("area_id", "in", areas.ids)], ["text", "area_id", "reference"]
        )
        questions = questions.grouped("area_id")
        return [
            {
                "area": f"{area.reference} {area.shown_name}",
                "places": ", ".join(
                    (each.service_id or each.company_id).name for each in worst
                ),
                "texts": [
                    question.text
                    for question in board.pick_in_turn(
                        questions.get(area, []), 2 if area == areas[0] else 1, today
                    )
                ],
                "action": self._prepare_action(
                    area.display_name, model, Domain("id", "in", [r.id for r in worst])
                ),
            }
            for area, worst in weakest
        ]

    @api.model
    def _get_quotes(self, ratings):
        """Up to three things that people said, one of them hard to hear."""
        model = self.env["dupq.assessment.rating"]
        assessments = model.union(*ratings.values()).assessment_id
        quotes = self.env["dupq.voice"].search(
            [("assessment_id", "in", assessments.ids)], order="id desc"
        )
        quotes = quotes._may_be_printed()
        hard = quotes.filtered(lambda quote: quote.feeling == "not_yet")
        return [
            {
                "id": quote.id,
                "words": quote.words,
                "who": quote.group_id.name,
                "where": (quote.assessment_id.service_id or quote.company_id).name,
                "is_hard": quote in hard,
                "action": self._prepare_form_action(
                    quote.assessment_id.name, quote.assessment_id
                ),
            }
            for quote in (quotes - hard)[:2] + hard[:1]
        ]
