"""The pages under /my for people who take part in a self-assessment."""

from odoo.http import request

from odoo.addons.dupq_code.controllers.frame import render_frame, render_not_found
from odoo.addons.dupq_code.controllers.routes import look_route
from odoo.addons.dupq_code.dates import long_date
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.dupq_assessment_part import OPEN_STATES
from .saying import LIST_URL, get_own_lines, say_url
from .worked import get_asked


class SelfAssessmentPortal(CustomerPortal):
    """What I take part in, and what came of it."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dupq_assessment_count" in counters:
            values["dupq_assessment_count"] = len(self._get_my_participations())
        if "dupq_worked_count" in counters:
            values["dupq_worked_count"] = len(get_asked(request.env)[1])
        return values

    @look_route(LIST_URL, auth="user")
    def my_self_assessments(self, **kwargs):
        """Those in which the person takes part."""
        assessments = [
            self._assessment_values(assessment, participations)
            for assessment, participations in self._get_mine().items()
        ]
        return self._render(
            "dupq_assessment.my_self_assessments",
            {"assessments": assessments},
            request.env._("My self-assessments"),
        )

    @look_route(f"{LIST_URL}/<int:assessment_id>", auth="user")
    def my_self_assessment(self, assessment_id, **kwargs):
        """One of them: what it is about, how I take part, what came of it."""
        for assessment, participations in self._get_mine().items():
            if assessment.id == assessment_id:
                values = self._assessment_values(assessment, participations)
                return self._render(
                    "dupq_assessment.my_self_assessment",
                    {"assessment": values},
                    values["name"],
                )
        return self._not_found()

    @look_route(f"{LIST_URL}/<path:anything>", auth="user")
    def my_self_assessment_nothing(self, anything, **kwargs):
        """Say in our own frame that there is no such page."""
        return self._not_found()

    def _get_my_participations(self):
        """Lines in which the person, or the household, is named."""
        return get_own_lines(request.env)

    def _get_mine(self):
        return self._get_my_participations().grouped("assessment_id")

    def _assessment_values(self, assessment, participations):
        """The plain values a person who takes part is told."""
        env = request.env
        states = dict(assessment._fields["state"]._description_selection(env))
        methods = dict(participations._fields["method"]._description_selection(env))
        return {
            "name": assessment.name,
            "place": assessment._get_place_name(),
            "code": assessment.code_id.name,
            "state": assessment.state,
            "is_open": assessment.state in OPEN_STATES,
            "state_words": states[assessment.state],
            "date_planned": long_date(env, assessment.date_planned),
            "led_by": assessment.lead_id.name,
            "url": f"{LIST_URL}/{assessment.id}",
            "public_url": assessment.publication_url or "",
            "asked": any(line._get_asked_actions() for line in participations),
            "ways": [
                {
                    "group": one.group_id.name,
                    "method": methods[one.method],
                    "support": one.support_given or "",
                    "changed": one.what_changed or "",
                    "say_url": say_url(one),
                }
                for one in participations
            ],
        }

    def _render(self, template, values, title):
        return render_frame(template, values, **self._frame_options(title))

    def _not_found(self):
        _ = request.env._
        options = self._frame_options(_("We cannot find this page"))
        links = [{"label": _("My self-assessments"), "url": LIST_URL}]
        return render_not_found(links=links, **options)

    def _frame_options(self, title):
        _ = request.env._
        return {
            "title": title,
            "signed_in": True,
            "navigation": [(_("My self-assessments"), LIST_URL)],
        }
