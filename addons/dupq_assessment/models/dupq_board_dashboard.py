from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from .. import board
from .dupq_action import OPEN_STATES

MAY_SEE = (
    "dupq_code.dupq_code_group_board_member",
    "dupq_code.dupq_code_group_quality_lead",
    "dupq_code.dupq_code_group_service_manager",
)
# A self-assessment counts once it is complete; one that is being corrected or
# was replaced counts only as long as no later one is complete.
RATED_STATES = ("completed", "published", "replaced")


class DupqBoardDashboard(models.AbstractModel):
    """The board's page: where people's lives are good, where not, what to ask.

    Everything is read with the rights of the reader: a manager who opens it sees
    the services they belong to. Each figure carries the action that lists exactly
    the records it counts.
    """

    _name = "dupq.board.dashboard"
    _description = "Board Page"

    @api.model
    @api.readonly
    def get_dashboard(self, region_id=None):
        """All that the page shows, in the same number of queries however large.

        :param region_id: show this region alone
        """
        self._check_may_see()
        region = self.env["dupq.service"].browse(region_id or ()).exists()
        code = self.env["dupq.code"]._get_usual()
        today = self.env.company._get_today()
        services = self._get_services(region)
        ratings = self._get_ratings(code, region)
        return {
            "company": self.env.company.name,
            "as_of": format_date(self.env, today, date_format="d MMMM yyyy"),
            "region_id": region.id,
            "regions": self._get_regions(),
            "areas": [
                {"id": area.id, "reference": area.reference, "name": area.shown_name}
                for area in code.area_ids
            ],
            "figures": self._get_figures(region, services, code),
            "rows": self._get_rows(region, services, ratings, code.area_ids),
            "coverage": self._get_coverage(code, region),
            "questions": self._get_questions(code, ratings, today),
            "quotes": self._get_quotes(ratings),
        }

    @api.model
    def _check_may_see(self):
        if not any(self.env.user.has_group(group) for group in MAY_SEE):
            raise AccessError(
                self.env._(
                    "The board's page is for board members, quality leads and, for "
                    "their own services, managers."
                )
            )

    # === SCOPE === #

    @api.model
    def _get_regions(self):
        regions = self.env["dupq.service"].search_fetch(
            [("kind", "=", "region")], ["name"]
        )
        return [{"id": region.id, "name": region.name} for region in regions]

    @api.model
    def _get_services(self, region):
        return self.env["dupq.service"].search_fetch(
            self._within(region, "id"), ["name", "kind", "parent_id", "company_id"]
        )

    @api.model
    def _within(self, region, path="service_id"):
        """Domain of what belongs to the region, or of everything."""
        return Domain(path, "child_of", region.id) if region else Domain.TRUE

    # === FIGURES AT THE TOP === #

    @api.model
    def _get_figures(self, region, services, code):
        """The figures to be seen from across the room."""
        return [
            self._get_overdue_figure(region),
            self._get_unvisited_figure(region, services),
            self._get_unread_figure(region),
            self._get_nothing_figure(region, code),
            self._get_publication_figure(region),
        ]

    @api.model
    def _get_overdue_figure(self, region):
        _ = self.env._
        model = self.env["dupq.action"]
        domain = self._get_overdue_domain(region)
        is_open = Domain("state", "in", OPEN_STATES) & self._within(region)
        return {
            "key": "overdue",
            "label": _("Overdue actions"),
            "value": model.search_count(domain),
            "detail": _("of %(count)s not finished", count=model.search_count(is_open)),
            "action": self._prepare_action(_("Overdue actions"), model, domain),
        }

    @api.model
    def _get_unvisited_figure(self, region, services):
        _ = self.env._
        domain = self._get_unvisited_domain(region)
        places = services.filtered(lambda service: service.kind != "region")
        return {
            "key": "unvisited",
            "label": _("Not visited"),
            "value": self.env["dupq.service"].search_count(domain),
            "detail": _(
                "of %(count)s services, for %(months)s months",
                count=len(places),
                months=self.env.company.dupq_visit_months,
            ),
            "action": self._prepare_action(
                _("Not visited for too long"), self.env["dupq.service"], domain
            ),
        }

    @api.model
    def _get_unread_figure(self, region):
        _ = self.env._
        model = self.env["dupq.lesson.unread"]
        domain = self._within(region)
        [(count, lesson_count, people)] = model._read_group(
            domain,
            [],
            ["__count", "lesson_id:count_distinct", "user_id:count_distinct"],
        )
        return {
            "key": "unread",
            "label": _("Lessons still to read"),
            "value": count,
            "detail": _(
                "lessons: %(lessons)s, people: %(people)s",
                lessons=lesson_count,
                people=people,
            ),
            "action": self._prepare_action(
                _("Lessons still to read"), model, domain, views=("list",)
            ),
        }

    @api.model
    def _get_nothing_figure(self, region, code):
        _ = self.env._
        model = self.env["dupq.evidence.coverage"]
        domain = self._within(region) & Domain("code_id", "=", code.id)
        nothing = domain & Domain("coverage", "=", "nothing")
        return {
            "key": "nothing",
            "label": _("Without evidence"),
            "value": model.search_count(nothing),
            "detail": _(
                "of %(count)s statements, all services together",
                count=model.search_count(domain),
            ),
            "action": self._prepare_action(
                _("Without evidence"), model, nothing, views=("list",)
            ),
        }

    @api.model
    def _get_publication_figure(self, region):
        _ = self.env._
        model = self.env["dupq.publication"]
        domain = self._within(region)
        last = model.search(domain, order="date desc, id desc", limit=1)
        domain = Domain("id", "=", last.id)
        return {
            "key": "published",
            "label": _("Last report published"),
            "value": format_date(self.env, last.date, date_format="d MMM yyyy")
            if last
            else _("None yet"),
            "detail": last.service_id.name or last.name or "",
            "count": len(last),
            "action": self._prepare_action(_("Last report published"), model, domain)
            if last
            else None,
        }

    # === HEAT: SERVICES BY AREAS === #

    @api.model
    def _get_ratings(self, code, region):
        """{service: ratings of its latest complete self-assessment}."""
        model = self.env["dupq.assessment"]
        domain = Domain("state", "in", RATED_STATES)
        domain &= Domain("code_id.key", "=", code.key)
        latest = {}
        for assessment in model.search_fetch(
            domain & self._within(region),
            ["service_id", "date_to"],
            order="date_to desc, id desc",
        ):
            latest.setdefault(assessment.service_id, assessment)
        ratings = self.env["dupq.assessment.rating"].search_fetch(
            [
                ("assessment_id", "in", [each.id for each in latest.values()]),
                ("perspective_id", "=", False),
            ],
            ["assessment_id", "service_id", "area_id", "level_id"],
        )
        return ratings.grouped("service_id")

    @api.model
    def _get_rows(self, region, services, ratings, areas):
        """One row for each service, in the order of the tree.

        The organisation itself, regions and archived services have a row only
        where there is something in it, so that the rows add up to the figures.
        """
        overdue = dict(
            self.env["dupq.action"]._read_group(
                self._get_overdue_domain(region), ["service_id"], ["__count"]
            )
        )
        unread = dict(
            self.env["dupq.lesson.unread"]._read_group(
                self._within(region), ["service_id"], ["__count"]
            )
        )
        filled = [*ratings, *overdue, *unread]
        places = services.filtered(lambda service: service.kind != "region")
        places |= self.env["dupq.service"].union(*filled)._filtered_access("read")
        rows = [
            self._prepare_row(place, ratings, overdue, unread, areas)
            for place in places.sorted("complete_name")
        ]
        nowhere = self.env["dupq.service"]
        if nowhere in filled:
            rows.insert(0, self._prepare_row(nowhere, ratings, overdue, unread, areas))
        return rows

    @api.model
    def _prepare_row(self, service, ratings, overdue, unread, areas):
        rated = ratings.get(service, self.env["dupq.assessment.rating"])
        by_area = {rating.area_id.reference: rating for rating in rated}
        return {
            "id": service.id,
            "name": service.name or self.env._("The organisation as a whole"),
            # From the service itself: its region may be closed to the reader.
            "part_of": " / ".join((service.complete_name or "").split(" / ")[:-1]),
            "assessed": format_date(
                self.env, rated.assessment_id.date_to, date_format="MMMM y"
            ),
            "cells": [
                self._prepare_cell(service, area, by_area.get(area.reference))
                for area in areas
            ],
            "overdue": self._prepare_count(
                service,
                "dupq.action",
                overdue.get(service, 0),
                Domain("is_overdue", "=", True),
            ),
            "unread": self._prepare_count(
                service, "dupq.lesson.unread", unread.get(service, 0), Domain.TRUE
            ),
            "visit": self._prepare_visit(service),
        }

    @api.model
    def _prepare_cell(self, service, area, rating):
        """How one area is rated in one service: a word and a tone, never colour
        alone."""
        if not rating:
            return {"area_id": area.id, "tone": "none", "word": ""}
        level = rating.level_id
        tone = board.get_tone(level.share) if level else "none"
        not_rated = self.env._("Does not apply") if rating.is_not_applicable else ""
        name = f"{area.reference}, {service.name or self.env.company.name}"
        return {
            "area_id": area.id,
            "tone": tone,
            "word": level.name or not_rated,
            "action": self._prepare_action(
                name,
                rating,
                Domain("id", "=", rating.id),
                views=("form",),
                res_id=rating.id,
            ),
        }

    @api.model
    def _prepare_count(self, service, model, count, domain):
        views = ("list", "form") if model == "dupq.action" else ("list",)
        domain &= Domain("service_id", "=", service.id)
        return {
            "value": count,
            "action": self._prepare_action(
                service.name or self.env.company.name, self.env[model], domain, views
            ),
        }

    @api.model
    def _prepare_visit(self, service):
        if not service or service.kind == "region":
            return None
        day = service.date_last_visit
        return {
            "is_late": service.is_unvisited,
            "word": format_date(self.env, day, date_format="d MMM y")
            if day
            else self.env._("Never"),
            "action": self._prepare_action(
                self.env._("Visits to %(service)s", service=service.name),
                self.env["dupq.visit"],
                Domain("service_id", "=", service.id),
            ),
        }

    # === WHAT WE CAN SHOW === #

    @api.model
    def _get_coverage(self, code, region):
        """For each kind of coverage, how many statements of each area."""
        model = self.env["dupq.evidence.coverage"]
        domain = self._within(region) & Domain("code_id", "=", code.id)
        counts = {
            (area, kind): count
            for area, kind, count in model._read_group(
                domain, ["area_id", "coverage"], ["__count"]
            )
        }
        return [
            {
                "key": kind,
                "label": label,
                "counts": [
                    {
                        "area_id": area.id,
                        "value": counts.get((area, kind), 0),
                        "action": self._prepare_action(
                            f"{area.reference}: {label}",
                            model,
                            domain
                            & Domain("area_id", "=", area.id)
                            & Domain("coverage", "=", kind),
                            views=("list",),
                        ),
                    }
                    for area in code.area_ids
                ],
            }
            for kind, label in model._fields["coverage"]._description_selection(
                self.env
            )
        ]

    # === WHAT TO ASK, WHAT PEOPLE SAID === #

    @api.model
    def _get_questions(self, code, ratings, today):
        """Questions of the Code for the areas that are rated lowest."""
        model = self.env["dupq.assessment.rating"]
        rated = model.union(*ratings.values()).filtered("level_id")
        by_area = {
            area: {rating: rating.level_id.share for rating in group}
            for area, group in rated.grouped("area_id").items()
        }
        weakest = board.get_weakest(by_area)
        areas = self.env["dupq.code.area"].union(*(area for area, _ids in weakest))
        questions = self.env["dupq.code.question"].search_fetch(
            [("area_id", "in", areas.ids)], ["text", "area_id", "reference"]
        )
        questions = questions.grouped("area_id")
        return [
            {
                "area": f"{area.reference} {area.shown_name}",
                "places": ", ".join(
                    each.service_id.name or self.env.company.name for each in worst
                ),
                "texts": [
                    question.text
                    for question in board.pick_in_turn(
                        questions.get(area, []), 2 if area == areas[0] else 1, today
                    )
                ],
                "action": self._prepare_action(
                    area.display_name, model, Domain("id", "in", [r.id for r in worst])
                ),
            }
            for area, worst in weakest
        ]

    @api.model
    def _get_quotes(self, ratings):
        """Up to three things that people said, one of them hard to hear."""
        model = self.env["dupq.assessment.rating"]
        assessments = model.union(*ratings.values()).assessment_id
        quotes = self.env["dupq.assessment.quote"].search(
            [("assessment_id", "in", assessments.ids)], order="id desc"
        )
        quotes = quotes._may_be_printed()
        hard = quotes.filtered(lambda quote: quote.feeling == "not_yet")
        return [
            {
                "id": quote.id,
                "words": quote.words,
                "who": quote.group_id.name,
                "where": quote.assessment_id.service_id.name or self.env.company.name,
                "is_hard": quote in hard,
                "action": self._prepare_action(
                    quote.assessment_id.name,
                    quote.assessment_id,
                    Domain("id", "=", quote.assessment_id.id),
                    views=("form",),
                    res_id=quote.assessment_id.id,
                ),
            }
            for quote in (quotes - hard)[:2] + hard[:1]
        ]

    # === DOMAINS AND ACTIONS === #

    @api.model
    def _get_overdue_domain(self, region):
        return Domain("is_overdue", "=", True) & self._within(region)

    @api.model
    def _get_unvisited_domain(self, region):
        return Domain("is_unvisited", "=", True) & self._within(region, "id")

    @api.model
    def _prepare_action(
        self, name, model, domain, views=("list", "form"), res_id=False
    ):
        """The window that lists exactly what a figure has counted."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model._name,
            "views": [[False, view] for view in views],
            "res_id": res_id,
            "domain": list(domain),
            "context": {"create": False},
        }
