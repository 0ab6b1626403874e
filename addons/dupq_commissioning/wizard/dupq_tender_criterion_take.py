from odoo import api, fields, models
from odoo.fields import Command

from ..scoring import even_shares, from_field, missing_weight


class DupqTenderCriterionTake(models.TransientModel):
    """Turn chosen areas of the Code into criteria of a tender, to be edited after."""

    _name = "dupq.tender.criterion.take"
    _description = "Take Criteria from the Code"

    tender_id = fields.Many2one("dupq.tender", required=True, ondelete="cascade")
    code_id = fields.Many2one(related="tender_id.code_id")
    area_ids = fields.Many2many(
        "dupq.code.area",
        string="Areas",
        compute="_compute_area_ids",
        store=True,
        readonly=False,
    )

    @api.depends("tender_id")
    def _compute_area_ids(self):
        areas = self.env["dupq.code.area"].search([("code_id", "in", self.code_id.ids)])
        by_code = areas.grouped("code_id")
        for take in self:
            taken = take.tender_id.criterion_ids.area_id
            take.area_ids = by_code.get(take.code_id, areas.browse()) - taken

    def action_take(self):
        """Add a criterion for each chosen area, sharing what is left of 100."""
        self.ensure_one()
        weights = [from_field(c.weight) for c in self.tender_id.criterion_ids]
        shares = even_shares(missing_weight(weights), len(self.area_ids))
        self.tender_id.criterion_ids = [
            Command.create({**self._prepare_criterion(area), "weight": float(share)})
            for area, share in zip(self.area_ids, shares, strict=True)
        ]
        return {"type": "ir.actions.act_window_close"}

    def _prepare_criterion(self, area):
        """The question and the scoring guide that an area of the Code suggests."""
        return {
            "area_id": area.id,
            "name": area.shown_name,
            "sequence": area.sequence,
            "question": self._get_question(area),
            "guide": self._get_guide(area),
        }

    def _get_question(self, area):
        shared = area.question_ids.filtered(lambda question: not question.company_id)
        asked = "\n".join(f"- {text}" for text in shared[:3].mapped("shown_text"))
        opening = self.env._(
            "%(principle)s\nTell us how this happens in your services, with dated "
            "examples and in the words of people you support.",
            principle=area.principle or area.shown_name,
        )
        return f"{opening}\n{asked}" if asked else opening

    def _get_guide(self, area):
        """What shows that the area is lived, and what shows that it is not."""
        parts = [
            self._list(self.env._("Look for:"), area.good_ids),
            self._list(self.env._("Be wary of:"), area.bad_ids),
            self.env._(
                "Owning up to a difficulty, with a plan for it, never costs marks. "
                "A claim without evidence is a claim."
            ),
        ]
        return "\n".join(part for part in parts if part)

    def _list(self, title, statements):
        lines = [f"- {text}" for text in statements.mapped("shown_text")]
        return "\n".join([title, *lines]) if lines else ""
