from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .dupq_action import OPEN_STATES


class DupqBoardFigure(models.AbstractModel):
    """The figures of the board's page: those at the top, and what we can show."""

    _name = "dupq.board.figure"
    _description = "Figures of the Board Page"
    _inherit = ["dupq.board.part"]

    # === AT THE TOP === #

    @api.model
    def _get_figures(self, region, services, code):
        """The figures to be seen from across the room."""
        figures = [
            self._get_overdue_figure(region),
            self._get_unvisited_figure(region, services),
            self._get_unread_figure(region),
            self._get_nothing_figure(region, code),
            self._get_publication_figure(region),
        ]
        if self.env["dupq.board.coverage"].has_access("read"):
            figures.append(self._get_training_figure())
        return figures

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
        domain = self._get_coverage_domain(code, region)
        nothing = domain & Domain("coverage", "=", "nothing")
        return {
            "key": "nothing",
            "label": _("Without evidence"),
            "value": model.search_count(nothing),
            "detail": _(
                "of %(count)s good statements, all services together",
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

    @api.model
    def _get_training_figure(self):
        """Who among board and senior managers lacks valid safeguarding training.

        Of the whole organisation: nobody leads one region alone.
        """
        _ = self.env._
        model = self.env["dupq.board.coverage"]
        domain = Domain("category", "=", "safeguarding")
        missing = domain & Domain("state", "in", ("never", "expired"))
        [(count,)] = model._read_group(missing, [], ["partner_id:count_distinct"])
        [(whole,)] = model._read_group(domain, [], ["partner_id:count_distinct"])
        action = self._prepare_action(
            _("Without safeguarding training"), model, missing, views=("list",)
        )
        # People are counted, and each may lack several trainings.
        action["context"]["group_by"] = ["partner_id"]
        return {
            "key": "training",
            "label": _("Without safeguarding training"),
            "value": count,
            "detail": _(
                "of %(count)s on the board and in senior management", count=whole
            ),
            "action": action,
        }

    # === WHAT WE CAN SHOW === #

    @api.model
    def _get_coverage_domain(self, code, region):
        """Of what good looks like: having seen nothing bad is nothing missing."""
        domain = Domain("code_id", "=", code.id)
        return self._within(region) & domain & Domain("statement_kind", "=", "good")

    @api.model
    def _get_coverage(self, code, region):
        """For each kind of coverage, how many statements of each area."""
        model = self.env["dupq.evidence.coverage"]
        domain = self._get_coverage_domain(code, region)
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
