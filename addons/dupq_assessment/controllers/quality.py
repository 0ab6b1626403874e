"""The public pages of what was published, for anyone."""

from odoo import http
from odoo.http import request

from odoo.addons.dupq_code.controllers.frame import render_frame, render_not_found
from odoo.addons.dupq_code.controllers.routes import look_route
from odoo.addons.dupq_code.dates import long_date


def fresh(response):
    """Whoever keeps a copy asks again before showing it: words may be taken back."""
    response.headers["Cache-Control"] = "no-cache"
    return response


class QualityController(http.Controller):
    """Published self-assessments: the list, a report, its Easy Read edition."""

    @look_route("/quality", auth="public")
    def quality_index(self, **kwargs):
        """Everything that is published, in the order of the alphabet."""
        publications = request.env["dupq.publication"]._get_newest()
        values = {"organisations": self._index_values(publications)}
        return render_frame(
            "dupq_assessment.public_index",
            values,
            title=request.env._("Self-assessments"),
            indexed=True,
        )

    @look_route(
        "/quality/<string:address>",
        "/quality/<string:address>/<int:version>",
        auth="public",
    )
    def quality_report(self, address, version=None, **kwargs):
        """A published report in plain words."""
        publication = request.env["dupq.publication"]._get_by_address(address, version)
        if not publication:
            return self._not_found()
        report = publication._get_report_values()
        response = render_frame(
            "dupq_assessment.public_report",
            {"report": report},
            title=request.env._(
                "%(place)s: our self-assessment", place=report["place"]
            ),
            company=publication.company_id,
            description=" ".join(report["outcome"])[:300],
            indexed=not version,
            switch={
                "label": request.env._("Easy Read"),
                "url": self._url(publication, version, easy_read=True),
                "picture": "open-book",
            },
        )
        return fresh(response)

    @look_route(
        "/quality/<string:address>/easy-read",
        "/quality/<string:address>/<int:version>/easy-read",
        auth="public",
    )
    def quality_easy_read(self, address, version=None, **kwargs):
        """The same report with pictures and short sentences."""
        publication = request.env["dupq.publication"]._get_by_address(address, version)
        if not publication:
            return self._not_found()
        easy_read = publication._get_easy_read_values()
        response = render_frame(
            "dupq_assessment.public_easy_read",
            {"easy_read": easy_read},
            title=request.env._("%(place)s: Easy Read", place=easy_read["place"]),
            company=publication.company_id,
            indexed=not version,
            easy_read=True,
            switch={
                "label": request.env._("All the words"),
                "url": self._url(publication, version),
                "picture": "page-facing-up",
            },
        )
        return fresh(response)

    @look_route("/quality/<path:anything>", auth="public")
    def quality_nothing(self, anything, **kwargs):
        """Say in our own frame that there is no such page."""
        return self._not_found()

    def _not_found(self):
        _ = request.env._
        return render_not_found(
            title=_("We cannot find this page"),
            links=[{"label": _("All self-assessments"), "url": "/quality"}],
        )

    def _url(self, publication, version, easy_read=False):
        parts = [publication.url]
        if version:
            parts.append(str(version))
        if easy_read:
            parts.append("easy-read")
        return "/".join(parts)

    def _index_values(self, publications):
        """Organisations and their reports by name: no rating, no ranking."""
        by_company = publications.grouped("company_id")
        places = publications._get_places()
        return [
            {
                "name": company.name,
                "reports": [
                    {
                        "name": places[one],
                        "date": long_date(request.env, one.date),
                        "url": one.url,
                    }
                    for one in reports.sorted(places.get)
                ],
            }
            for company, reports in sorted(
                by_company.items(), key=lambda item: item[0].name
            )
        ]
