"""The pages under /my for people who are asked something: who works with them."""

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
from .routes import look_route, press_route

LIST_URL = "/my/choices"
PERSON_URL = f"{LIST_URL}/<int:person_id>/<string:purpose>"
PICTURES = {"choosing": "people-hugging", "feedback": "speech-balloon"}


def get_seats(env, user):
    """All that a user may be asked: the guest that they are, the person, questions."""
    people = env["dupq.person"]
    return [
        (make_guest(person, member, purpose), person, asked)
        for purpose in people._get_asked_models()
        for person, member in people._get_seats(user, purpose)
        if (asked := person._get_asked(purpose, member.id))
    ]


def make_guest(person, member, purpose):
    """Whom the pages of one person and purpose are shown to."""
    return Guest(
        purpose=purpose,
        base_url=f"{LIST_URL}/{person.id}/{purpose}",
        circle_member_id=member.id or None,
        signed_in=True,
    )


def list_page(env, seats):
    """All that somebody is asked, with the way to each question."""
    _ = env._
    titles = {
        "choosing": _("Choosing staff"),
        "feedback": _("How are your staff doing?"),
    }
    return {
        "template": "dupq_code.asked_list",
        "title": _("My choices"),
        "values": {
            "groups": [
                {
                    "title": titles[guest.purpose],
                    "picture": PICTURES[guest.purpose],
                    "for_name": person.preferred_name if guest.circle_member_id else "",
                    "questions": [
                        {
                            "question": one._get_question(guest),
                            "label": one._get_list_label(),
                            "url": guest.url(one.id),
                        }
                        for one in asked
                    ],
                }
                for guest, person, asked in seats
            ]
        },
    }


class PortalHome(CustomerPortal):
    """The card of what one is asked under "My account"."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dupq_choices_count" in counters:
            seats = get_seats(request.env, request.env.user)
            values["dupq_choices_count"] = sum(len(asked) for *_who, asked in seats)
        return values


# Not one of Odoo's portal controllers, which share all their methods' names.
class ChoicesPortal(http.Controller):
    """What I am asked, for myself or for somebody who wants me to help."""

    @look_route(LIST_URL, auth="user")
    def my_choices(self, **kwargs):
        """All that I am asked now."""
        page = list_page(request.env, get_seats(request.env, request.env.user))
        return render_page(page, **self._frame_options())

    @look_route(PERSON_URL, f"{PERSON_URL}/<path:path>", auth="user")
    def my_choices_page(self, person_id, purpose, path="", **kwargs):
        """One page for one person."""
        return self._open(person_id, purpose, show_page, path)

    @press_route(
        f"{PERSON_URL}/<path:path>",
        auth="user",
        max_content_length=MOST_RECEIVED,
    )
    def my_choices_answers(self, person_id, purpose, path, **form):
        """Keep what a page asked."""
        return self._open(person_id, purpose, take_answers, path, form)

    def _open(self, person_id, purpose, answer, *args):
        """Ask anew whether they may, then answer."""
        people = request.env["dupq.person"]
        known = purpose in people._get_asked_models()
        seats = people._get_seats(request.env.user, purpose) if known else ()
        for person_sudo, member_sudo in seats:
            if person_sudo.id == person_id:
                guest = make_guest(person_sudo, member_sudo, purpose)
                return answer(person_sudo, guest, *args, **self._frame_options())
        links = [{"label": request.env._("Go back to the start"), "url": "/my"}]
        return keep_private(
            render_not_found(links=links, easy_read=True, **self._frame_options())
        )

    def _frame_options(self):
        _ = request.env._
        return {"signed_in": True, "navigation": [(_("My choices"), LIST_URL)]}
