from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.dupq_code.const import BOARD_MEMBER, MANAGER, QUALITY_LEAD
from odoo.addons.dupq_code.dates import long_date

MAY_SEE = (BOARD_MEMBER, QUALITY_LEAD, MANAGER)


class DupqBoardDashboard(models.AbstractModel):
    """The board's page: where people's lives are good, where not, what to ask.

    Everything is read with the rights of the reader: a manager who opens it sees
    the services they belong to. Each figure carries the action that lists exactly
    the records it counts.
    """

    _name = "dupq.board.dashboard"
    _description = "Board Page"
    _inherit = ["dupq.board.figure", "dupq.board.row", "dupq.board.question"]

    @api.model
    @api.readonly
    def get_dashboard(self, region_id=None):
        """All that the page shows, in the same number of queries however large.

        :param int region_id: show this region alone
        :return: plain values for the page: names of ``company`` and ``regions``, the
            ``areas`` of the Code, ``figures`` at the top, a row for each place in
            ``rows``, ``coverage``, ``questions`` and ``quotes``
        """
        self._check_may_see()
        region = self.env["dupq.service"].browse(region_id or ()).exists()
        code = self.env["dupq.code"]._get_usual()
        today = self.env.company._get_today()
        services = self._get_services(region)
        ratings = self._get_ratings(code, region)
        return {
            "company": ", ".join(self.env.companies.mapped("name")),
            "as_of": long_date(self.env, today),
            "region_id": region.id,
            "regions": self._get_regions(),
            "areas": [
                {"id": area.id, "reference": area.reference, "name": area.shown_name}
                for area in code.area_ids
            ],
            "figures": self._get_figures(region, services, code),
            "rows": self._get_rows(region, services, ratings, code.area_ids),
            "coverage": self._get_coverage(code, region),
            "questions": self._get_questions(code, ratings, today),
            "quotes": self._get_quotes(ratings),
        }

    @api.model
    def _check_may_see(self):
        if not any(self.env.user.has_group(group) for group in MAY_SEE):
            raise AccessError(
                self.env._(
                    "The board's page is for board members, quality leads and, for "
                    "their own services, managers."
                )
            )

    # === SCOPE === #

    @api.model
    def _get_regions(self):
        regions = self.env["dupq.service"].search_fetch(
            [("kind", "=", "region")], ["name"]
        )
        return [{"id": region.id, "name": region.name} for region in regions]

    @api.model
    def _get_services(self, region):
        return self.env["dupq.service"].search_fetch(
            self._within(region, "id"), ["name", "kind", "parent_id", "company_id"]
        )
