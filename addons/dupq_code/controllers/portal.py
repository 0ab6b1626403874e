"""The pages under /my for people who choose staff."""

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..guests import Guest
from .frame import render_not_found
from .guest_pages import (
    MOST_RECEIVED,
    keep_private,
    render_page,
    show_page,
    take_answers,
)

LIST_URL = "/my/choosing-staff"
PERSON_URL = f"{LIST_URL}/<int:person_id>"


def _route(*paths, **options):
    return http.route(
        list(paths), type="http", auth="user", website=True, sitemap=False, **options
    )


def _get_seats():
    return request.env["dupq.person"]._get_choosing_seats(request.env.user)


def seats_page(env, seats):
    """The people for whom somebody may choose."""
    people = [
        {"name": person.preferred_name, "url": f"{LIST_URL}/{person.id}"}
        for person, _member in seats
    ]
    return {
        "template": "dupq_code.choosing_seats",
        "title": env._("Choosing staff"),
        "values": {"people": people},
    }


class PortalHome(CustomerPortal):
    """The card of choosing staff under "My account"."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dupq_choosing_count" in counters:
            values["dupq_choosing_count"] = sum(
                len(person._get_open_choices(member.id))
                for person, member in _get_seats()
            )
        return values


# Not one of Odoo's portal controllers, which share all their methods' names.
class ChoosingPortal(http.Controller):
    """Choosing staff for myself, or for somebody who wants me to help."""

    @_route(LIST_URL, methods=["GET"], readonly=True)
    def my_choosing(self, **kwargs):
        """For whom I may choose; where it is one person, straight to their page."""
        seats = _get_seats()
        if len(seats) == 1:
            return keep_private(request.redirect(f"{LIST_URL}/{seats[0][0].id}"))
        page = seats_page(request.env, seats)
        return render_page(page, **self._frame_options())

    @_route(PERSON_URL, f"{PERSON_URL}/<path:path>", methods=["GET"], readonly=True)
    def my_choosing_page(self, person_id, path="", **kwargs):
        """One page of choosing for one person."""
        return self._open(person_id, show_page, path)

    @_route(
        f"{PERSON_URL}/<path:path>",
        methods=["POST"],
        max_content_length=MOST_RECEIVED,
    )
    def my_choosing_answers(self, person_id, path, **form):
        """Keep what a page asked."""
        return self._open(person_id, take_answers, path, form)

    def _open(self, person_id, answer, *args):
        """Ask anew whether they may, then answer."""
        for person_sudo, member_sudo in _get_seats():
            if person_sudo.id == person_id:
                guest = Guest(
                    purpose="choosing",
                    base_url=f"{LIST_URL}/{person_id}",
                    circle_member_id=member_sudo.id or None,
                    signed_in=True,
                )
                return answer(person_sudo, guest, *args, **self._frame_options())
        links = [{"label": request.env._("Go back to the start"), "url": "/my"}]
        return keep_private(
            render_not_found(links=links, easy_read=True, **self._frame_options())
        )

    def _frame_options(self):
        _ = request.env._
        return {
            "signed_in": True,
            "navigation": [(_("Choosing staff"), LIST_URL)],
        }
