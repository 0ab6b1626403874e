from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import gaps
from .dupq_assessment_part import OPEN_STATES

# What people said and what is planned, at most, beside a row.
SHOWN_AT_ONCE = 12
ROW_FIELDS = {"area": "area_id", "statement": "statement_id", "focus": "focus_id"}


class DupqAssessmentGrid(models.AbstractModel):
    """The grid in which statements are rated by each group: what it shows.

    How a cell is saved stands in a file of its own: dupq_assessment_grid_cell.
    """

    _name = "dupq.assessment.grid"
    _description = "Rating Grid"
    _inherit = ["dupq.assessment.evidence"]

    # === FOR THE SCREEN === #

    @api.model
    @api.readonly
    def get_grid(self, assessment_id):
        """The whole grid for this reader.

        :return: {id, name, is_open, may_write, why_not: a sentence when it cannot be
            changed, may_contest, levels: [{id, name, position, color}], columns:
            [{id, name, letter, shape}], the first with id 0 for all together,
            others: [{id, name}] groups that have no column yet, sections: [{key,
            name, reference, rows: [{key, kind, id, reference, text, polarity,
            is_recognised, words: what is recognised of an area}]}], cells: {"row
            key|group id": cell}}; a cell is {level_id, status, number, is_carried,
            rating_id, write_date}
        """
        assessment = self._get_assessment(assessment_id)
        ratings = self._get_ratings(assessment)
        columns, others = self._get_columns(assessment, ratings)
        return {
            "id": assessment.id,
            "name": assessment.display_name,
            **self._get_leave(assessment),
            "levels": [
                {
                    "id": level.id,
                    "name": level.name,
                    "position": level.position,
                    "color": level.color or "",
                }
                for level in assessment.scale_id.level_ids
            ],
            "columns": columns,
            "others": others,
            "sections": self._get_sections(assessment, ratings),
            "cells": {
                f"{self._get_row_key(rating)}|{rating.perspective_id.id or 0}": (
                    self._show_cell(rating)
                )
                for rating in ratings
            },
        }

    @api.model
    @api.readonly
    def get_panel(self, assessment_id, row):
        """What a row rests on.

        :param row: the key of the row, such as "statement-12"
        :return: {evidence: see `dupq.assessment.evidence`, or None, voices: [{words,
            group, letter, shape, feeling, is_of_area}], actions: [{id, name}],
            dissents: [{words, group, state, answer}], changes: [{date, who, was, is}]}
        """
        assessment = self._get_assessment(assessment_id)
        kind, what = self._get_rated(assessment, row)
        statement = what if kind == "statement" else None
        evidence = None
        if statement and self._may_count():
            evidence = self._count_statements(assessment, statement)[statement.id]
        ratings = self._get_ratings(assessment).filtered(
            lambda rating: self._get_row_key(rating) == row
        )
        states = dict(
            ratings.dissent_ids._fields["state"]._description_selection(self.env)
        )
        return {
            "row": row,
            "evidence": evidence,
            "may_add": self.env["dupq.evidence"].has_access("create"),
            "service_id": assessment.service_id.id,
            "voices": self._get_voices(assessment, kind, what),
            "actions": [
                {"id": action.id, "name": action.name}
                for action in assessment.action_ids
                if (statement and statement in action.statement_ids)
                or (kind == "area" and what == action.area_id)
            ],
            "dissents": [
                {
                    "id": one.id,
                    "words": one.words,
                    "group": one.group_id.name,
                    "state": states[one.state],
                    "answer": one.answer or "",
                }
                for one in ratings.dissent_ids
            ],
            "changes": [
                {
                    "id": one.id,
                    "date": fields.Date.to_string(one.date),
                    "group": one.rating_id.perspective_id.name or "",
                    "was": one.level_from_id.name or "",
                    "is": one.level_to_id.name or "",
                }
                for one in ratings.change_ids
            ],
        }

    # === READING === #

    @api.model
    def _get_ratings(self, assessment):
        return self.env["dupq.assessment.rating"].search_fetch(
            [("assessment_id", "=", assessment.id)]
        )

    @api.model
    def _get_leave(self, assessment):
        """Whether the reader may change it, and if not why, in a sentence."""
        is_open = assessment.state in OPEN_STATES
        may_write = is_open and assessment.has_access("write")
        why_not = ""
        if not is_open:
            why_not = self.env._(
                "“%(assessment)s” is completed. Take it up again to change a rating.",
                assessment=assessment.display_name,
            )
        elif not may_write:
            why_not = self.env._(
                "You read these ratings. Those who manage the service, or lead on "
                "quality, change them; you can say that you see one differently."
            )
        return {
            "is_open": is_open,
            "may_write": may_write,
            "why_not": why_not,
            "may_contest": assessment.state in (*OPEN_STATES, "completed")
            and self.env["dupq.assessment.dissent"].has_access("create"),
        }

    @api.model
    def _get_columns(self, assessment, ratings):
        """All together, then each group that takes part or has rated; and the rest."""
        groups = self.env["dupq.stakeholder.group"].search([("active", "=", True)])
        here = (
            groups.browse().concat(*assessment._count_by_group())
            | ratings.perspective_id
        )
        shown = (groups | here).filtered(lambda group: group in here)
        shown = shown.sorted(lambda group: (group.sequence, group.id))
        letters = gaps.get_letters(shown.mapped("name"))
        shapes = assessment._get_group_shapes()
        columns = [
            {
                "id": group.id,
                "name": group.name,
                "letter": letter,
                "shape": shapes.get(group, "circle"),
            }
            for group, letter in zip(shown, letters, strict=True)
        ]
        everyone = {"id": 0, "name": self.env._("All together"), "letter": ""}
        others = [{"id": one.id, "name": one.name} for one in groups - shown]
        return [everyone, *columns], others

    @api.model
    def _get_sections(self, assessment, ratings):
        """The rows: each area with its statements, then parts of the organisation."""
        summaries = ratings.filtered(
            lambda one: not one.perspective_id and not one.statement_id
        ).grouped("area_id")
        areas = assessment._get_areas() | ratings.area_id
        sections = [
            self._get_area_section(area, summaries.get(area))
            for area in areas.sorted(lambda area: (area.sequence, area.id))
        ]
        focuses = assessment._get_focuses() | ratings.focus_id
        if focuses:
            sections.append(
                {
                    "key": "focus",
                    "name": self.env._("Parts of our organisation"),
                    "reference": "",
                    "rows": [
                        self._get_row("focus", one, "", assessment._get_focus_name(one))
                        for one in focuses
                    ],
                }
            )
        return sections

    @api.model
    def _get_area_section(self, area, summary):
        recognised = (
            (summary.good_ids | summary.bad_ids) if summary else area.good_ids[:0]
        )
        whole = {
            **self._get_row("area", area, area.reference, area.shown_name),
            "words": summary.statement_words if summary else "",
        }
        return {
            "key": f"area-{area.id}",
            "name": area.shown_name,
            "reference": area.reference,
            "rows": [whole]
            + [
                {
                    **self._get_row(
                        "statement", one, one.reference, one.shown_text, one.polarity
                    ),
                    "is_recognised": one in recognised,
                }
                for one in area.statement_ids
            ],
        }

    @api.model
    def _get_row(self, kind, record, reference, text, polarity=""):
        return {
            "key": f"{kind}-{record.id}",
            "kind": kind,
            "id": record.id,
            "reference": reference,
            "text": text,
            "polarity": polarity,
            "is_recognised": False,
            "words": "",
        }

    @api.model
    def _get_row_key(self, rating):
        if rating.focus_id:
            return f"focus-{rating.focus_id.id}"
        if rating.statement_id:
            return f"statement-{rating.statement_id.id}"
        return f"area-{rating.area_id.id}"

    @api.model
    def _show_cell(self, rating):
        return {
            "rating_id": rating.id,
            "level_id": rating.level_id.id,
            "status": rating.status or "",
            "number": rating.number,
            "is_carried": rating.is_carried,
            "write_date": rating.write_date.isoformat(),
        }

    @api.model
    def _get_voices(self, assessment, kind, what):
        """What people said of a statement, then of its area as a whole."""
        area = what.area_id if kind == "statement" else what
        if kind == "focus":
            return []
        voices = self.env["dupq.voice"].search(
            [
                ("assessment_id", "=", assessment.id),
                ("words", "!=", False),
                "|",
                ("area_id", "=", area.id),
                ("statement_ids.area_id", "=", area.id),
            ]
        )
        if kind == "statement":
            near = voices.filtered(lambda voice: what in voice.statement_ids)
            voices = near | voices.filtered(lambda voice: not voice.statement_ids)
        return [
            {
                "id": voice.id,
                "words": voice.words,
                "group": voice.group_id.name,
                "feeling": voice.feeling or "",
                "is_of_area": kind == "statement" and what not in voice.statement_ids,
            }
            for voice in voices[:SHOWN_AT_ONCE]
        ]

    @api.model
    def _get_rated(self, assessment, row):
        """(kind, record) of a row; what is not of this self-assessment is refused."""
        kind, _dash, number = str(row).partition("-")
        if kind not in ROW_FIELDS or not number.isdigit():
            raise UserError(self.env._("There is no such row in this grid."))
        model = self.env["dupq.assessment.rating"]._fields[ROW_FIELDS[kind]]
        record = self.env[model.comodel_name].browse(int(number)).exists()
        if not record or (kind != "focus" and record.code_id != assessment.code_id):
            raise AccessError(self.env._("There is no such row in this grid."))
        return kind, record
