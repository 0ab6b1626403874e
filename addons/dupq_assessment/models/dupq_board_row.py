from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .. import board

# A self-assessment counts once it is complete; one that is being corrected or
# was replaced counts only as long as no later one is complete.
RATED_STATES = ("completed", "published", "replaced")


class DupqBoardRow(models.AbstractModel):
    """The heat of the board's page: services by the areas of the Code.

    A place is a service or, for what an organisation does as a whole, its company.
    """

    _name = "dupq.board.row"
    _description = "Rows of the Board Page"
    _inherit = ["dupq.board.part"]

    @api.model
    def _get_ratings(self, code, region):
        """{place: ratings of its latest complete self-assessment}."""
        model = self.env["dupq.assessment"]
        domain = Domain("state", "in", RATED_STATES)
        domain &= Domain("code_id.key", "=", code.key)
        latest = {}
        for assessment in model.search_fetch(
            domain & self._within(region),
            ["service_id", "company_id", "date_to"],
            order="date_to desc, id desc",
        ):
            latest.setdefault(self._get_place(assessment), assessment)
        ratings = self.env["dupq.assessment.rating"].search_fetch(
            [
                ("assessment_id", "in", [each.id for each in latest.values()]),
                ("perspective_id", "=", False),
                ("statement_id", "=", False),
                ("focus_id", "=", False),
            ],
            ["assessment_id", "service_id", "company_id", "area_id", "level_id"],
        )
        return ratings.grouped(self._get_place)

    @api.model
    def _get_place(self, record):
        """The service that a record is about, or its company when it is the whole."""
        return record.service_id or record.company_id

    @api.model
    def _get_rows(self, region, services, ratings, areas):
        """One row for each place, wholes first, services in the order of the tree.

        Organisations as a whole, regions and archived services have a row only
        where there is something in it, so that the rows add up to the figures.
        """
        overdue = self._count_by_place("dupq.action", self._get_overdue_domain(region))
        unread = self._count_by_place("dupq.lesson.unread", self._within(region))
        filled = {*ratings, *overdue, *unread}
        wholes = self.env["res.company"].union(
            *(place for place in filled if place._name == "res.company")
        )
        filled_services = self.env["dupq.service"].union(
            *(place for place in filled if place._name == "dupq.service")
        )
        places = services.filtered(lambda service: service.kind != "region")
        places |= filled_services._filtered_access("read")
        return [
            self._prepare_row(place, ratings, overdue, unread, areas)
            for place in (*wholes.sorted("name"), *places.sorted("complete_name"))
        ]

    @api.model
    def _count_by_place(self, model, domain):
        """{place: number of records of the model}, those of nobody left out."""
        groups = self.env[model]._read_group(
            domain, ["service_id", "company_id"], ["__count"]
        )
        counts = Counter()
        for service, company, count in groups:
            counts[service or company] += count
        return counts

    @api.model
    def _prepare_row(self, place, ratings, overdue, unread, areas):
        rated = ratings.get(place, self.env["dupq.assessment.rating"])
        by_area = {rating.area_id.reference: rating for rating in rated}
        is_whole = place._name == "res.company"
        # From the service itself: its region may be closed to the reader.
        above = "" if is_whole else (place.complete_name or "").rpartition(" / ")[0]
        return {
            "id": f"company_{place.id}" if is_whole else place.id,
            "name": self._say_whole(place) if is_whole else place.name,
            "part_of": above,
            "assessed": format_date(
                self.env, rated.assessment_id.date_to, date_format="MMMM y"
            ),
            "cells": [
                self._prepare_cell(place, area, by_area.get(area.reference))
                for area in areas
            ],
            "overdue": self._prepare_count(
                place,
                self.env["dupq.action"],
                overdue[place],
                Domain("is_overdue", "=", True),
                views=("list", "form"),
            ),
            "unread": self._prepare_count(
                place, self.env["dupq.lesson.unread"], unread[place], Domain.TRUE
            ),
            "visit": None if is_whole else self._prepare_visit(place),
        }

    @api.model
    def _say_whole(self, company):
        """The organisation as a whole, by name where the page shows several."""
        if len(self.env.companies) == 1:
            return self.env._("The organisation as a whole")
        return self.env._("%(company)s as a whole", company=company.name)

    @api.model
    def _prepare_cell(self, place, area, rating):
        """How one area is rated in one place: a word and a tone, never colour
        alone."""
        if not rating:
            return {"area_id": area.id, "tone": "none", "word": ""}
        level = rating.level_id
        not_rated = self.env._("Does not apply") if rating.is_not_applicable else ""
        return {
            "area_id": area.id,
            "tone": board.get_tone(level.share) if level else "none",
            "word": level.name or not_rated,
            "action": self._prepare_form_action(
                f"{area.reference}, {place.name}", rating
            ),
        }

    @api.model
    def _prepare_count(self, place, model, count, domain, views=("list",)):
        if place._name == "res.company":
            domain &= Domain("service_id", "=", False)
            domain &= Domain("company_id", "=", place.id)
        else:
            domain &= Domain("service_id", "=", place.id)
        return {
            "value": count,
            "action": self._prepare_action(place.name, model, domain, views),
        }

    @api.model
    def _prepare_visit(self, service):
        if service.kind == "region":
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
