"""The records of a self-assessment from which an action can be planned."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class DupqVoice(models.Model):
    """What someone said may lead to an action, and answer whether one worked."""

    _name = "dupq.voice"
    _inherit = ["dupq.voice", "dupq.action.source"]

    action_id = fields.Many2one(
        "dupq.action",
        string="Answers the action",
        index="btree_not_null",
        ondelete="set null",
        help="They said this when asked whether the action worked.",
    )
    is_said_before = fields.Boolean(
        string="Said before",
        readonly=True,
        copy=False,
        help="Said before the action was taken up again; it no longer counts.",
    )

    @api.depends("action_id.company_id")
    def _compute_company_id(self):
        """Extend: an answer belongs to whoever made the promise."""
        res = super()._compute_company_id()
        for voice in self:
            if voice.action_id and not (voice.assessment_id or voice.service_id):
                # Nobody's answer need not be able to read the action.
                voice.company_id = voice.action_id.sudo().company_id
        return res

    def write(self, vals):
        """Override: only taking up an action again says that its answers are past."""
        if "is_said_before" in vals and not self.env.su:
            raise AccessError(
                self.env._("Take the action up again: people are asked anew then.")
            )
        return super().write(vals)

    def _is_always_open(self, vals):
        """Extend: whether an answer still counts is no part of what was completed."""
        return vals.keys() == {"is_said_before"} or super()._is_always_open(vals)


class DupqAssessmentRating(models.Model):
    """What was found in an area may lead to an action."""

    _name = "dupq.assessment.rating"
    _inherit = ["dupq.assessment.rating", "dupq.action.source"]

    def _get_action_finding(self):
        return self.finding or ""


class DupqAssessmentProportion(models.Model):
    """People who do not receive the good yet: what we do for them."""

    _name = "dupq.assessment.proportion"
    _inherit = ["dupq.assessment.proportion", "dupq.action.source"]

    def _get_action_finding(self):
        return self.said or ""


class DupqAssessmentBarrier(models.Model):
    """What stops us may lead to an action all the same."""

    _name = "dupq.assessment.barrier"
    _inherit = ["dupq.assessment.barrier", "dupq.action.source"]

    def _get_action_finding(self):
        return self.name


class DupqAssessmentDissent(models.Model):
    """What somebody sees differently may lead to an action; their words stay theirs."""

    _name = "dupq.assessment.dissent"
    _inherit = ["dupq.assessment.dissent", "dupq.action.source"]
    # As the model itself says: no name and no time of who says it.
    _log_access = False
