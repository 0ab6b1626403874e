from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..figures import select_rows
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

    breadth_reason = fields.Text(
        string="Who is not asked, and why",
        copy=False,
        help="For example: we have no finance officer. Printed in the public report.",
    )

    def _get_rollup(self, figures):
        """Ratings of the services by area, who has none, and who took part where.

        :param figures: see ``figures.Figures``
        """
        self.ensure_one()
        # The services as such: regions hold them, teams are within them.
        services = {
            one.id: one.name
            for one in figures.get_services(self)
            if one.kind == "service"
        }
        parts = self._get_rolled_parts()
        latest = get_latest((id_, places) for id_, (_scale, places) in parts.items())
        latest = {id_: latest[id_] for id_ in services if id_ in latest}
        used = list(dict.fromkeys(latest.values()))
        without = [id_ for id_ in services if id_ not in latest]
        names, more = shorten([services[id_] for id_ in without])
        scales = self.env["dupq.rating.scale"].browse(
            dict.fromkeys(parts[id_][0] for id_ in used)
        )
        return {
            "services": len(services),
            "assessed": len(latest),
            "areas": self._get_rolled_areas(used, latest, services),
            "without": without,
            "without_names": names,
            "without_more": more,
            "parts": used,
            "scales": scales.mapped("name"),
            **self._get_breadth(used, services, figures),
        }

    # === WHAT IS LOOKED AT === #

    def _get_rolled_parts(self):
        """Finished self-assessments of its services in the period, newest first.

        :return: {id: (scale, [services])}, all as ids
        """
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
        rows = select_rows(
            self.env["dupq.assessment"],
            domain,
            ("id", "service_id", "scale_id"),
            order="date_to desc, id desc",
        )
        several = self.browse(id_ for id_, service, _scale in rows if not service)
        places = {one.id: one.service_ids.ids for one in several}
        return {
            id_: (scale, [service] if service else places[id_])
            for id_, service, scale in rows
        }

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
        for service, part in latest.items():
            places[part].append(services[service])
        ratings = self.env["dupq.assessment.rating"]
        rows = select_rows(
            ratings,
            [
                ("assessment_id", "in", parts),
                ("perspective_id", "=", False),
                ("statement_id", "=", False),
                ("area_id", "!=", False),
                ("level_id", "!=", False),
            ],
            ("area_id", "level_id"),
            SQL("array_agg(%s)", SQL.identifier(ratings._table, "assessment_id")),
        )
        areas = self.env["dupq.code.area"].browse({area for area, *_rest in rows})
        levels = self.env["dupq.rating.scale.level"].browse(
            {level for _area, level, _ids in rows}
        )
        references = {area.id: area.reference for area in areas}
        keys = {one.id: (one.share, one.name, one.scale_id.name) for one in levels}
        counts = defaultdict(lambda: defaultdict(list))
        for area, level, ids in rows:
            names = counts[references[area]][keys[level]]
            names.extend(name for id_ in ids for name in places[id_])
        return counts

    # === WHO TOOK PART WHERE === #

    def _get_breadth(self, parts, services, figures):
        """From top to bottom: each group, in which services it took part."""
        heard = defaultdict(lambda: defaultdict(int))
        participants = self.env["dupq.assessment.participant"]
        rows = select_rows(
            participants,
            [("assessment_id", "in", [*parts, self.id]), ("actual", ">", 0)],
            ("group_id", "service_id"),
            SQL("sum(%s)", SQL.identifier(participants._table, "actual")),
        )
        for group, service, number in rows:
            heard[group][service] += number
        breadth = get_breadth(
            [(group.id, group.name, group.kind) for group in figures.groups],
            heard,
            list(services),
        )
        columns = list(services) if len(services) <= MATRIX_SERVICES else []
        for row in breadth:
            row["without_names"], row["without_more"] = shorten(
                [services[id_] for id_ in row["without"]]
            )
            row["cells"] = [heard[row["id"]][id_] for id_ in columns]
            # Listed where it is a gap, that is where somebody may want to see them.
            row["without"] = row["without"] if row["is_gap"] else []
        return {"groups": breadth, "columns": [services[id_] for id_ in columns]}
