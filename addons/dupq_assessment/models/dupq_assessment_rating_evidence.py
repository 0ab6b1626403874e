from odoo import api, fields, models


class DupqAssessmentRatingEvidence(models.AbstractModel):
    """Says of each rating what in its evidence is to be looked at (C25, C26).

    The same as beside the statements and in the grid, for plain forms and lists. A
    part of ``dupq.assessment.rating``, in a file of its own.
    """

    _name = "dupq.assessment.rating.evidence"
    _description = "What a Rating Rests on"

    evidence_warning = fields.Text(
        string="Look at",
        compute="_compute_evidence_warning",
        help="What rests on one kind of source only, on nothing from the last twelve "
        "months, or on evidence that speaks for and against.",
    )

    @api.depends("area_id", "statement_id", "assessment_id.date_to")
    @api.depends_context("uid", "lang")
    def _compute_evidence_warning(self):
        model = self.env["dupq.assessment.evidence"]
        for assessment, ratings in self.grouped("assessment_id").items():
            statements = ratings.area_id.statement_ids._origin
            warnings = {}
            if assessment._origin:
                warnings = model._get_warnings(assessment._origin, statements)
            for rating in ratings:
                rating.evidence_warning = rating._say_warnings(warnings)

    def _say_warnings(self, warnings):
        """Of a statement what it lacks; of an area, which statements lack what."""
        self.ensure_one()
        if self.statement_id:
            return ", ".join(warnings.get(self.statement_id._origin, ())) or False
        lacking = {}
        for statement, said in warnings.items():
            if statement.area_id == self.area_id._origin:
                for words in said:
                    lacking.setdefault(words, []).append(statement.reference or "")
        return (
            "; ".join(
                self.env._(
                    "%(what)s: %(statements)s",
                    what=words,
                    statements=", ".join(references),
                )
                for words, references in lacking.items()
            )
            or False
        )
