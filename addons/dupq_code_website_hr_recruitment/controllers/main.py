from odoo import http
from odoo.http import request

from odoo.addons.website_hr_recruitment.controllers.main import WebsiteHrRecruitment

TRAITS = "dupq_trait_ids"


class JobsPage(WebsiteHrRecruitment):
    """The jobs page's form asks what applicants like to do and are like."""

    @http.route()
    def jobs_apply(self, job, **kwargs):
        """Override to give the page the words that it asks, and nothing more."""
        response = super().jobs_apply(job, **kwargs)
        # Words that were put there for everybody to read.
        response.qcontext["dupq_asked"] = request.env["dupq.trait"].sudo()._get_asked()
        return response

    def extract_data(self, model_sudo, values):
        """Override to turn nobody away whose tick we cannot place: it is noted."""
        if model_sudo.model != "hr.applicant":
            return super().extract_data(model_sudo, values)
        others = []
        if isinstance(values.get(TRAITS), str):
            # Only whether such a word is there is asked for who may be nobody.
            traits_sudo = request.env["dupq.trait"].sudo()
            known, others = traits_sudo._split_ticked(values[TRAITS])
            values = {key: value for key, value in values.items() if key != TRAITS}
            values |= {TRAITS: ",".join(known)} if known else {}
        data = super().extract_data(model_sudo, values)
        if others:
            note = request.env._(
                "Ticked on the jobs page, and not on our list of interests and "
                "qualities (any more): %(words)s",
                words=", ".join(others),
            )
            data["custom"] = "\n".join(filter(None, (data["custom"], note)))
        for file in data["attachments"]:
            # Odoo would take the file for an interest of the same number.
            if file.field_name == TRAITS:
                file.field_name = "file"
        return data
