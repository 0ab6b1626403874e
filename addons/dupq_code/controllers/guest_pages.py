"""Pages of those who take part without the backend: by a link, or on the portal."""

from odoo.http import request

from ..uploads import (
    BROKEN,
    MEGABYTE,
    MOST_BYTES,
    TOO_BIG,
    TOO_LARGE,
    RefusedUpload,
    accept,
)
from .frame import render_frame, render_not_found

# So much is read from the line into a file on disk, to say kindly that it is too
# much; Odoo's own limit would cut the line and lose what else was typed.
MOST_RECEIVED = 256 * MEGABYTE
# Nobody writes more in one box; the rest of a form is short.
MOST_LETTERS = 10_000
PRIVATE_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


def show_page(target_sudo, guest, path, **options):
    """One page of the target for this guest, or "there is no such page"."""
    page = target_sudo._get_invitation_page(guest, path)
    return render_page(page, **options) if page else not_found(guest, **options)


def take_answers(target_sudo, guest, path, form, **options):
    """Hand the answers over; go on to the next page, or say what is wrong."""
    answers = read_answers(form, **target_sudo._get_upload_limits())
    outcome = target_sudo._take_invitation_answers(guest, path, answers)
    if outcome is None:
        return not_found(guest, **options)
    if isinstance(outcome, str):
        return keep_private(request.redirect(guest.url(outcome), code=303))
    return render_page(outcome, status=outcome.get("status", 422), **options)


def read_answers(form, most=MOST_BYTES, film=False):
    """The texts of a form; of its files what was made of them, and what was refused.

    :param most: bytes of a file
    :param film: whether films are taken, too
    """
    answers = {"files": [], "errors": {}}
    for name, value in form.items():
        if isinstance(value, str):
            answers[name] = value[:MOST_LETTERS].replace("\x00", "").strip()
        elif getattr(value, "filename", None):
            try:
                upload = accept(value.stream, most, film=film)
            except RefusedUpload as refused:
                answers["errors"][name] = refusal_words(refused.reason, most, film)
                continue
            if upload:
                answers["files"].append(upload)
    return answers


def refusal_words(reason, most=MOST_BYTES, film=False):
    """Say in plain words why a file was not taken, and what to do."""
    _ = request.env._
    if reason == TOO_BIG:
        return _(
            "This file is too big. The most is %(most)s MB. Please send a smaller one.",
            most=most // MEGABYTE,
        )
    if reason == BROKEN:
        return _("We cannot open this file. Please send another one.")
    if reason == TOO_LARGE:
        return _("This picture is too large. Please send a smaller one.")
    if film:
        return _("This is not a picture, a sound or a film. Please send another file.")
    return _("This is not a picture or a sound. Please send another file.")


def render_page(page, status=200, **options):
    """A page of plain values inside the frame, kept from everybody else.

    A page may say more of its frame: see ``frame_values``.
    """
    options = {
        "title": page["title"],
        "easy_read": True,
        **options,
        **page.get("frame", {}),
    }
    values = {**page["values"], "csrf_token": request.csrf_token()}
    return keep_private(
        render_frame(page["template"], values, status=status, **options)
    )


def not_found(guest, **options):
    """Say that there is no such page, with a way back."""
    links = [{"label": request.env._("Go back to the start"), "url": guest.url()}]
    options.pop("title", None)
    return keep_private(render_not_found(links=links, easy_read=True, **options))


def keep_private(response):
    """No search engine, cache or other site learns the address, or frames the page."""
    for name, value in PRIVATE_HEADERS.items():
        response.headers[name] = value
    return response
