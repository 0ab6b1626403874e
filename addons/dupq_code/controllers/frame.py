"""The frame of our public and portal pages: what every one of them is told.

A controller hands a template plain values only, never a record, so that nothing
can be read from a page that the controller did not choose to show.
"""

from odoo.http import request

ORGANISATION_FIELDS = ("name", "phone", "email", "uses_default_logo")


def render_frame(template, values=None, status=200, **options):
    """Render a page of ours inside the frame, with plain values only.

    :param str template: XML id of a template that calls ``dupq_code.public_frame``
    :param dict values: plain values for the page
    :param int status: the HTTP status of the answer
    :param options: see :func:`frame_values`
    """
    page = {"frame": frame_values(**options), **(values or {})}
    response = request.render(template, page, status=status)
    if not options.get("indexed"):
        response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def render_message(heading, words, status=200, picture=None, links=(), **options):
    """Render a page that says one thing, such as "there is nothing here"."""
    message = {
        "heading": heading,
        "words": [words] if isinstance(words, str) else list(words),
        "picture": picture,
        "links": list(links),
    }
    options.setdefault("title", heading)
    return render_frame(
        "dupq_code.public_message", {"message": message}, status=status, **options
    )


def render_not_found(**options):
    """Say in our own frame that there is no such page."""
    _ = request.env._
    options.setdefault("links", [{"label": _("Go to the start page"), "url": "/"}])
    return render_message(
        _("We cannot find this page"),
        [
            _("The address may be mistyped, or the page may have moved."),
            _("If someone gave you this address, please ask them for a new one."),
        ],
        status=404,
        picture="magnifying-glass-tilted-left",
        **options,
    )


def frame_values(
    title,
    company=None,
    company_id=None,
    description=None,
    indexed=False,
    easy_read=False,
    switch=None,
    signed_in=False,
    navigation=(),
):
    """The values of the frame, all plain.

    :param str title: the title of the document, before the organisation's name
    :param company: the ``res.company`` whose page it is; the visitor's by default
    :param int company_id: the same, by its id
    :param str description: what search engines show under the title
    :param bool indexed: whether search engines may list the page
    :param bool easy_read: large type, for pages of pictures and words
    :param dict switch: link to the other edition: ``label``, ``url``, ``picture``
    :param bool signed_in: show the account's navigation, for pages under ``/my``
    :param navigation: entries between "My account" and "Sign out":
        pairs of label and address
    """
    env = request.env
    if company_id:
        company = env["res.company"].browse(company_id)
    return {
        "title": title,
        "description": description,
        "indexed": indexed,
        "lang": (env.lang or "en_GB").replace("_", "-"),
        "direction": env["res.lang"]._get_data(code=env.lang).direction or "ltr",
        "easy_read": easy_read,
        "switch": switch,
        "organisation": _organisation_values(company or env.company),
        "navigation": _navigation_values(navigation) if signed_in else [],
        "user_name": env.user.name if signed_in else None,
    }


def _organisation_values(company):
    # Name, logo and contact of the organisation are public on its own page.
    company_sudo = company.sudo()
    # Of its many columns, these: on every page of ours.
    company_sudo.fetch(ORGANISATION_FIELDS)
    contact = (company_sudo.phone, company_sudo.email)
    return {
        "name": company_sudo.name,
        "url": "/",
        "logo_url": (
            None
            if company_sudo.uses_default_logo
            else f"/web/binary/company_logo?company={company_sudo.id}"
        ),
        "contact": ", ".join(part for part in contact if part),
    }


def _navigation_values(entries):
    _ = request.env._
    path = request.httprequest.path
    entries = [
        (_("My account"), "/my"),
        *entries,
        (_("Sign out"), "/web/session/logout?redirect=/"),
    ]
    return [
        {"label": label, "url": url, "current": url == path} for label, url in entries
    ]
