"""The pages behind a link. To look changes nothing: mail filters look at every link."""

from odoo import http
from odoo.http import request

from ..guests import Guest
from ..models.dupq_invitation import EXPIRED, UNKNOWN
from .frame import render_message
from .guest_pages import (
    MOST_RECEIVED,
    keep_private,
    render_page,
    show_page,
    take_answers,
)
from .routes import look_route, press_route

COOKIE = "dupq_invitation"
LINK = "/invitation/<string:token>"
# For anybody with the link, which is the same in every language.
BEHIND_A_LINK = {"auth": "public", "multilang": False}
PRESSED = {**BEHIND_A_LINK, "max_content_length": MOST_RECEIVED}


class InvitationController(http.Controller):
    """From the door of a link to the pages it opens."""

    @look_route(LINK, **BEHIND_A_LINK)
    def look(self, token, **kwargs):
        """The door; for the browser that has been here before, the first page."""
        return self._open(token, lambda guest_at: guest_at.show(""), door=True)

    @press_route(LINK, **PRESSED)
    def start(self, token, **kwargs):
        """The first browser to press the button has the link from then on."""
        invitation_sudo, reason = self._look_up(token)
        if reason:
            return self._refuse(reason)
        if self._is_known(invitation_sudo):
            return self._go_in(token)
        cookie = invitation_sudo._bind()
        if not cookie and not self._is_known(invitation_sudo):
            return self._render_elsewhere(token)
        return self._go_in(token, invitation_sudo, cookie)

    @press_route(f"{LINK}/code", **PRESSED)
    def send_code(self, token, **kwargs):
        """Mail a one-time code to the invited address."""
        invitation_sudo, reason = self._look_up(token)
        if reason:
            return self._refuse(reason)
        if self._is_known(invitation_sudo):
            return self._go_in(token)
        error = None
        if not invitation_sudo._send_code():
            error = request.env._(
                "We sent enough codes for now. Please wait for one hour."
            )
        return self._render_code(token, error, status=429 if error else 200)

    @press_route(f"{LINK}/code/check", **PRESSED)
    def check_code(self, token, code=None, **kwargs):
        """Let this browser in by the right code."""
        invitation_sudo, reason = self._look_up(token)
        if reason:
            return self._refuse(reason)
        if self._is_known(invitation_sudo):
            return self._go_in(token)
        cookie = invitation_sudo._use_code(code)
        if not cookie:
            error = request.env._(
                "This code does not work. Type it again, or ask for a new one."
            )
            return self._render_code(token, error, status=422)
        return self._go_in(token, invitation_sudo, cookie)

    @look_route(f"{LINK}/<path:path>", **BEHIND_A_LINK)
    def look_at_page(self, token, path, **kwargs):
        """A page of what the link is for."""
        return self._open(token, lambda guest_at: guest_at.show(path))

    @press_route(f"{LINK}/<path:path>", **PRESSED)
    def send_answers(self, token, path, **form):
        """Keep what a page asked."""
        return self._open(token, lambda guest_at: guest_at.take(path, form))

    # === WHO MAY COME IN === #

    def _look_up(self, token):
        return request.env["dupq.invitation"]._look_up(token)

    def _is_known(self, invitation_sudo):
        return invitation_sudo._is_bound_to(request.cookies.get(COOKIE))

    def _open(self, token, answer, door=False):
        """Ask everything anew, then answer to whom the link belongs."""
        invitation_sudo, reason = self._look_up(token)
        if reason:
            return self._refuse(reason)
        if not self._is_known(invitation_sudo):
            if invitation_sudo.state == "open":
                page = door_page(
                    request.env, self._url(token), invitation_sudo.kind == "group"
                )
                return render_page(page, 200 if door else 403)
            return self._render_elsewhere(token)
        return answer(GuestAt(invitation_sudo, self._url(token)))

    def _url(self, token):
        return f"/invitation/{token}"

    def _go_in(self, token, invitation_sudo=None, cookie=None):
        response = keep_private(request.redirect(self._url(token), code=303))
        if cookie:
            response.set_cookie(
                COOKIE,
                cookie,
                expires=invitation_sudo._get_cookie_end(),
                path=self._url(token),
                secure=request.httprequest.scheme == "https",
                httponly=True,
                samesite="Lax",
            )
        return response

    # === WHAT A STRANGER SEES: NEVER WHOM IT IS FOR === #

    def _refuse(self, reason):
        _ = request.env._
        if reason == UNKNOWN:
            heading, status = _("We do not know this link"), 404
        elif reason == EXPIRED:
            heading, status = _("This link has run out"), 410
        else:
            heading, status = _("This link is closed"), 410
        words = _("Please ask the person who sent it for a new link.")
        return keep_private(
            render_message(
                heading,
                [words],
                status=status,
                picture="locked",
                easy_read=True,
            )
        )

    def _render_elsewhere(self, token):
        return render_page(elsewhere_page(request.env, self._url(token)), 403)

    def _render_code(self, token, error, status):
        return render_page(code_page(request.env, self._url(token), error), status)


def door_page(env, url, is_group=False):
    """What anybody sees who opens a link that nobody has used."""
    return {
        "template": "dupq_code.invitation_door",
        "title": env._("Welcome"),
        "values": {"url": url, "is_group": is_group},
    }


def elsewhere_page(env, url):
    """What a second browser sees."""
    return {
        "template": "dupq_code.invitation_elsewhere",
        "title": env._("This link is used in another place"),
        "values": {"code_url": f"{url}/code"},
    }


def code_page(env, url, error=None):
    """Where the one-time code is typed."""
    return {
        "template": "dupq_code.invitation_code",
        "title": env._("Type the code"),
        "values": {
            "code_url": f"{url}/code",
            "check_url": f"{url}/code/check",
            "errors": [{"field": "code", "message": error}] if error else [],
        },
    }


class GuestAt:
    """A guest at a link that was asked a moment ago whether it is alive."""

    def __init__(self, invitation_sudo, url):
        # That it is there was asked with the link.
        model_sudo = invitation_sudo.env[invitation_sudo.res_model]
        self.target_sudo = model_sudo.browse(invitation_sudo.res_id)
        self.guest = Guest(
            purpose=invitation_sudo.purpose,
            base_url=url,
            circle_member_id=invitation_sudo.circle_member_id.id or None,
            invitation_id=invitation_sudo.id,
            is_group=invitation_sudo.kind == "group",
        )

    def show(self, path):
        """A page of what the link is for."""
        return show_page(self.target_sudo, self.guest, path)

    def take(self, path, form):
        """Hand the answers over."""
        return take_answers(self.target_sudo, self.guest, path, form)
