import json
from datetime import date

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rule_paths import follow, is_in_sql, to_sql

# How many records are read at a time where the database cannot follow the path.
READ_AT_ONCE = 1000
FOUND = SQL.identifier("dupq_rule_found")
WANTED = SQL.identifier("dupq_rule_wanted")


class DupqEvidenceRuleReader(models.AbstractModel):
    """What a rule sees in its records, put into a table of the transaction.

    A part of ``dupq.evidence.rule``. The table ``dupq_rule_wanted`` has a row for
    each record that should be evidence:

    rule_id      the rule: one table may be of many, of the same kind of record
    res_id       id of the record
    date_seen    the day, in the owner's time zone
    service_id   the service, as it was on that day
    company_id   the service's company
    rule_values  jsonb, what stands in the title
    digest       text, changes when any of it, or what the rule says of it, does
    """

    _name = "dupq.evidence.rule.reader"
    _description = "Reading of a rule"

    def _get_source_domain(self, scope=None):
        """Domain of the records that fit, archived ones too.

        :param scope: a Domain that narrows them to those of one step
        """
        records = self.env[self.model]
        domain = self._get_domain() & (scope or Domain.TRUE)
        if self.company_id and "company_id" in records._fields:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return domain & self._get_open_domain()

    def _get_open_domain(self):
        """Extend for a kind of record that hides some in another way than by rules.

        Meetings do: somebody else's private ones are read as “Busy”. One that is
        made private is no evidence any more, whoever may see it.
        """
        if self.model != "calendar.event":
            return Domain.TRUE
        # A full read on behalf of the owner sees no more than the owner's calendar.
        user = self.owner_id if self.env.su else self.env.user
        # Who keeps a private calendar, for whoever looks; nothing else of them.
        private = self.env["res.users.settings"].sudo()
        private = private._search([("calendar_default_privacy", "=", "private")])
        return (
            Domain("privacy", "in", ("public", "confidential"))
            | Domain("user_id", "=", user.id)
            | Domain("partner_ids", "in", user.sudo().partner_id.ids)
            | Domain("privacy", "=", False)
            & Domain("user_id", "not in", private.select("user_id"))
        )

    def _is_in_sql(self):
        """Whether the database alone can follow all that is read."""
        records = self.env[self.model]
        paths = [self.date_path, self.service_path, *self._get_title_paths()]
        if "company_id" in records._fields:
            paths.append("company_id")
        return all(is_in_sql(records, path) for path in paths if path)

    # === FILLING THE TABLE === #

    def _read_wanted(self, scopes=None, eyes=None, wanted=WANTED):
        """Fill ``dupq_rule_wanted`` with what should be in the ledger, in scope.

        :param scopes: {rule id: Domain on the records to look at}; None for all
        :param eyes: id of a user to look with instead of the owner
        :param wanted: SQL name of another table to fill
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                DROP TABLE IF EXISTS %(found)s;
                DROP TABLE IF EXISTS %(wanted)s;
                CREATE TEMPORARY TABLE %(found)s (
                    rule_id integer, res_id integer, date_seen date,
                    service_id integer, company_id integer, employee_id integer,
                    department_id integer, work_location_id integer,
                    person_id integer, rule_values jsonb
                ) ON COMMIT DROP;
                CREATE TEMPORARY TABLE %(wanted)s (
                    rule_id integer, res_id integer, date_seen date,
                    service_id integer, company_id integer, rule_values jsonb,
                    digest text
                ) ON COMMIT DROP
                """,
                found=FOUND,
                wanted=wanted,
            )
        )
        for rule in self:
            scope = scopes and scopes[rule.id]
            if rule._is_in_sql():
                rule._find_in_sql(rule._as_owner(eyes), scope)
            else:
                rule._find_record_by_record(rule._as_owner(eyes), scope)
        self._place_found(wanted)

    def _find_in_sql(self, owner, scope):
        """One statement, whatever the number of records."""
        records = owner.env[self.model]
        query = records._search(owner._get_source_domain(scope), active_test=False)
        seen, date_field = to_sql(records, query, self.date_path)
        place = {}
        if self.service_id:
            place["service_id"] = SQL("%s", self.service_id.id)
        elif self.service_path:
            value, field = to_sql(records, query, self.service_path)
            place[self._get_place_column(field, records)] = value
        company = SQL("NULL::integer")
        if "company_id" in records._fields:
            company, _field = to_sql(records, query, "company_id")
        values = [SQL("NULL::jsonb")]
        if paths := self._get_title_paths():
            parts = []
            for path in paths:
                value, field = to_sql(records, query, path)
                parts += [SQL("%s", path), self._to_json_sql(value, field)]
            values = [SQL("jsonb_build_object(%s)", SQL(", ").join(parts))]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(found)s (rule_id, res_id, date_seen, service_id,
                    company_id, employee_id, department_id, work_location_id,
                    person_id, rule_values)
                %(select)s
                """,
                found=FOUND,
                select=query.select(
                    SQL("%s::integer", self.id),
                    SQL.identifier(query.table, "id"),
                    self._to_day_sql(seen, date_field),
                    place.get("service_id", SQL("NULL::integer")),
                    company,
                    place.get("employee_id", SQL("NULL::integer")),
                    place.get("department_id", SQL("NULL::integer")),
                    place.get("work_location_id", SQL("NULL::integer")),
                    place.get("person_id", SQL("NULL::integer")),
                    *values,
                ),
            )
        )

    def _find_record_by_record(self, owner, scope):
        """Where a path goes over what only Odoo can compute: in batches."""
        records = owner.env[self.model]
        found = records.search(owner._get_source_domain(scope), order="id")
        for start in range(0, len(found), READ_AT_ONCE):
            batch = found[start : start + READ_AT_ONCE]
            rows = [owner._read_one(record) for record in batch]
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r("
                    "rule_id integer, res_id integer, date_seen date, "
                    "service_id integer, company_id integer, employee_id integer, "
                    "department_id integer, work_location_id integer, "
                    "person_id integer, rule_values jsonb)",
                    FOUND,
                    json.dumps(rows),
                )
            )
            batch.invalidate_recordset()

    def _read_one(self, record):
        """One record as a row of ``dupq_rule_found``: {column: plain value}."""
        row = {"rule_id": self.id, "res_id": record.id}
        row["date_seen"] = self._to_day(record)
        if self.service_id:
            row["service_id"] = self.service_id.id
        elif self.service_path:
            column = self._get_place_column(
                self._get_end(self.service_path), record.browse()
            )
            row[column] = follow(record, self.service_path).id or None
        if "company_id" in record._fields:
            row["company_id"] = record.company_id.id or None
        if paths := self._get_title_paths():
            row["rule_values"] = {
                path: self._to_json(follow(record, path), self._get_end(path))
                for path in paths
            }
        return row

    # === VALUES === #

    def _get_place_column(self, field, records):
        model = records._name if field.name == "id" else field.comodel_name
        return {
            "dupq.service": "service_id",
            "dupq.person": "person_id",
            "hr.employee": "employee_id",
            "hr.department": "department_id",
            "hr.work.location": "work_location_id",
        }[model]

    def _get_zone(self):
        # Only the time zone, in which the owner's days begin.
        return self.owner_id.sudo().tz or "UTC"

    def _to_day_sql(self, value, field):
        if field.type == "date":
            return value
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", value, self._get_zone()
        )

    def _to_day(self, record):
        value = follow(record, self.date_path)
        if value and self._get_end(self.date_path).type == "datetime":
            zoned = self.with_context(tz=self._get_zone())
            value = fields.Datetime.context_timestamp(zoned, value).date()
        return fields.Date.to_string(value) if value else None

    def _to_json_sql(self, value, field):
        if field.type in ("date", "datetime"):
            day = self._to_day_sql(value, field)
            return SQL("jsonb_build_object('date', %s)", day)
        if field.type == "many2one":
            return SQL("jsonb_build_array(%s::text, %s)", field.comodel_name, value)
        if field.type == "selection":
            return SQL(
                "jsonb_build_object('choice', "
                "jsonb_build_array(%s::text, %s::text, %s))",
                field.model_name,
                field.name,
                value,
            )
        return SQL("to_jsonb(%s)", value)

    def _to_json(self, value, field):
        if field.type == "datetime" and value:
            zoned = self.with_context(tz=self._get_zone())
            value = fields.Datetime.context_timestamp(zoned, value).date()
        if field.type in ("date", "datetime"):
            return {"date": fields.Date.to_string(value) if value else None}
        if field.type == "many2one":
            return [field.comodel_name, value.id or None]
        if field.type == "selection":
            return {"choice": [field.model_name, field.name, value or None]}
        return value

    # === WHERE IT WAS === #

    def _place_found(self, wanted):
        """Find the service of each record found, on its day; leave out the rest.

        A record of another company than the service's is nobody's evidence.
        """
        bounds = SQL(", ").join(
            SQL(
                "(%s, %s, %s::integer, %s::date, %s::date)",
                rule.id,
                rule._get_content_digest(),
                rule.company_id.id or None,
                rule.date_from or date.min,
                min(
                    fields.Date.context_today(rule._as_owner()),
                    rule.date_to or date.max,
                ),
            )
            for rule in self
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(wanted)s
                SELECT f.rule_id, f.res_id, f.date_seen, f.place_id,
                       f.place_company_id, f.rule_values,
                       md5(concat_ws('|', r.content, f.date_seen, f.place_id,
                                     f.rule_values::text))
                  FROM (%(placed)s) f
                  JOIN (VALUES %(bounds)s) r(id, content, company_id, first, last)
                    ON r.id = f.rule_id
                 WHERE f.date_seen BETWEEN r.first AND r.last
                   AND (f.company_id IS NULL OR f.company_id = f.place_company_id)
                   AND (r.company_id IS NULL OR r.company_id = f.place_company_id)
                """,
                wanted=wanted,
                placed=self._get_placed_query(),
                bounds=bounds,
            )
        )

    def _get_placed_query(self):
        """``dupq_rule_found``, with the service on that day and its company.

        Whatever leads to an employee is looked up at the day: the department of
        the version then in force (hr.version), else the oldest membership then. So
        is a person supported: where they were on that day.
        """
        # Placed as a whole: PostgreSQL knows how many there are, but not how many
        # of them a condition would leave.
        return SQL(
            """
            SELECT f.*, s.id AS place_id, s.company_id AS place_company_id
              FROM %(found)s f
         LEFT JOIN LATERAL (
                   SELECT v.department_id FROM hr_version v
                    WHERE v.employee_id = f.employee_id AND v.active
                      AND v.date_version <= f.date_seen
                 ORDER BY v.date_version DESC LIMIT 1
                   ) v ON f.employee_id IS NOT NULL
         LEFT JOIN (%(departments)s) d
                ON d.department_id = COALESCE(f.department_id, v.department_id)
         LEFT JOIN (%(locations)s) w ON w.work_location_id = f.work_location_id
         LEFT JOIN dupq_person_stay p
                ON p.person_id = f.person_id AND p.date_from <= f.date_seen
               AND (p.date_to IS NULL OR p.date_to >= f.date_seen)
         LEFT JOIN LATERAL (
                   SELECT m.service_id FROM dupq_service_member m
                    WHERE m.employee_id = f.employee_id
                      AND m.date_from <= f.date_seen
                      AND (m.date_to IS NULL OR m.date_to >= f.date_seen)
                 ORDER BY m.date_from, m.id LIMIT 1
                   ) m ON f.employee_id IS NOT NULL AND d.service_id IS NULL
              JOIN dupq_service s
                ON s.id = COALESCE(f.service_id, d.service_id, w.service_id,
                                   m.service_id, p.service_id)
            OFFSET 0""",
            found=FOUND,
            departments=self._get_departments_query(),
            locations=SQL(
                "SELECT DISTINCT ON (work_location_id) work_location_id, "
                "id AS service_id FROM dupq_service "
                "WHERE work_location_id IS NOT NULL AND active "
                "ORDER BY work_location_id, id"
            ),
        )

    def _get_departments_query(self):
        """The service of each department: its own, else that of the one above."""
        return SQL(
            """
            SELECT DISTINCT ON (d.id) d.id AS department_id, s.id AS service_id
              FROM hr_department d
        CROSS JOIN unnest(string_to_array(rtrim(d.parent_path, '/'), '/')::integer[])
                   WITH ORDINALITY above(id, depth)
              JOIN dupq_service s ON s.department_id = above.id AND s.active
          ORDER BY d.id, above.depth DESC, s.id
            """
        )
