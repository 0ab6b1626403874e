from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rota_sql import LONGEST_HOURS, get_local, get_touched
from ..rule_paths import hops, to_sql
from .dupq_rota_source_checks import KINDS

# How a worker is found from what a path ends in: the column of hr_employee.
WORKER_COLUMNS = {
    "hr.employee": "id",
    "hr.employee.public": "id",
    "resource.resource": "resource_id",
    "res.users": "user_id",
}


class DupqRotaSourceReader(models.AbstractModel):
    """The shifts of a source as SQL, with the rights of its owner.

    A part of ``dupq.rota.source``.
    """

    _name = "dupq.rota.source.reader"
    _description = "Reading of a rota source"

    def _get_shift_domain(self, records, since=None, until=None):
        """Domain of the records that are shifts and begin between two moments."""
        domain = self._get_domain()
        domain &= Domain(self.start_path, "!=", False)
        domain &= Domain(self.end_path, "!=", False)
        if since:
            domain &= Domain(self.start_path, ">=", since)
        if until:
            domain &= Domain(self.start_path, "<", until)
        if "company_id" in records._fields:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return domain

    def _get_found_query(self, since=None, until=None, eyes=None):
        """SQL of the records that are shifts, with what they say, not yet placed."""
        owner = self._as_owner(eyes)
        records = owner.env[self.model]
        domain = self._get_shift_domain(records, since, until)
        query = records._search(domain, active_test=False)
        values = {}
        for name in ("start", "end", "employee", "agency", "person", "service"):
            path = self[f"{name}_path"]
            values[name] = to_sql(records, query, path)[0] if path else SQL("NULL")
        changed = SQL("NULL::timestamp")
        if records._log_access:
            changed = SQL.identifier(query.table, "write_date")
        row_id = SQL.identifier(query.table, "id")
        return query.select(
            SQL("%s AS id", row_id),
            SQL("%s AS changed", changed),
            SQL("%s AS start", values["start"]),
            SQL("%s AS stop", values["end"]),
            SQL("%s::integer AS worker_id", values["employee"]),
            SQL("NULLIF(%s::varchar, '') AS agency_ref", values["agency"]),
            SQL("%s::integer AS person_id", values["person"]),
            SQL("%s::integer AS place_id", values["service"]),
            SQL("%s AS kind", self._get_kind_sql(records, row_id)),
        )

    def _get_kind_sql(self, records, row_id):
        """Which kind of shift each record is, by the conditions of the source."""
        cases = []
        for name, kind in KINDS.items():
            domain = self._get_domain(name)
            # Without a condition nothing is of that kind.
            if not domain.is_true():
                matching = records._search(domain, active_test=False)
                cases.append(
                    SQL("WHEN %s IN %s THEN %s", row_id, matching.subselect(), kind)
                )
        if not cases:
            return SQL("'usual'::varchar")
        return SQL("(CASE %s ELSE 'usual' END)::varchar", SQL(" ").join(cases))

    def _get_rows_query(self, since=None, until=None, eyes=None):
        """SQL of the shifts in the columns of ``rota_sql.COLUMNS``.

        Without a worker nobody came; without a place in the company, or longer than a
        shift can be, it is none of ours: such records are left out, and the form
        says how many.
        """
        zone = self.company_id.sudo()._get_timezone().zone
        day = SQL("%s::date", get_local(SQL("f.start"), zone))
        days = [
            SQL("%s >= %s", day, self.date_from) if self.date_from else SQL("TRUE"),
            SQL("%s <= %s", day, self.date_to) if self.date_to else SQL("TRUE"),
        ]
        return SQL(
            """
            SELECT %(source)s::integer AS source_id, f.id AS res_id,
                   e.id AS employee_id,
                   CASE WHEN e.id IS NULL THEN f.agency_ref END AS agency_ref,
                   NULL::varchar AS face_key,
                   f.person_id, s.id AS service_id, f.start, f.stop, f.kind
              FROM (%(found)s) f
         %(workers)s
         %(places)s
         LEFT JOIN dupq_person_stay st
                ON st.person_id = f.person_id AND st.date_from <= %(day)s
               AND (st.date_to IS NULL OR st.date_to >= %(day)s)
              JOIN dupq_service s
                ON s.id = COALESCE(%(place)s, st.service_id)
               AND s.company_id = %(company)s
             WHERE (e.id IS NOT NULL OR f.agency_ref IS NOT NULL)
               AND f.stop > f.start
               AND f.stop <= f.start + %(longest)s * interval '1 hour'
               AND %(days)s
            """,
            source=self.id,
            found=self._get_found_query(since, until, eyes),
            workers=self._get_workers_join(),
            places=self._get_places_join(),
            place=self._get_place_sql(),
            day=day,
            days=SQL(" AND ").join(days),
            company=self.company_id.id,
            longest=LONGEST_HOURS,
        )

    def _get_end_model(self, name):
        path = self[name]
        return path and hops(self.env[self.model], path)[-1][1].comodel_name

    def _get_workers_join(self):
        column = WORKER_COLUMNS.get(self._get_end_model("employee_path"), "id")
        return SQL(
            "LEFT JOIN hr_employee e ON %s = f.worker_id AND e.company_id = %s",
            SQL.identifier("e", column),
            self.company_id.id,
        )

    def _get_places_join(self):
        """The service of a department or a place of work, as evidence rules find it."""
        model = self._get_end_model("service_path")
        if model == "hr.department":
            departments = self.env["dupq.evidence.rule.reader"]._get_departments_query()
            return SQL(
                "LEFT JOIN (%s) pl ON pl.department_id = f.place_id", departments
            )
        if model == "hr.work.location":
            return SQL(
                "LEFT JOIN (SELECT DISTINCT ON (work_location_id) work_location_id, "
                "id AS service_id FROM dupq_service "
                "WHERE work_location_id IS NOT NULL AND active "
                "ORDER BY work_location_id, id) pl ON pl.work_location_id = f.place_id"
            )
        return SQL()

    def _get_place_sql(self):
        if self.service_id:
            return SQL("%s", self.service_id.id)
        if self._get_end_model("service_path") in ("hr.department", "hr.work.location"):
            return SQL("pl.service_id")
        return SQL("f.place_id")

    def _get_landmarks(self, eyes=None):
        """What is there of each month: {month: [records, sum of numbers, last change]}

        A record counts for every month in whose figures it has a part. What was
        deleted, moved to another month or changed shows in one of the three.
        """
        self.env.flush_all()
        zone = self.company_id.sudo()._get_timezone().zone
        self.env.cr.execute(
            SQL(
                """
                SELECT month::text, count(*), sum(id::bigint), max(changed)::text
                  FROM (SELECT f.*, unnest(%(touched)s) AS month
                          FROM (%(found)s) f) touched
              GROUP BY month
                """,
                touched=get_touched(
                    get_local(SQL("f.start"), zone), get_local(SQL("f.stop"), zone)
                ),
                found=self._get_found_query(eyes=eyes),
            )
        )
        return {row[0]: list(row[1:]) for row in self.env.cr.fetchall()}
