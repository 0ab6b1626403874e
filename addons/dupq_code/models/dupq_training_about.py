from odoo import fields, models


class DupqTrainingAbout(models.Model):
    """For whom a training was: one person supported.

    Who does not support the person sees a reference, as with jobs made for somebody.
    """

    _name = "dupq.training.about"
    _description = "Person a training was for"
    _inherit = ["dupq.training.part"]
    _order = "id"
    _rec_name = "person_id"

    person_id = fields.Many2one(
        "dupq.person", string="For", required=True, ondelete="cascade", index=True
    )

    _line_uniq = models.UniqueIndex(
        "(resume_line_id, person_id) WHERE resume_line_id IS NOT NULL",
        "The course is for this person already.",
    )
    _skill_uniq = models.UniqueIndex(
        "(employee_skill_id, person_id) WHERE employee_skill_id IS NOT NULL",
        "The skill is for this person already.",
    )
