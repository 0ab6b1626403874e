from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.dupq_code.dates import long_date


class DupqScoringDesk(models.AbstractModel):
    """What one evaluator has in front of them, and nothing of anybody else's.

    Everything is read with the rights of the person who asks; the record rules
    decide, this class only arranges.
    """

    _name = "dupq.scoring.desk"
    _description = "Scoring Desk"
    _inherit = ["dupq.panel.screen"]

    @api.model
    @api.readonly
    def get_desk(self, tender_id=False):
        """My tenders to score and, for one of them, questions, scale and progress.

        :param int tender_id: the tender to open; the only one, if left out
        """
        seats = self._get_my_seats()
        desk = {"tenders": [self._prepare_choice(seat) for seat in seats]}
        if chosen := self._choose(seats, tender_id):
            desk.update(self._prepare_desk(chosen))
        return desk

    @api.model
    @api.readonly
    def get_bid(self, bid_id):
        """One bid question by question: the answer, what supports it, my score.

        :param int bid_id: an open bid of a tender on whose panel the user is
        """
        bid = self.env["dupq.bid"].browse(bid_id)
        bid.check_access("read")
        if not bid.is_opened:
            raise AccessError(self.env._("This bid is sealed."))
        answers = {answer.criterion_id: answer for answer in bid.answer_ids}
        scores = {score.criterion_id: score for score in self._get_my_scores(bid)}
        return [
            self._prepare_card(criterion, answers.get(criterion), scores.get(criterion))
            for criterion in bid.tender_id.criterion_ids
        ]

    def _get_my_scores(self, bids):
        return self.env["dupq.score"].search_fetch(
            [("bid_id", "in", bids.ids), ("user_id", "=", self.env.uid)],
            ["bid_id", "criterion_id", "level_id", "comment"],
        )

    def _prepare_choice(self, seat):
        labels = dict(seat.tender_id._fields["state"]._description_selection(self.env))
        choice = self._prepare_tender(seat.tender_id)
        return {**choice, "state": labels[choice["state"]]}

    def _prepare_desk(self, seat):
        tender = seat.tender_id
        bids = tender._get_live_bids() if tender.is_open_to_me else tender.bid_ids[:0]
        return {
            "tender": {
                **self._prepare_tender(tender),
                "partner": tender.partner_id.display_name,
            },
            "seat": {"id": seat.id, "state": seat.state, "role": seat.role},
            "bidders": self._get_bidder_names(tender),
            "levels": [
                {
                    "id": level.id,
                    "value": level.value,
                    "name": level.name,
                    "description": level.description,
                }
                for level in tender.scale_level_ids.sorted("value")
            ],
            "criteria": [
                {
                    "id": criterion.id,
                    "name": criterion.name,
                    "question": criterion.question,
                    "guide": criterion.guide or "",
                }
                for criterion in tender.criterion_ids
            ],
            "bids": [{"id": bid.id, "name": bid.display_name} for bid in bids],
            # Nothing was handed in: 0 by rule, nothing to do
            "blank": sorted(bids._get_blanks()),
            "done": [
                [score.bid_id.id, score.criterion_id.id]
                for score in self._get_my_scores(bids)
                if score.level_id and score.comment
            ],
        }

    def _prepare_card(self, criterion, answer, score):
        return {
            "criterion_id": criterion.id,
            "answer": (answer.text if answer else "") or "",
            "evidence": self._prepare_evidence(answer),
            "score": score.id if score else False,
            "level_id": score.level_id.id if score else False,
            "comment": (score.comment if score else "") or "",
        }

    def _prepare_evidence(self, answer):
        """Published reports behind an answer: where and when, never a rating."""
        return [
            {
                "id": publication.id,
                "name": publication.name,
                "url": publication.url,
                "facts": [
                    self.env._(
                        "Published %(date)s, version %(version)s",
                        date=long_date(self.env, publication.date),
                        version=publication.version,
                    )
                ],
            }
            for publication in (answer.publication_ids if answer else ())
        ]
