from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..comparison import compare, get_plan_said

# What of a rating is set beside that of another year.
COMPARED_FIELDS = (
    "assessment_id",
    "area_id",
    "statement_id",
    "focus_id",
    "perspective_id",
    "level_id",
    "is_carried",
)
# What of a rating is carried forward, beside what is rated and by whom.
CARRIED_FIELDS = (
    "level_id",
    "status",
    "finding",
    "easy_read",
    "is_not_applicable",
    "not_applicable_reason",
)


class DupqAssessmentCarry(models.AbstractModel):
    """From one year to the next: what is carried forward, and what has changed.

    A part of ``dupq.assessment``, in a file of its own. Last year's answers are
    marked, and missing until somebody says them again.
    """

    _name = "dupq.assessment.carry"
    _description = "Years of a Self-assessment"

    comparison = fields.Json(string="Since the last one", compute="_compute_comparison")
    carried_count = fields.Integer(
        string="From last year, to be said again", compute="_compute_carried_count"
    )

    # === COMPUTE METHODS === #

    def _compute_comparison(self):
        before = self._get_before_by_assessment()
        years = self.union(*before.values())._origin
        ratings = defaultdict(self.env["dupq.assessment.rating"].browse)
        ratings |= (
            ratings.default_factory()
            .search_fetch(
                [
                    ("assessment_id", "in", years.ids),
                    ("perspective_id", "=", False),
                    ("statement_id", "=", False),
                ],
                COMPARED_FIELDS,
            )
            .grouped("assessment_id")
        )
        for assessment in self:
            assessment.comparison = assessment._compare_with(
                before[assessment], ratings
            )

    @api.depends("area_rating_ids.is_carried")
    def _compute_carried_count(self):
        counts = dict(
            self.env["dupq.assessment.rating"]._read_group(
                [("assessment_id", "in", self._origin.ids), ("is_carried", "=", True)],
                ["assessment_id"],
                ["__count"],
            )
        )
        for assessment in self:
            assessment.carried_count = counts.get(assessment._origin, 0)

    # === CRUD METHODS === #

    def copy_data(self, default=None):
        """Begin with the same people and the same scale, and nothing said."""
        return [dict(vals, date_planned=False) for vals in super().copy_data(default)]

    # === ACTIONS === #

    def action_begin_next_year(self):
        """Open the next one, with last year's answers to be said again."""
        self.ensure_one()
        if later := self._get_after():
            raise UserError(
                self.env._(
                    "There is a later one already: “%(assessment)s”.",
                    assessment=later.display_name,
                )
            )
        following = self.create(self._prepare_next_year())
        following._carry_from(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    def _get_after(self):
        """The next self-assessment of this place by the same Code, if there is one."""
        self.ensure_one()
        domain = self._get_same_place_domain()
        domain &= Domain("id", "!=", self.id)
        domain &= Domain("code_id.key", "=", self.code_id.key)
        domain &= Domain("date_to", ">", self.date_to)
        return self.search(domain, order="date_to, id", limit=1)

    def _prepare_next_year(self):
        """Values of the one after this: the year that follows, the Code in force."""
        date_from = self.date_to + relativedelta(days=1)
        values = self.copy_data(
            {
                "date_from": date_from,
                "date_to": date_from + relativedelta(years=1, days=-1),
                "code_id": self._get_code_in_force().id,
                "kind": "yearly",
                "lead_id": self.lead_id.id,
            }
        )[0]
        # Suggested anew, with the new year in it.
        values.pop("name", None)
        return values

    def _get_code_in_force(self):
        """The edition that holds today, of the same Code; else the one there was."""
        editions = self.env["dupq.code"].search(
            [
                ("key", "=", self.code_id.key),
                ("state", "=", "active"),
                ("date_valid_from", "<=", fields.Date.context_today(self)),
            ],
            order="date_valid_from desc, id desc",
            limit=1,
        )
        return editions or self.code_id

    def _carry_from(self, last):
        """Last year's ratings, marked; who answers for what, and what is hard."""
        self.ensure_one()
        find_area = self._get_finder(self.code_id.area_ids)
        find_statement = self._get_finder(self.code_id.area_ids.statement_ids)
        self.area_rating_ids = [
            Command.create(values)
            for rating in last.area_rating_ids
            if (values := self._prepare_carried(rating, find_area, find_statement))
        ]
        self.barrier_ids = [
            Command.create(
                {
                    "name": barrier.name,
                    "sequence": barrier.sequence,
                    "kind": barrier.kind,
                    "control": barrier.control,
                    "response": barrier.response,
                    "area_id": find_area(barrier.area_id).id,
                }
            )
            for barrier in last.barrier_ids
        ]
        owners = {step.key: step.owner_id for step in last.step_ids}
        for step in self.step_ids:
            if owner := owners.get(step.key):
                step.owner_id = owner

    def _get_finder(self, items):
        """From an area or statement of any edition to that of the same reference."""
        by_reference = {item.reference: item for item in items}
        return lambda item: by_reference.get(item.reference, items.browse())

    def _prepare_carried(self, rating, find_area, find_statement):
        """Values of a rating said last year, or nothing if it has no place any more."""
        area = find_area(rating.area_id)
        statement = find_statement(rating.statement_id)
        if not (area or rating.focus_id) or (rating.statement_id and not statement):
            return None
        values = {name: rating[name] for name in CARRIED_FIELDS}
        is_said = rating.level_id or rating.is_not_applicable
        return {
            **values,
            "level_id": rating.level_id.id,
            "area_id": area.id,
            "statement_id": statement.id,
            "focus_id": rating.focus_id.id,
            "perspective_id": rating.perspective_id.id,
            "owner_id": rating.owner_id.id,
            "good_ids": [Command.set(_find_all(find_statement, rating.good_ids))],
            "bad_ids": [Command.set(_find_all(find_statement, rating.bad_ids))],
            "is_carried": bool(is_said),
        }

    # === WHAT HAS CHANGED === #

    def _compare_with(self, last, ratings):
        """This year beside the last, on the same scale only: plain values.

        :param ratings: {self-assessment: those of the whole of it}
        """
        self.ensure_one()
        if not last:
            return False
        values = {
            "last": last.name,
            "last_id": last.id,
            "plan": get_plan_said(self.env, last.action_ids),
        }
        if last.scale_id != self.scale_id:
            return {
                **values,
                "rows": [],
                "why_not": self.env._(
                    "The last one was rated on “%(last)s”, this one on “%(this)s”. "
                    "Two scales are not compared.",
                    last=last.scale_id.name,
                    this=self.scale_id.name,
                ),
            }
        return {
            **values,
            "rows": compare(self.env, ratings[last], ratings[self._origin]),
            "why_not": "",
        }


def _find_all(find, items):
    """The ids of what has a counterpart."""
    return [found.id for item in items if (found := find(item))]
