from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HrEmployeeSkill(models.Model):
    """A skill or certificate can be evidence: staff able to do what they do."""

    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "dupq.evidence.mixin"]

    _dupq_source_type = "skill"
    _dupq_perspective = "training"
    _dupq_statements = ("a3_g6",)

    dupq_is_renewed = fields.Boolean(
        string="Renewed",
        compute="_compute_dupq_is_renewed",
        search="_search_dupq_is_renewed",
        help="The employee has the same skill once more, for longer.",
    )

    @api.depends(
        "skill_id",
        "valid_to",
        "employee_id.employee_skill_ids.skill_id",
        "employee_id.employee_skill_ids.valid_to",
    )
    def _compute_dupq_is_renewed(self):
        later = self.employee_id.employee_skill_ids.grouped("skill_id")
        for skill in self:
            skill.dupq_is_renewed = any(
                not other.valid_to or other.valid_to > skill.valid_to
                for other in later.get(skill.skill_id, ())
                if other.employee_id == skill.employee_id and skill.valid_to
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
                          AND (later.valid_to IS NULL
                               OR later.valid_to > %(alias)s.valid_to)))""",
            table=SQL.identifier(self._table),
            alias=SQL.identifier(alias),
        )

    def _get_dupq_person_names(self):
        """Override to protect the employee."""
        return {skill.id: [skill.employee_id.name or ""] for skill in self}

    def _get_dupq_evidence_date(self):
        """Override to take the day from which the skill is valid."""
        return self.valid_from or super()._get_dupq_evidence_date()
