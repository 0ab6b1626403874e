"""The pages under /my at which people who take part say what they think."""

from odoo import http
from odoo.http import request

from odoo.addons.dupq_code.controllers.frame import render_not_found
from odoo.addons.dupq_code.controllers.guest_pages import (
    MOST_RECEIVED,
    keep_private,
    show_page,
    take_answers,
)
from odoo.addons.dupq_code.controllers.routes import look_route, press_route
from odoo.addons.dupq_code.guests import Guest

LIST_URL = "/my/self-assessments"
SAY_URL = f"{LIST_URL}/<int:assessment_id>/say/<int:line_id>"


def say_url(line):
    """Where the person of a line says what they think."""
    return f"{LIST_URL}/{line.assessment_id.id}/say/{line.id}"


def get_own_lines(env):
    """Lines of taking part in which the person, or the household, is named."""
    return env["dupq.assessment.participant"]._get_lines_of_user(env.user)


# Not one of Odoo's portal controllers, which share all their methods' names.
class SayingPortal(http.Controller):
    """The same pages as behind a link, for those who are signed in."""

    @look_route(SAY_URL, f"{SAY_URL}/<path:path>", auth="user")
    def say_look(self, assessment_id, line_id, path="", **kwargs):
        """One page."""
        return self._open(assessment_id, line_id, show_page, path)

    @press_route(
        f"{SAY_URL}/<path:path>", auth="user", max_content_length=MOST_RECEIVED
    )
    def say_answers(self, assessment_id, line_id, path, **form):
        """Keep what a page asked."""
        return self._open(assessment_id, line_id, take_answers, path, form)

    def _open(self, assessment_id, line_id, answer, *args):
        """Ask anew whether they take part, then answer."""
        options = self._frame_options()
        for line_sudo in get_own_lines(request.env):
            if (line_sudo.assessment_id.id, line_sudo.id) == (assessment_id, line_id):
                guest = Guest(
                    purpose="self_assessment",
                    base_url=say_url(line_sudo),
                    signed_in=True,
                    partner_id=request.env.user.partner_id.id,
                )
                return answer(line_sudo, guest, *args, **options)
        links = [{"label": request.env._("My self-assessments"), "url": LIST_URL}]
        return keep_private(render_not_found(links=links, **options))

    def _frame_options(self):
        _ = request.env._
        return {"signed_in": True, "navigation": [(_("My self-assessments"), LIST_URL)]}
