from odoo import api, models
from odoo.exceptions import AccessError


class DupqModerationTable(models.AbstractModel):
    """Where the panel differs: every answer with its scores, widest spread first."""

    _name = "dupq.moderation.table"
    _description = "Moderation Table"
    _inherit = ["dupq.panel.screen"]

    @api.model
    @api.readonly
    def get_table(self, tender_id=False):
        """The tenders I chair and, for one of them, the table to agree on.

        :param int tender_id: the tender to open; the only one, if left out
        """
        seats = self._get_my_seats(role="chair")
        table = {"tenders": [self._prepare_tender(seat.tender_id) for seat in seats]}
        if chosen := self._choose(seats, tender_id):
            table.update(self._prepare_table(chosen))
        return table

    def _prepare_table(self, seat):
        tender = seat.tender_id
        return {
            "tender": self._prepare_tender(tender),
            "seat": {"id": seat.id, "state": seat.state},
            "bidders": self._get_bidder_names(tender),
            "panel": [self._prepare_seat(each) for each in tender.evaluator_ids],
            "levels": [
                {"id": level.id, "value": level.value, "name": level.name}
                for level in tender.scale_level_ids.sorted("value")
            ],
            "rows": self._prepare_rows(tender) if tender.is_moderated_by_me else [],
        }

    def _prepare_seat(self, seat):
        labels = dict(seat._fields["state"]._description_selection(self.env))
        return {
            "id": seat.id,
            "name": seat.display_name,
            "role": seat.role,
            "state": seat.state,
            "label": labels[seat.state],
        }

    def _prepare_rows(self, tender):
        """One row for each answer of the live bids, the widest spread first."""
        table = self.env["dupq.score.agreed"].search(
            [("tender_id", "=", tender.id), ("bid_id.state", "=", "received")]
        )
        scores = self._get_scores(table)
        rows = [self._prepare_row(agreed, scores) for agreed in table]
        return sorted(rows, key=lambda row: -row["spread"])

    def _prepare_row(self, agreed, by_answer):
        scores = by_answer.get((agreed.bid_id, agreed.criterion_id), ())
        values = [score.level_id.value for score in scores]
        return {
            "id": agreed.id,
            "bid": agreed.bid_id.display_name,
            "criterion": agreed.criterion_id.name,
            "question": agreed.criterion_id.question,
            "is_blank": agreed.is_blank,
            "spread": max(values) - min(values) if values else 0,
            "scores": [
                {
                    "id": score.id,
                    "who": score.evaluator_id.display_name,
                    "value": score.level_id.value,
                    "comment": score.comment,
                }
                for score in scores
            ],
            "level_id": agreed.level_id.id,
            "reason": agreed.reason or "",
            "warning": agreed.warning or "",
            "history": agreed.history or [],
        }

    def _get_scores(self, table):
        """``{(bid, criterion): scores}`` of those who did not stand down."""
        scores = self.env["dupq.score"].search_fetch(
            [
                ("bid_id", "in", table.bid_id.ids),
                ("criterion_id", "in", table.criterion_id.ids),
                ("evaluator_id.state", "=", "locked"),
            ],
            ["bid_id", "criterion_id", "evaluator_id", "level_id", "comment"],
        )
        return scores.grouped(lambda score: (score.bid_id, score.criterion_id))

    @api.model
    def save_agreed(self, agreed_id, level_id, reason):
        """Keep what the panel agreed for one answer; say what is weak in it.

        :param int agreed_id: a row of the table, of a tender that the user chairs
        :param int level_id: the level of the scale, or False for none yet
        :param str reason: the reason as it may be told to the bidder
        :return: the row as it is now
        """
        agreed = self.env["dupq.score.agreed"].browse(agreed_id)
        if not agreed.tender_id.is_moderated_by_me:
            raise AccessError(self.env._("Only the chair of the panel does this."))
        agreed.write({"level_id": level_id, "reason": reason})
        return self._prepare_row(agreed, self._get_scores(agreed))
