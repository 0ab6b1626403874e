from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .dupq_training_mixin import HANDS, WHO_READS_EVIDENCE, WHO_SEES


class HrEmployeeSkill(models.Model):
    """A skill or certificate can be evidence: staff able to do what they do."""

    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "dupq.training.mixin", "dupq.evidence.mixin"]

    _dupq_source_type = "skill"
    _dupq_perspective = "training"
    _dupq_statements = ("a3_g6",)

    dupq_is_renewed = fields.Boolean(
        string="Renewed",
        compute="_compute_dupq_is_renewed",
        search="_search_dupq_is_renewed",
        help="The employee has the same skill once more, for longer, and it counts.",
    )

    dupq_about_ids = fields.One2many(
        "dupq.training.about", "employee_skill_id", string="For whom", groups=WHO_SEES
    )
    dupq_effect_ids = fields.One2many(
        "dupq.training.effect",
        "employee_skill_id",
        string="What it is to change",
        groups=WHO_READS_EVIDENCE,
    )

    @api.depends(
        "skill_id",
        "valid_to",
        "employee_id.employee_skill_ids.skill_id",
        "employee_id.employee_skill_ids.valid_to",
        "employee_id.employee_skill_ids.dupq_is_unchecked",
    )
    def _compute_dupq_is_renewed(self):
        later = self.employee_id.employee_skill_ids.grouped("skill_id")
        for skill in self:
            skill.dupq_is_renewed = any(
                not other.valid_to or other.valid_to > skill.valid_to
                for other in later.get(skill.skill_id, ())
                if other.employee_id == skill.employee_id and skill.valid_to
                if not other.dupq_is_unchecked
            )

    @api.model
    def _search_dupq_is_renewed(self, operator, value):
        if operator != "in":
            return NotImplemented
        renewed = Domain.custom(to_sql=self._get_renewed_sql)
        found = [renewed] if True in value else []
        return Domain.OR([*found, *([~renewed] if False in value else ())])

    def _get_renewed_sql(self, _model, alias, _query):
        """In SQL because it compares a line with the other lines of its employee."""
        return SQL(
            """(%(alias)s.valid_to IS NOT NULL AND EXISTS (SELECT 1 FROM %(table)s later
                        WHERE later.employee_id = %(alias)s.employee_id
                          AND later.skill_id = %(alias)s.skill_id
                          AND later.id != %(alias)s.id
                          AND later.dupq_is_unchecked IS NOT TRUE
                          AND (later.valid_to IS NULL
                               OR later.valid_to > %(alias)s.valid_to)))""",
            table=SQL.identifier(self._table),
            alias=SQL.identifier(alias),
        )

    @api.onchange("skill_id")
    def _onchange_dupq_kind_id(self):
        """Show what is recognised while somebody chooses."""
        self._recognise_dupq_kind()

    # === HOOKS OF THE MIXINS === #

    def _get_passive_fields(self):
        """Override to keep who had a hand in it when Odoo makes a new version.

        Not in one that the employee makes: that is theirs to say.
        """
        names = super()._get_passive_fields()
        if self._may_say_dupq_facts():
            names = [*names, *HANDS, "dupq_is_paid"]
        return names

    def _changes_what_is_said(self, vals):
        """Override: another skill, level or day; to end it sooner claims nothing."""
        said = {"employee_id", "skill_id", "skill_level_id", "skill_type_id"}
        said |= {"valid_from", "valid_to"}
        if vals.keys() & said == {"valid_to"} and vals["valid_to"]:
            until = fields.Date.to_date(vals["valid_to"])
            return any(skill.valid_to and skill.valid_to < until for skill in self)
        return not said.isdisjoint(vals)

    @api.model
    def _get_dupq_kind_depends(self):
        """Override to name what a skill is recognised by."""
        return ["skill_id", "employee_id"]

    def _get_dupq_marked(self):
        """Override to give the skill."""
        return {"skill_id": self.skill_id.id}

    @api.model
    def _may_be_dupq_training(self, vals, marks):
        """Override to look at the skill, where it is said."""
        skills = {skill for _id, _c, skills, *_ in marks for skill in skills}
        return "skill_id" not in vals or vals["skill_id"] in skills

    @api.model
    def _get_dupq_day_depends(self):
        """Extend to name the days of a skill."""
        return [*super()._get_dupq_day_depends(), "valid_from", "valid_to"]

    def _get_dupq_days(self):
        """Override to take the days between which the skill is valid."""
        return self.valid_from, self.valid_to

    @api.model
    def _get_dupq_own_days_sql(self, alias):
        """Override to say the same in SQL."""
        alias = SQL.identifier(alias)
        return SQL("%s.valid_from", alias), SQL("%s.valid_to", alias)

    def _get_dupq_person_names(self):
        """Override to protect the employee, and for whom it was."""
        return {
            skill.id: [
                skill.employee_id.name or "",
                # A title must not name them, whoever writes it.
                *skill.sudo().dupq_about_ids.person_id.mapped("preferred_name"),
            ]
            for skill in self
        }

    def _get_dupq_evidence_date(self):
        """Override to take the day from which the skill is valid."""
        return self.valid_from or super()._get_dupq_evidence_date()

    def _get_dupq_service(self):
        """Override to take the service it was for."""
        # Which service it was for is told to whoever links it.
        return self.sudo().dupq_service_id.sudo(False)
