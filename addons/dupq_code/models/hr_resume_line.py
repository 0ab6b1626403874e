from odoo import api, fields, models
from odoo.tools import SQL

from ..training import kind_of_title
from .dupq_training_mixin import WHO_READS_EVIDENCE, WHO_SEES


class HrResumeLine(models.Model):
    """A course in a résumé can be evidence: training centred on the person."""

    _name = "hr.resume.line"
    _inherit = ["hr.resume.line", "dupq.training.mixin", "dupq.evidence.mixin"]

    _dupq_source_type = "training"
    _dupq_perspective = "training"
    _dupq_statements = ("a1_g2", "a3_g8")

    dupq_about_ids = fields.One2many(
        "dupq.training.about", "resume_line_id", string="For whom", groups=WHO_SEES
    )
    dupq_effect_ids = fields.One2many(
        "dupq.training.effect",
        "resume_line_id",
        string="What it is to change",
        groups=WHO_READS_EVIDENCE,
    )
    dupq_expires_on = fields.Date(
        string="Runs out on", help="Empty: as long as its kind of training says."
    )
    dupq_accredited = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], string="Accredited"
    )

    @api.onchange("name", "line_type_id", "course_type")
    def _onchange_dupq_kind_id(self):
        """Show what is recognised while somebody types."""
        self._recognise_dupq_kind()

    # === HOOKS OF THE MIXINS === #

    @api.model
    def _get_dupq_facts(self):
        """Extend with how long it holds, and whether it is accredited."""
        return [*super()._get_dupq_facts(), "dupq_expires_on", "dupq_accredited"]

    def _changes_what_is_said(self, vals):
        """Override: another title or another day is another training."""
        said = {*self._get_dupq_kind_depends(), "date_start", "date_end"}
        return not said.isdisjoint(vals)

    @api.model
    def _get_dupq_kind_depends(self):
        """Override to name what a course is recognised by."""
        names = ("channel_id", "course_type", "event_id", "line_type_id", "name")
        names += ("employee_id", "survey_id")
        return [name for name in names if name in self._fields]

    def _get_dupq_marked(self):
        """Override to give the title."""
        return {"name": self.name}

    @api.model
    def _may_be_dupq_training(self, vals, marks):
        """Override to look at the title, unless a kind has other marks."""
        named = [(id_, lines) for id_, _c, _s, lines, _d in marks]
        has_other_marks = any(text for *_, text in marks)
        return has_other_marks or kind_of_title(vals.get("name"), named)

    @api.model
    def _get_dupq_day_depends(self):
        """Extend to name the days of a course."""
        days = ["date_start", "date_end", "line_type_id", "dupq_expires_on"]
        return [*super()._get_dupq_day_depends(), *days]

    def _get_dupq_days(self):
        """Override to take the last day of the course.

        Odoo's surveys write the last day on which the result holds instead.
        """
        if self.line_type_id.id == self._get_dupq_lasting_type():
            return self.date_start, self.dupq_expires_on or self.date_end
        return self.date_end or self.date_start, self.dupq_expires_on

    @api.model
    def _get_dupq_own_days_sql(self, alias):
        """Override to say the same in SQL."""
        return (
            SQL(
                """CASE WHEN %(alias)s.line_type_id = %(lasting)s
                        THEN %(alias)s.date_start
                        ELSE COALESCE(%(alias)s.date_end, %(alias)s.date_start) END""",
                alias=SQL.identifier(alias),
                lasting=self._get_dupq_lasting_type(),
            ),
            SQL(
                """COALESCE(%(alias)s.dupq_expires_on,
                            CASE WHEN %(alias)s.line_type_id = %(lasting)s
                                 THEN %(alias)s.date_end END)""",
                alias=SQL.identifier(alias),
                lasting=self._get_dupq_lasting_type(),
            ),
        )

    @api.model
    def _get_dupq_lasting_type(self):
        """The type of what a survey writes, where surveys do; else 0."""
        name = "hr_skills_survey.resume_type_certification"
        return self.env["ir.model.data"]._xmlid_to_res_id(name) or 0

    def _is_dupq_course(self):
        """Whether it is something learned, and not a job or a school."""
        return (
            self.line_type_id.is_course
            or self.course_type != "external"
            or (self.line_type_id.id or -1) == self._get_dupq_lasting_type()
        )

    def _get_dupq_person_names(self):
        """Override to protect the employee, and for whom it was."""
        return {
            line.id: [
                line.employee_id.name or "",
                # A title must not name them, whoever writes it.
                *line.sudo().dupq_about_ids.person_id.mapped("preferred_name"),
            ]
            for line in self
        }

    def _get_dupq_evidence_date(self):
        """Override to take the last day of the course."""
        return self.dupq_done_on

    def _get_dupq_service(self):
        """Override to take the service it was for."""
        # Which service it was for is told to whoever links it.
        return self.sudo().dupq_service_id.sudo(False)
