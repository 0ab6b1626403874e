from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DupqAssessmentApproach(models.AbstractModel):
    """What a self-assessment is for, and along which lines it goes.

    A part of ``dupq.assessment``, in a file of its own. The lines are the areas of
    the Code, or parts of the organisation (the focuses), or both.
    """

    _name = "dupq.assessment.approach"
    _description = "Approach of a Self-assessment"

    kind = fields.Selection(
        [
            ("yearly", "Yearly self-assessment"),
            ("new_service", "A new service"),
            ("reprovision", "Re-provision: moving from one kind of service to another"),
        ],
        required=True,
        default="yearly",
    )
    purpose_ids = fields.Many2many("dupq.code.purpose", string="What for")
    approach = fields.Selection(
        [
            ("area", "By the areas of the Code"),
            ("focus", "By parts of our organisation"),
            ("both", "Both"),
        ],
        required=True,
        default="area",
    )
    focus_ids = fields.Many2many(
        "dupq.code.focus",
        string="Parts of our organisation",
        help="The parts of the organisation that it looks at.",
    )
    focus_other = fields.Char(
        string="Another part", help="In your own words, if none of the list fits."
    )

    @api.constrains("approach", "focus_ids", "focus_other")
    def _check_focus_ids(self):
        for assessment in self:
            if assessment.approach != "area" and not (
                assessment.focus_ids or assessment.focus_other
            ):
                raise ValidationError(
                    self.env._("Choose the parts of your organisation to look at.")
                )
