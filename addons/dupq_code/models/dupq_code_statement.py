from collections import Counter

from odoo import fields, models
from odoo.fields import Domain


class DupqCodeStatement(models.Model):
    """What good looks like, or bad, or one item of another framework."""

    _name = "dupq.code.statement"
    _description = "Code Statement"
    _inherit = ["dupq.code.item"]
    _order = "code_id, area_id, polarity desc, sequence, id"
    _rec_names_search = ["reference", "text"]

    _frozen_fields = ("reference", "sequence", "text", "easy_read", "polarity")

    reference = fields.Char(required=True)
    area_id = fields.Many2one(
        "dupq.code.area", required=True, index=True, ondelete="cascade"
    )
    code_id = fields.Many2one(related="area_id.code_id", store=True, index=True)
    polarity = fields.Selection(
        [("good", "Good"), ("bad", "Bad"), ("item", "Item")],
        string="Kind",
        required=True,
        default="good",
        help="Frameworks that do not say good and bad have items.",
    )
    text = fields.Text(string="Plain wording", required=True, translate=True)
    wording_ids = fields.One2many(
        "dupq.code.wording", "statement_id", string="Other wordings"
    )
    erratum_ids = fields.One2many("dupq.code.erratum", "statement_id")
    crosswalk_count = fields.Integer(string="Links", compute="_compute_crosswalk_count")

    _reference_uniq = models.Constraint(
        "UNIQUE(code_id, reference)",
        "Another statement of this Code has this reference.",
    )

    def _compute_crosswalk_count(self):
        """Count the links of each statement, whichever way round they are."""
        counts = Counter()
        for name in ("source_id", "target_id"):
            groups = self.env["dupq.code.crosswalk"]._read_group(
                [(name, "in", self._origin.ids)], [name], ["__count"]
            )
            counts.update({statement.id: count for statement, count in groups})
        for statement in self:
            statement.crosswalk_count = counts[statement._origin.id]

    def action_view_crosswalks(self):
        """Open the links of the statements to other frameworks, both ways round."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dupq_code.dupq_code_crosswalk_action"
        )
        domain = Domain("source_id", "in", self.ids) | Domain(
            "target_id", "in", self.ids
        )
        context = {"default_source_id": self.id} if len(self) == 1 else {}
        return action | {"domain": list(domain), "context": context}
