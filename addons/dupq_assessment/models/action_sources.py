"""The records of a self-assessment from which an action can be planned."""

from odoo import fields, models


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
