from odoo import fields, models


class DupqAssessmentDesign(models.AbstractModel):
    """Who designed the self-assessment itself.

    A part of ``dupq.assessment``, in a file of its own: quality is looked at in a
    way that people who are supported have a say in.
    """

    _name = "dupq.assessment.design"
    _description = "Design of a Self-assessment"

    design_group_ids = fields.Many2many(
        "dupq.stakeholder.group",
        "dupq_assessment_design_rel",
        string="Designed together with",
        help="The groups that decided with us what is asked, and how.",
    )
    design_note = fields.Text(
        string="What they decided",
        copy=False,
        help="For example which questions are asked, and who asks them.",
    )
