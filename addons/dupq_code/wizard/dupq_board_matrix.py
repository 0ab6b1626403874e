from odoo import api, fields, models


class DupqBoardMatrix(models.TransientModel):
    """What the board brings, on a day: skills and lived experience by person (C44)."""

    _name = "dupq.board.matrix"
    _description = "What our board brings"

    date = fields.Date(string="As of", required=True, default=fields.Date.context_today)
    with_managers = fields.Boolean(
        string="With senior managers", help="Else the chair and board members only."
    )
    matrix = fields.Html(compute="_compute_matrix", sanitize=False)
    gap_count = fields.Integer(string="Gaps", compute="_compute_matrix")

    @api.depends("date", "with_managers")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_matrix(self):
        for page in self:
            grid = page._get_grid()
            page.gap_count = sum(row["is_gap"] for row in grid["rows"])
            # Rendered by our own template, which escapes whatever it is given.
            page.matrix = self.env["ir.qweb"]._render(
                "dupq_code.dupq_board_matrix_table", grid
            )

    @api.depends("date")
    def _compute_display_name(self):
        self.display_name = self.env._("What our board brings")

    def action_print(self):
        """Print the grid on one page."""
        return self.env.ref("dupq_code.dupq_board_matrix_report").report_action(self)

    def _get_grid(self):
        """The grid as plain values: people across, what is needed downwards."""
        self.ensure_one()
        roles = ["chair", "board_member"]
        if self.with_managers:
            roles += ["chief_executive", "senior_manager"]
        day = self.date or fields.Date.context_today(self)
        seats = self.env["dupq.board.seat"].search(
            [
                ("role", "in", roles),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        people = seats.partner_id
        skills = self.env["dupq.board.skill"].search_fetch(
            [], ["name", "is_lived_experience", "wanted_count"]
        )
        brought = {
            person: seats.filtered(lambda s, p=person: s.partner_id == p).skill_ids
            for person in people
        }
        rows = []
        for skill in skills:
            cells = [skill in brought[person] for person in people]
            rows.append(
                {
                    "name": skill.name,
                    "is_lived": skill.is_lived_experience,
                    "cells": cells,
                    "count": sum(cells),
                    "wanted": skill.wanted_count,
                    "is_gap": sum(cells) < skill.wanted_count,
                }
            )
        return {"people": people.mapped("name"), "rows": rows}
