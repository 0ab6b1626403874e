from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# Items shown at once when a figure is opened.
ITEMS_AT_ONCE = 40


class DupqAssessmentEvidence(models.AbstractModel):
    """What the ledger holds beside each statement of a self-assessment.

    Counted as on the coverage map, for the twelve months to the last day of the
    self-assessment, of all its services together, and for this reader: confidential
    items of others are told of in steps, and never shown.
    """

    _name = "dupq.assessment.evidence"
    _description = "Evidence beside Statements"
    _inherit = ["dupq.evidence.count"]

    # === FOR THE SCREEN === #

    @api.model
    @api.readonly
    def get_statements(self, assessment_id):
        """Each area with its statements, and what can be shown for them.

        :return: {areas: [{id, name, reference, statements: [{id, reference, text,
            polarity, state: "fresh", "single", "stale" or "nothing",
            is_contradictory, count, good, not_yet, confidential}]}], as_of,
            may_add, service_id}; nothing for who has no part in the ledger
        """
        assessment = self._get_assessment(assessment_id)
        if not self._may_count():
            return {"areas": [], "may_add": False}
        statements = assessment.code_id.area_ids.statement_ids
        cells = self._count_statements(assessment, statements)
        return {
            "as_of": fields.Date.to_string(assessment.date_to),
            "may_add": self.env["dupq.evidence"].has_access("create"),
            "service_id": assessment.service_id.id,
            "areas": [
                {
                    "id": area.id,
                    "name": area.shown_name,
                    "reference": area.reference,
                    "statements": [
                        {
                            "id": statement.id,
                            "reference": statement.reference,
                            "text": statement.shown_text,
                            "polarity": statement.polarity,
                            **cells[statement.id],
                        }
                        for statement in area.statement_ids
                    ],
                }
                for area in assessment.code_id.area_ids
            ],
        }

    @api.model
    @api.readonly
    def get_items(self, assessment_id, statement_id, older=False):
        """The items behind a figure: see `_show_items`.

        :param older: those that are too old to count, instead
        """
        assessment = self._get_assessment(assessment_id)
        self.env["dupq.evidence.coverage"].check_access("read")
        statement = self._get_statement(assessment, statement_id)
        domain = self._get_statement_domain(assessment, statement, older)
        cell = self._count_statements(assessment, statement)[statement.id]
        confidential = 0 if older else cell["confidential"]
        return self._show_items(domain, confidential, limit=ITEMS_AT_ONCE)

    # === WHAT A RATING SHOULD NOT REST ON === #

    @api.model
    def _get_warnings(self, assessment, statements):
        """What to look at in the evidence: ``{statement: [words]}``, the worst first.

        For this reader, as on the screen; nothing for who has no part in the ledger.
        """
        if not statements or not self._may_count():
            return {}
        words = {
            "single": self.env._("one kind of source only"),
            "stale": self.env._("nothing from the last twelve months"),
            "against": self.env._("speaks for and against"),
            "nothing": self.env._("no evidence"),
        }
        cells = self._count_statements(assessment, statements)
        warnings = {}
        for key, said in words.items():
            for statement in statements:
                cell = cells[statement.id]
                is_so = cell["is_contradictory"] if key == "against" else False
                # That nothing speaks for something bad is as it should be.
                is_bad = key == "nothing" and statement.polarity == "bad"
                if is_so or (cell["state"] == key and not is_bad):
                    warnings.setdefault(statement, []).append(said)
        return warnings

    # === COUNTING === #

    @api.model
    def _get_assessment(self, assessment_id):
        assessment = self.env["dupq.assessment"].browse(assessment_id).exists()
        if not assessment:
            raise AccessError(self.env._("This self-assessment is not there any more."))
        assessment.check_access("read")
        return assessment

    @api.model
    def _get_statement(self, assessment, statement_id):
        statement = self.env["dupq.code.statement"].browse(statement_id).exists()
        if statement.code_id != assessment.code_id:
            raise AccessError(
                self.env._("This statement is not of the Code that you go by here.")
            )
        return statement

    @api.model
    def _may_count(self):
        return self.env["dupq.evidence.coverage"].has_access("read")

    @api.model
    def _get_options(self, assessment):
        today = fields.Date.context_today(self)
        return {
            "as_of": min(assessment.date_to, today),
            "mode": "today",
            "region_id": False,
            "perspective_id": False,
            "rows": "services",
        }

    @api.model
    def _get_counted_services(self, assessment):
        """The services that are looked at, of those in the reader's sight."""
        return self.env["dupq.service"].search(
            self._get_services_domain() & assessment._get_services_domain("id")
        )

    @api.model
    def _get_statement_domain(self, assessment, statement, older=False):
        """Exactly what a figure counted, of what this reader may see."""
        services = self._get_counted_services(assessment)
        options = self._get_options(assessment)
        if not older:
            return self._get_items_domain(services, None, statement.id, options)
        after, _until = self._get_window(options)
        return (
            Domain("service_id", "in", services.ids)
            & Domain("date_seen", "<=", after)
            & Domain("statement_ids", "in", statement.ids)
            & Domain("state", "=", "accepted")
            & self._get_seen_domain()
        )

    @api.model
    def _count_statements(self, assessment, statements):
        """What can be shown for each: {id: see `get_statements`}."""
        services = self._get_counted_services(assessment)
        options = self._get_options(assessment)
        cells = self._count_cells(
            services, options, by="statement_id", only=statements.ids
        )
        kinds = self._count_kinds(services, options, statements)
        counted = {}
        for statement in statements:
            together = self._sum_cells(services, cells, statement.id)
            everywhere = together.services + together.own
            seen = together.good + together.not_yet
            has_older = any(cell.has_older for cell in everywhere)
            counted[statement.id] = {
                "state": get_state(seen, kinds.get(statement.id, 0), has_older),
                "is_contradictory": bool(together.good and together.not_yet),
                "count": together.count,
                "good": together.good,
                "not_yet": together.not_yet,
                "confidential": together.confidential,
            }
        return counted

    @api.model
    def _count_kinds(self, services, options, statements):
        """How many kinds of source there are, of all services together."""
        after, until = self._get_window(options)
        condition = SQL(
            "service_id = ANY(%s) AND statement_id = ANY(%s) AND %s",
            services.ids,
            statements.ids,
            self._get_seen_clause(),
        )
        # The sum of the changes of each kind, so that what was withdrawn is none.
        self.env.cr.execute(
            SQL(
                """
                SELECT statement_id, count(*) FROM (
                    SELECT statement_id, source_type FROM %s r
                  GROUP BY 1, 2 HAVING sum(count) > 0) kinds
              GROUP BY 1
                """,
                self._get_figures_query(options, after, until, condition),
            )
        )
        return dict(self.env.cr.fetchall())


def get_state(seen, kinds, has_older):
    """What can be shown, in one word, as on the coverage map.

    >>> get_state(3, 2, False), get_state(3, 1, True)
    ('fresh', 'single')
    >>> get_state(0, 0, True), get_state(0, 0, False)
    ('stale', 'nothing')
    """
    if not seen:
        return "stale" if has_older else "nothing"
    return "single" if kinds == 1 else "fresh"
