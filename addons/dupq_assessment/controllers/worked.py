"""The pages under /my at which those whom an action is for say whether it worked."""

from odoo import http
from odoo.http import request

from odoo.addons.dupq_code.controllers.guest_pages import (
    keep_private,
    not_found,
    read_answers,
    render_page,
)
from odoo.addons.dupq_code.controllers.routes import look_route, press_route
from odoo.addons.dupq_code.guests import Guest

from ..saying import Saying

WORKED_URL = "/my/did-it-work"


def get_asked(env):
    """The guest that somebody signed in is, and all that they are asked."""
    guest = Guest(
        purpose="did_it_work",
        base_url=WORKED_URL,
        signed_in=True,
        partner_id=env.user.partner_id.id,
    )
    return guest, env["dupq.action"]._get_asked_of_user(env.user, guest)


# Not one of Odoo's portal controllers, which share all their methods' names.
class WorkedPortal(http.Controller):
    """Asked anew at each page whether they are somebody whom it is for."""

    @look_route(WORKED_URL, f"{WORKED_URL}/<path:path>", auth="user")
    def worked_look(self, path="", **kwargs):
        """The list, or one question."""
        guest, asked = get_asked(request.env)
        saying = Saying.parse(path or "e/worked")
        if saying and saying.step == "":
            saying = Saying.parse(saying.at("worked"))
        page = saying and self._actions()._get_worked_page(guest, saying, asked)
        return self._show(page, guest, saying)

    @press_route(f"{WORKED_URL}/<path:path>", auth="user")
    def worked_answers(self, path, **form):
        """Keep one answer."""
        guest, asked = get_asked(request.env)
        saying = Saying.parse(path)
        if not saying or saying.step != "told":
            return self._show(None, guest, saying)
        answers = read_answers(form)
        page = self._actions()._take_worked(guest, saying, asked, answers)
        if isinstance(page, str):
            return keep_private(request.redirect(guest.url(page), code=303))
        return self._show(page, guest, saying, status=422)

    def _actions(self):
        # Who asks, and what they are asked, is looked up first; plain values only.
        return request.env["dupq.action"].sudo()

    def _show(self, page, guest, saying, status=200):
        _ = request.env._
        options = {"signed_in": True, "navigation": [(_("Did it work?"), WORKED_URL)]}
        if not page:
            return not_found(guest, **options)
        page["values"]["start_url"] = "/my"
        frame = {
            "easy_read": saying.easy,
            "switch": {
                "label": _("Plain words") if saying.easy else _("Easy Read"),
                "url": guest.url(saying.at(saying.step, easy=not saying.easy)),
                "picture": "page-facing-up" if saying.easy else "open-book",
            },
        }
        return render_page({**page, "frame": frame}, status=status, **options)
