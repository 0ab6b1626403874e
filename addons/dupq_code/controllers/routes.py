"""The addresses of our own pages: what all of them tell Odoo."""

from odoo import http


def look_route(*paths, **options):
    """A page to look at: nothing is written, so that a replica may serve it.

    :param options: ``auth``, and whatever else Odoo's own route takes
    """
    return _route(paths, methods=["GET"], readonly=True, **options)


def press_route(*paths, **options):
    """Where a form of such a page goes."""
    return _route(paths, methods=["POST"], **options)


def _route(paths, **options):
    return http.route(list(paths), type="http", website=True, sitemap=False, **options)
