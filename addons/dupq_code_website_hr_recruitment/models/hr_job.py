from odoo import api, models
from odoo.tools import html2plaintext


class HrJob(models.Model):
    """The page on the website is part of the advert."""

    _inherit = "hr.job"

    @api.depends("website_description")
    def _compute_dupq_advert(self):
        """Override to look again when the page changes."""
        return super()._compute_dupq_advert()

    def _get_dupq_advert(self):
        """Override to read the page too, but for the words that Odoo begins with."""
        advert = super()._get_dupq_advert()
        page = html2plaintext(self.website_description or "")
        if not page or page == self._get_dupq_page_begun():
            return advert
        return f"{advert}\n{page}"

    @api.model
    def _get_dupq_page_begun(self):
        return html2plaintext(self._get_default_website_description() or "")
