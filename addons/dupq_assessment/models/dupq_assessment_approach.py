from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# The one of the list that everybody gives their own name to.
OTHER_FOCUS = "dupq_code.dupq_code_focus_other"
# The purpose that asks the same as its kind of self-assessment.
NEW_SERVICE = "dupq_code.dupq_code_purpose_new_service"
KINDS = [
    ("yearly", "Yearly self-assessment"),
    ("new_service", "A new service"),
    ("reprovision", "Re-provision: moving from one kind of service to another"),
]


class DupqAssessmentApproach(models.AbstractModel):
    """What a self-assessment is for, and along which lines it goes.

    A part of ``dupq.assessment``, in a file of its own. The lines are the areas of
    the Code, or parts of the organisation (the focuses), or both.
    """

    _name = "dupq.assessment.approach"
    _description = "Approach of a Self-assessment"

    kind = fields.Selection(
        KINDS,
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

    prompts = fields.Json(compute="_compute_prompts")

    @api.depends("kind", "purpose_ids", "company_id")
    @api.depends_context("lang")
    def _compute_prompts(self):
        """What to think of at each step: {tab: [{text, because}]}."""
        prompts = self.env["dupq.assessment.prompt"].search(Domain.TRUE)
        for assessment in self:
            mine = assessment._pick_prompts(prompts)
            assessment.prompts = {
                key: [
                    {"text": one.text, "because": one.purpose_id.name or ""}
                    for one in some
                ]
                for key, some in mine.grouped("key").items()
            }

    def _pick_prompts(self, prompts):
        """Those for the kind and the purposes of this one.

        Who chose setting up a new service as a purpose is asked what that asks.
        """
        purposes = {False, *self.purpose_ids._origin.ids}
        kinds, companies = {False, self.kind}, {False, self.company_id.id}
        # By its number, which Odoo remembers.
        new_service = self.env["ir.model.data"]._xmlid_to_res_id(NEW_SERVICE)
        if new_service and new_service in purposes:
            kinds.add("new_service")
        return prompts.filtered(
            lambda one: (
                one.kind in kinds
                and one.purpose_id.id in purposes
                and one.company_id.id in companies
            )
        )

    def _get_focuses(self):
        """The parts of the organisation along which it goes, if it does.

        A part that is not on the list stands there as the last one, by its own name.
        """
        self.ensure_one()
        if self.approach not in ("focus", "both"):
            return self.env["dupq.code.focus"]
        own = self._get_other_focus() if self.focus_other else self.focus_ids[:0]
        return self.focus_ids | own

    def _get_focus_name(self, focus):
        """What this one calls a part of the organisation."""
        if self.focus_other and focus and focus._origin == self._get_other_focus():
            return self.focus_other
        return focus.name or ""

    @api.model
    def _get_other_focus(self):
        other = self.env.ref(OTHER_FOCUS, raise_if_not_found=False)
        return other or self.env["dupq.code.focus"]

    @api.constrains("approach", "focus_ids", "focus_other")
    def _check_focus_ids(self):
        for assessment in self:
            if assessment.approach != "area" and not (
                assessment.focus_ids or assessment.focus_other
            ):
                raise ValidationError(
                    self.env._("Choose the parts of your organisation to look at.")
                )
