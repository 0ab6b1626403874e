from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import HR_OFFICERS, QUALITY_LEAD
from ..models.dupq_evidence_rule_ledger import STEPS

# Records of each kind that are shown as examples.
EXAMPLES = 5


class DupqEvidenceRulePreview(models.TransientModel):
    """What a rule would add, change and withdraw, before it does.

    Nothing is written to the ledger. It looks with the eyes of whoever tries it, as
    the rule does once that person switches it on; with its owner's while it is on.
    """

    _name = "dupq.evidence.rule.preview"
    _description = "Try a Rule"

    rule_id = fields.Many2one(
        "dupq.evidence.rule", required=True, ondelete="cascade", readonly=True
    )
    add_count = fields.Integer(string="To add", compute="_compute_counts")
    change_count = fields.Integer(string="To change", compute="_compute_counts")
    withdraw_count = fields.Integer(string="To withdraw", compute="_compute_counts")
    gone_count = fields.Integer(string="Source deleted", compute="_compute_counts")
    keep_count = fields.Integer(string="To leave as it is", compute="_compute_counts")
    examples = fields.Text(compute="_compute_counts")
    left_out = fields.Char(
        string="Fit, but left out",
        compute="_compute_counts",
        help="Records that meet the condition, and are no evidence all the same. Ask "
        "about one of them below.",
    )
    model = fields.Char(related="rule_id.model")
    res_id = fields.Many2oneReference(
        string="Record", model_field="model", help="Any record of the rule's kind."
    )
    answer = fields.Char(compute="_compute_answer")

    @api.depends("rule_id")
    def _compute_counts(self):
        for preview in self:
            preview._check_role()
            # The ledger is compared whole; the records are read as the user.
            rule_sudo = preview.rule_id.sudo()
            eyes = preview._get_eyes()
            if sentence := rule_sudo._why_no_sight(eyes):
                raise UserError(sentence)
            counts = rule_sudo._plan(eyes=eyes)
            for step in STEPS:
                preview[f"{step}_count"] = counts[step]
            preview.keep_count = (
                rule_sudo._count_items()
                - counts["change"]
                - counts["withdraw"]
                - counts["gone"]
            )
            preview.left_out = rule_sudo._explain_left_out()
            preview.examples = preview._get_examples(rule_sudo)

    @api.depends("res_id")
    def _compute_answer(self):
        for preview in self:
            preview._check_role()
            preview.answer = False
            if preview.res_id:
                rule = preview.rule_id
                record = self.env[rule.model].browse(preview.res_id)
                preview.answer = rule._explain_record(record, preview._get_eyes())

    def _get_examples(self, rule_sudo):
        """Names of the first records of each step that the user may read."""
        words = {
            "add": self.env._("Added"),
            "change": self.env._("Changed"),
            "withdraw": self.env._("Withdrawn"),
        }
        lines = []
        for step, label in words.items():
            ids = [res_id for res_id, _item in rule_sudo._get_planned(step, EXAMPLES)]
            records = self.env[rule_sudo.model].browse(ids).exists()
            for record in records._filtered_access("read"):
                lines.append(f"{label}: {record.display_name}")
        return "\n".join(lines)

    def _get_eyes(self):
        """Whose eyes the next run has: the owner's, or who would switch it on."""
        return None if self.rule_id.state == "on" else self.env.uid

    def _check_role(self):
        roles = (QUALITY_LEAD, *HR_OFFICERS)
        if not self.env.su and not self.env.user.has_groups(",".join(roles)):
            raise AccessError(self.env._("Only a quality lead or HR tries a rule."))
