"""Other editions of what was published: PDF, open data, files, how to check it."""

import json

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.dupq_code.controllers.frame import render_frame
from odoo.addons.dupq_code.controllers.routes import look_route

from .quality import QualityController, fresh

CHECK_SCRIPT = "/dupq_assessment/static/verify/check_report.py"


class QualityEditions(QualityController):
    """The same report for printing, for machines, and for those who check it."""

    @look_route(
        "/quality/<string:address>/pdf",
        "/quality/<string:address>/<int:version>/pdf",
        auth="public",
    )
    def quality_pdf(self, address, version=None, **kwargs):
        """The report to print."""
        return self._pdf("report", address, version)

    @look_route(
        "/quality/<string:address>/easy-read/pdf",
        "/quality/<string:address>/<int:version>/easy-read/pdf",
        auth="public",
    )
    def quality_easy_read_pdf(self, address, version=None, **kwargs):
        """The Easy Read edition to print."""
        return self._pdf("easy_read", address, version)

    def _pdf(self, kind, address, version):
        publication = request.env["dupq.publication"]._get_by_address(address, version)
        edition = publication and publication._get_edition(kind)
        if not edition:
            return self._not_found()
        if not edition.is_ready:
            return self._wait(publication, version, edition)
        file = edition._get_files()[:1]
        stream = request.env["ir.binary"]._get_stream_from(
            file, filename=f"{address}-{publication.version}-{kind}.pdf"
        )
        return fresh(stream.get_response(as_attachment=False))

    def _wait(self, publication, version, edition):
        """Say how far the PDF is; the same address gives it once it is there."""
        values = {
            "made": edition.parts_made,
            "parts": edition.part_count,
            "progress": edition.progress,
            "trouble": bool(edition.trouble),
            "url": request.httprequest.path,
            "back": self._url(publication, version),
        }
        response = render_frame(
            "dupq_assessment.public_edition",
            {"edition": values},
            title=request.env._("We are still making this PDF"),
            company=publication.company_id,
            status=202,
        )
        response.headers["Retry-After"] = "60"
        return fresh(response)

    @http.route(
        [
            "/quality/<string:address>/report.json",
            "/quality/<string:address>/<int:version>/report.json",
        ],
        type="http",
        auth="public",
        readonly=True,
        sitemap=False,
        methods=["GET"],
        cors="*",
    )
    def quality_open_data(self, address, version=None, **kwargs):
        """The report as open data: docs/open-data.md has its shape."""
        publication = request.env["dupq.publication"]._get_by_address(address, version)
        if not publication:
            return self._not_found()
        data = publication._get_open_data(request.httprequest.url_root.rstrip("/"))
        response = request.make_response(
            json.dumps(data, ensure_ascii=False, indent=2),
            headers=[("Content-Type", "application/json; charset=utf-8")],
        )
        filename = f"{address}-{publication.version}.json"
        response.headers["Content-Disposition"] = content_disposition(
            filename, disposition_type="inline"
        )
        return fresh(response)

    @look_route(
        "/quality/<string:address>/<int:version>/media/<int:sequence>/<int:number>",
        auth="public",
    )
    def quality_media(self, address, version, sequence, number, **kwargs):
        """A picture, sound or film that somebody agreed to show."""
        publication = request.env["dupq.publication"]._get_by_address(address, version)
        file = publication and publication._get_media(sequence, number)
        if not file:
            return self._not_found()
        stream = request.env["ir.binary"]._get_stream_from(file)
        response = stream.get_response(as_attachment=False)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return fresh(response)

    @look_route(
        "/quality/<string:address>/check",
        "/quality/<string:address>/<int:version>/check",
        auth="public",
    )
    def quality_check(self, address, version=None, **kwargs):
        """How anyone can check that nothing was changed."""
        publication = request.env["dupq.publication"]._get_by_address(address, version)
        if not publication:
            return self._not_found()
        check = {
            "place": publication.name,
            "seal": publication.seal,
            "data": f"{publication.url}/{publication.version}/report.json",
            "script": CHECK_SCRIPT,
            "back": self._url(publication, version),
            "stones": sum(map(len, publication._get_taken_back().values())),
        }
        response = render_frame(
            "dupq_assessment.public_check",
            {"check": check},
            title=request.env._("How to check that nothing was changed"),
            company=publication.company_id,
        )
        return fresh(response)
