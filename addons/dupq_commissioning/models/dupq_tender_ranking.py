from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .. import scoring


class DupqTenderRanking(models.AbstractModel):
    """The order of the bids of a decided tender, computed when it is asked for.

    Nothing of it is stored: it follows from the agreed scores, the prices and the
    published method, and can be opened down to them.
    """

    _name = "dupq.tender.ranking"
    _description = "Ranking"

    @api.model
    @api.readonly
    def get_ranking(self, tender_id):
        """The ranking as the panel reads it, each total with its lines.

        :param int tender_id: a decided tender whose bids the user may read
        """
        tender = self.env["dupq.tender"].browse(tender_id)
        tender.check_access("read")
        if not tender.is_open_to_me:
            raise AccessError(self.env._("Only the panel sees the ranking."))
        if tender.state != "decided":
            raise UserError(
                self.env._("The ranking is shown when all agreed scores are in.")
            )
        return {
            "tender": {
                "id": tender.id,
                "name": tender.name,
                "reference": tender.reference,
            },
            "has_price": bool(tender.price_weight),
            "quality_weight": scoring.plain(scoring.from_field(tender.quality_weight)),
            "price_weight": scoring.plain(scoring.from_field(tender.price_weight)),
            "bids": self._prepare_bids(tender),
        }

    def _rank(self, tender):
        """The results of all live bids, best first, in exact arithmetic."""
        return scoring.rank(self._get_method(tender), self._get_bids(tender))

    def _get_method(self, tender):
        """What the tender said about choosing, in decimals."""
        lowest = tender.quality_minimum
        return scoring.Method(
            criteria=[
                scoring.Criterion(
                    criterion.id,
                    scoring.from_field(criterion.weight),
                    criterion.minimum if criterion.has_minimum else None,
                )
                for criterion in tender.criterion_ids
            ],
            top=max(tender.scale_level_ids.mapped("value")),
            quality_weight=scoring.from_field(tender.quality_weight),
            price_weight=scoring.from_field(tender.price_weight),
            quality_minimum=scoring.from_field(lowest) if lowest else None,
        )

    def _get_bids(self, tender):
        """The live bids with their agreed scores and prices, in two queries."""
        values = {level.id: level.value for level in tender.scale_level_ids}
        scores = {bid.id: {} for bid in tender._get_live_bids()}
        for agreed in self._get_agreed(tender):
            if agreed.level_id and agreed.bid_id.id in scores:
                scores[agreed.bid_id.id][agreed.criterion_id.id] = values[
                    agreed.level_id.id
                ]
        # Prices are read for the panel only once the tender is decided.
        bids_sudo = tender._get_live_bids().sudo()
        return [
            scoring.Bid(
                bid.id,
                scores[bid.id],
                scoring.from_field(bid.price) if bid.price else None,
            )
            for bid in bids_sudo
        ]

    def _get_agreed(self, tender):
        return self.env["dupq.score.agreed"].search_fetch(
            [("tender_id", "=", tender.id)],
            ["bid_id", "criterion_id", "level_id", "reason"],
        )

    def _prepare_bids(self, tender):
        reasons = {
            (agreed.bid_id.id, agreed.criterion_id.id): agreed.reason
            for agreed in self._get_agreed(tender)
        }
        bids = {bid.id: bid for bid in tender._get_live_bids()}
        return [
            self._prepare_bid(tender, bids[result.bid], result, reasons)
            for result in self._rank(tender)
        ]

    def _prepare_bid(self, tender, bid, result, reasons):
        price = bid.price_offered
        return {
            "id": bid.id,
            "name": bid.display_name,
            "rank": result.rank,
            "is_tied": result.is_tied,
            "quality": scoring.shown(result.quality_points),
            "price": bid.currency_id.format(price) if price else "",
            "price_points": scoring.shown(result.price_points),
            "total": scoring.shown(result.total),
            "why_not": [
                self._say_reason(tender, code, key) for code, key in result.reasons
            ],
            "lines": [
                {
                    "id": line.criterion,
                    "name": self._get_criterion(tender, line.criterion).name,
                    "weight": scoring.plain(line.weight),
                    "score": line.score,
                    "points": scoring.shown(line.points),
                    "reason": reasons.get((bid.id, line.criterion)) or "",
                }
                for line in result.lines
            ],
        }

    def _get_criterion(self, tender, criterion_id):
        return tender.criterion_ids.browse(criterion_id)

    def _say_reason(self, tender, code, key):
        """Why a bid is not ranked, in a sentence that the bidder may read."""
        if code == scoring.BELOW_CRITERION:
            criterion = self._get_criterion(tender, key)
            return self.env._(
                "Not ranked: below the lowest score of %(minimum)s on %(criterion)s.",
                minimum=criterion.minimum,
                criterion=criterion.name,
            )
        if code == scoring.BELOW_QUALITY:
            return self.env._(
                "Not ranked: below the lowest quality of %(minimum)s %%.",
                minimum=scoring.plain(scoring.from_field(tender.quality_minimum)),
            )
        if code == scoring.NO_PRICE:
            return self.env._("Not ranked: no price above zero was given.")
        return self.env._("Not ranked: a score is missing.")
