from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ..rollup import get_breadth, get_latest, get_lowest, get_spread, shorten

# What has been said and agreed counts for the whole, whatever became of it since.
FINISHED_STATES = ("completed", "published", "replaced")
# With more services than this, the matrix tells numbers instead of a column for each.
MATRIX_SERVICES = 12


class DupqAssessmentRollup(models.AbstractModel):
    """How the services of an organisation see themselves, side by side.

    A part of ``dupq.assessment``, in a file of its own. Read with the rights of the
    reader, in as many queries for six hundred services as for one.
    """

    _name = "dupq.assessment.rollup"
    _description = "Services in a Self-assessment"

    rollup = fields.Json(string="Its services", compute="_compute_rollup")
    breadth_reason = fields.Text(
        string="Who is not asked, and why",
        copy=False,
        help="For example: we have no finance officer. Printed in the public report.",
    )

    def _compute_rollup(self):
        for assessment in self:
            is_wide = assessment.id and assessment.scope != "service"
            assessment.rollup = assessment._get_rollup() if is_wide else False

    def _get_rollup(self):
        """Ratings of the services by area, who has none, and who took part where."""
        self.ensure_one()
        services = self._get_rolled_services()
        parts = self._get_rolled_parts()
        latest = get_latest(
            (part, (part.service_id | part.service_ids).ids) for part in parts
        )
        latest = {id_: latest[id_] for id_ in services.ids if id_ in latest}
        used = parts.browse(dict.fromkeys(part.id for part in latest.values()))
        without = services.filtered(lambda service: service.id not in latest)
        names, more = shorten(without.mapped("name"))
        return {
            "services": len(services),
            "assessed": len(latest),
            "areas": self._get_rolled_areas(used, latest, services),
            "without": without.ids,
            "without_names": names,
            "without_more": more,
            "parts": used.ids,
            "scales": used.scale_id.mapped("name"),
            **self._get_breadth(used, services),
        }

    # === WHAT IS LOOKED AT === #

    def _get_rolled_services(self):
        """The services as such: regions hold them, teams are within them."""
        domain = Domain("company_id", "=", self.company_id.id)
        if named := self.service_id | self.service_ids:
            domain &= Domain("id", "child_of", named.ids)
        domain &= Domain("kind", "=", "service")
        return self.env["dupq.service"].search_fetch(domain, ["name"])

    def _get_rolled_parts(self):
        """Finished self-assessments of its services in the period, newest first."""
        domain = Domain("id", "!=", self.id)
        domain &= Domain("company_id", "=", self.company_id.id)
        domain &= Domain("scope", "in", ("service", "services"))
        domain &= Domain("code_id.key", "=", self.code_id.key)
        domain &= Domain("state", "in", FINISHED_STATES)
        domain &= Domain("date_to", ">=", self.date_from)
        domain &= Domain("date_to", "<=", self.date_to)
        if named := self.service_id | self.service_ids:
            below = Domain("service_id", "child_of", named.ids)
            domain &= below | Domain("service_ids", "child_of", named.ids)
        return self.search_fetch(
            domain,
            ["service_id", "service_ids", "scale_id"],
            order="date_to desc, id desc",
        )

    # === RATINGS === #

    def _get_rolled_areas(self, parts, latest, services):
        """For each area, the lowest by name, how they spread, and how many are open."""
        found = self._count_levels(parts, latest, services)
        rows = []
        for area in self.code_id.area_ids:
            counts = found.get(area.reference, {})
            lowest = get_lowest(counts)
            names, more = shorten(lowest)
            spread = get_spread(counts)
            rows.append(
                {
                    "id": area.id,
                    "reference": area.reference,
                    "name": area.shown_name,
                    "lowest": names,
                    "lowest_more": more,
                    "lowest_level": spread[0]["level"] if spread else "",
                    "spread": spread,
                    "open": len(latest) - sum(map(len, counts.values())),
                }
            )
        return rows

    def _count_levels(self, parts, latest, services):
        """{reference of the area: {(share, level, scale): [names of services]}}."""
        places = defaultdict(list)
        for service in services:
            if part := latest.get(service.id):
                places[part.id].append(service.name)
        counts = defaultdict(dict)
        groups = self.env["dupq.assessment.rating"]._read_group(
            [
                ("assessment_id", "in", parts.ids),
                ("perspective_id", "=", False),
                ("statement_id", "=", False),
                ("area_id", "!=", False),
                ("level_id", "!=", False),
            ],
            ["area_id", "level_id"],
            ["assessment_id:array_agg"],
        )
        for area, level, ids in groups:
            key = (level.share, level.name, level.scale_id.name)
            names = counts[area.reference].setdefault(key, [])
            names.extend(name for id_ in ids for name in places[id_])
        return counts

    # === WHO TOOK PART WHERE === #

    def _get_breadth(self, parts, services):
        """From top to bottom: each group, in which services it took part."""
        heard = defaultdict(lambda: defaultdict(int))
        rows = self.env["dupq.assessment.participant"]._read_group(
            [("assessment_id", "in", [*parts.ids, self.id]), ("actual", ">", 0)],
            ["group_id", "service_id"],
            ["actual:sum"],
        )
        for group, service, number in rows:
            heard[group.id][service.id or None] += number
        groups = self.env["dupq.stakeholder.group"].search(Domain.TRUE)
        names = {service.id: service.name for service in services}
        breadth = get_breadth(
            [(group.id, group.name, group.kind) for group in groups],
            heard,
            services.ids,
        )
        columns = services.ids if len(services) <= MATRIX_SERVICES else []
        columns = services.ids if len(services) <= MATRIX_SERVICES else []
        for row in breadth:
            row["without_names"], row["without_more"] = shorten(
                [names[id_] for id_ in row["without"]]
            )
            row["cells"] = [heard[row["id"]][id_] for id_ in columns]
        return {"groups": breadth, "columns": [names[id_] for id_ in columns]}
