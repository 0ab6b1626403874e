from psycopg2 import errors

from odoo import Command, api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from .dupq_assessment_grid import ROW_FIELDS

# What a cell of the grid says; the summary also says how we stand.
CELL_FIELDS = ("level_id", "status", "number")


class DupqAssessmentGrid(models.AbstractModel):
    """Adds how a cell of the grid is saved: by itself, at once.

    Saving the same again changes nothing, so that a client which lost its answer asks
    again; and who did not see what somebody else has rated in the meantime is told so
    instead of writing over it.
    """

    _inherit = "dupq.assessment.grid"

    # === FOR THE SCREEN === #

    @api.model
    def save_cell(self, assessment_id, row, group_id, values, seen=None):
        """Rate one cell; what is said already is not said again.

        :param values: some of {level_id, status, number}
        :param seen: the cell as the client last had it, or nothing if it was empty
        :return: {cell} as it is now; with {conflict: True, by: name} when somebody
            else has changed what is to be changed, and nothing was saved
        """
        assessment = self._get_assessment(assessment_id)
        assessment.check_access("write")
        values = self._clean_values(values)
        rating = self._find_cell(assessment, row, group_id)
        if rating:
            rating._check_open()
            if self._has_conflict(rating, values, seen or {}):
                # Only the name of a colleague who has rated the same cell.
                author_sudo = rating.sudo().write_uid
                return {
                    "cell": self._show_cell(rating),
                    "conflict": True,
                    "by": author_sudo.name,
                }
            if rating.is_carried or self._differs(rating, values):
                rating.write(values)
        elif any(values.values()):
            rating = self._create_cell(assessment, row, group_id, values)
        return {"cell": self._show_cell(rating) if rating else None}

    @api.model
    def recognise(self, assessment_id, statement_id, is_recognised):
        """Say whether a statement resonates with what we see; counted beside it.

        :return: the words for its area, such as "3 of 8 good, 1 of 5 bad"
        """
        assessment = self._get_assessment(assessment_id)
        assessment.check_access("write")
        statement = self._get_statement(assessment, statement_id)
        row = f"area-{statement.area_id.id}"
        rating = self._find_cell(assessment, row, 0)
        rating = rating or self._create_cell(assessment, row, 0, {})
        name = "bad_ids" if statement.polarity == "bad" else "good_ids"
        if is_recognised != (statement in rating[name]):
            command = Command.link if is_recognised else Command.unlink
            rating.write({name: [command(statement.id)]})
        return rating.statement_words

    # === SAVING === #

    @api.model
    def _clean_values(self, values):
        if not values or values.keys() - set(CELL_FIELDS):
            raise UserError(self.env._("A cell has a rating and a number of people."))
        return dict(values)

    @api.model
    def _find_cell(self, assessment, row, group_id):
        """The rating of a cell, its row locked until we are done, or none."""
        kind, what = self._get_rated(assessment, row)
        domain = [
            ("assessment_id", "=", assessment.id),
            ("perspective_id", "=", group_id or False),
            (ROW_FIELDS[kind], "=", what.id),
        ]
        if kind == "area":
            domain.append(("statement_id", "=", False))
        rating = self.env["dupq.assessment.rating"].search(domain, limit=1)
        if rating:
            # Who comes second waits, and is then shown what the first one did: the
            # server asks again when the row has changed under it.
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM dupq_assessment_rating WHERE id = %s"
                    " FOR NO KEY UPDATE",
                    rating.id,
                )
            )
        return rating

    @api.model
    def _create_cell(self, assessment, row, group_id, values):
        kind, what = self._get_rated(assessment, row)
        try:
            with self.env.cr.savepoint():
                return self.env["dupq.assessment.rating"].create(
                    {
                        "assessment_id": assessment.id,
                        "perspective_id": group_id or False,
                        ROW_FIELDS[kind]: what.id,
                        **values,
                    }
                )
        except errors.UniqueViolation as error:
            # Somebody else has begun the same cell: look again, and see it.
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _has_conflict(self, rating, values, seen):
        """Whether somebody has changed, unseen, what is to be changed."""
        cell = self._show_cell(rating)
        if seen.get("write_date") == cell["write_date"]:
            return False
        return any(
            (seen.get(name) or False) != (cell[name] or False)
            and (value or False) != (cell[name] or False)
            for name, value in values.items()
        )

    @api.model
    def _differs(self, rating, values):
        cell = self._show_cell(rating)
        return any(
            (value or False) != (cell[name] or False) for name, value in values.items()
        )
