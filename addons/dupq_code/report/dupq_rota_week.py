from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..const import MANAGER, PLANNER, QUALITY_LEAD
from ..rota_sql import get_known_there, get_local, get_places
from ..rule_paths import get_words

WEEK = timedelta(days=7)
# So far back somebody counts as having been here, and faces are shown.
WEEKS_BACK = 52
WEEKS_SHOWN = 12


class DupqRotaWeek(models.AbstractModel):
    """This week in one service, or for one person: who comes, and who knows them.

    Shifts are those the reader may see. Of each worker it says how they stand to the
    people there, best first:

    chosen    somebody they support had said yes to them, by the day of the shift
    known     works in the department of the service, or is a member of it
    seen      has been here in the last year
    stranger  none of these; with the nearest colleague who is free
    """

    _name = "dupq.rota.week"
    _description = "Week of the rota"
    _inherit = ["dupq.rota.week.free"]

    @api.model
    @api.readonly
    def get_week(self, options=None):
        """The week as the page shows it.

        :param options: dict, all optional: service_id, person_id, week (any day of it)
        :return: {week, service, services, person, people, days: [{date, shifts}],
            faces: [{week, count}], months: [{month, hours, chosen, matched}]}; a shift
            is {id, model, start, stop, over_night, worker, is_agency, kind, reason,
            person, state, chosen: [{name, date}], times, last, stand_in}
        """
        self._check_plans()
        options = options or {}
        services = self._get_services()
        service = services.filtered(lambda s: s.id == options.get("service_id"))
        service = service or services._get_only_mine() & services or services[:1]
        week = self._get_monday(service, options.get("week"))
        people = self._get_people(service, week)
        person = people.filtered(lambda p: p.id == options.get("person_id"))
        shifts = self._get_shifts(service, person, week) if service else []
        before = self._get_before(service, person, week) if service else []
        self._say_how_they_stand(shifts, before, person or people)
        self._find_free(shifts, before, service, person or people)
        return {
            "week": fields.Date.to_string(week),
            "service": self._show(service),
            "services": [self._show(one) for one in services],
            "person": self._show(person),
            "people": [self._show(one) for one in people],
            "days": self._get_days(week, shifts),
            "faces": self._get_faces(week, before, shifts),
            "months": self._get_months(service, person, week),
        }

    # === WHOSE WEEK === #

    @api.model
    def _check_plans(self):
        user = self.env.user
        if not any(user.has_group(group) for group in (MANAGER, PLANNER)):
            raise AccessError(
                self.env._("This page is for those who plan the rota of a service.")
            )

    @api.model
    def _get_services(self):
        """The services whose rota the reader plans, or may see as a whole."""
        user, domain = self.env.user, [("kind", "!=", "region")]
        if not user.has_group(QUALITY_LEAD):
            mine = "is_mine" if user.has_group(PLANNER) else "is_managed"
            domain.append((mine, "=", True))
        return self.env["dupq.service"].search(domain)

    @api.model
    def _get_monday(self, service, day):
        # Only what day it is there.
        company = service.sudo().company_id or self.env.company
        day = fields.Date.to_date(day) or company._get_today()
        return day - timedelta(days=day.weekday())

    @api.model
    def _get_people(self, service, week):
        """Who is supported there in this week, by reference."""
        # Only that they are there: the name is for those who may read it.
        stays_sudo = self.env["dupq.person.stay"].sudo()
        domain = [("service_id", "=", service.id), ("date_from", "<", week + WEEK)]
        stays = stays_sudo.search(
            [*domain, "|", ("date_to", "=", False), ("date_to", ">=", week)]
        )
        people = stays.person_id.filtered("active").sorted("reference")
        return people.sudo(False)

    @api.model
    def _show(self, record):
        if not record:
            return False
        if record._name == "dupq.service":
            return {"id": record.id, "name": record.name}
        return {"id": record.id, "name": self._get_called(record)[record.id]}

    @api.model
    def _get_called(self, people):
        """What people are called here: {id: name, or reference for who may not read}"""
        known = people.sudo(False)._filtered_access("read")
        return {
            # The reference is for everyone who plans for the person.
            person.id: person.preferred_name
            if person in known
            else person.sudo().reference
            for person in people
        }

    # === SHIFTS === #

    @api.model
    def _get_some_rows(self, service, person, first, last, eyes=None):
        """SQL of the shifts that begin on these days, as r, with ``begins``, ``ends``.

        :param eyes: id of a user: only what this user may read
        """
        margin = timedelta(days=2)
        rows = self.env["dupq.rota.month"]._get_rows_query(
            fields.Datetime.to_datetime(first) - margin,
            fields.Datetime.to_datetime(last) + margin,
            service.sudo().company_id,
            eyes,
        )
        where = SQL("p.id = %s", service.id)
        if person:
            where = SQL(
                "%s AND (r.person_id = %s OR r.person_id IS NULL)", where, person.id
            )
        begins = get_local(SQL("r.start"), SQL("p.tz"))
        return SQL(
            """
            SELECT * FROM (
                SELECT r.*, %(begins)s AS begins, %(ends)s AS ends
                  FROM (%(rows)s) r
                  JOIN (%(places)s) p ON p.id = r.service_id AND %(where)s) r
             WHERE begins >= %(first)s AND begins < %(last)s
            """,
            begins=begins,
            ends=get_local(SQL("r.stop"), SQL("p.tz")),
            rows=rows,
            places=get_places(self.env),
            where=where,
            first=first,
            last=last,
        )

    @api.model
    def _get_shifts(self, service, person, week):
        """The shifts of the week as dicts, in their order."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT r.*, r.employee_id IS NOT NULL AND %s AS is_known
                  FROM (%s) r ORDER BY r.begins, r.ends, r.res_id
                """,
                get_known_there(
                    SQL("r.employee_id"),
                    SQL("r.service_id"),
                    SQL("r.begins::date"),
                    SQL("r.begins::date"),
                ),
                self._get_some_rows(service, person, week, week + WEEK, self.env.uid),
            )
        )
        return [{**row, "key": _get_worker(row)} for row in rows]

    @api.model
    def _get_before(self, service, person, week):
        """Who was here in the weeks before, and how often: rows of worker and week.

        Asked of all shifts: that somebody has been here is no secret to those who
        plan them.
        """
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT employee_id, agency_ref, face_key,
                       date_trunc('week', begins)::date AS week,
                       count(*) AS times, max(begins)::date AS last
                  FROM (%s) r GROUP BY 1, 2, 3, 4
                """,
                self._get_some_rows(service, person, week - WEEKS_BACK * WEEK, week),
            )
        )
        return [{**row, "key": _get_worker(row)} for row in rows]

    # === WHAT IS SAID OF THEM === #

    @api.model
    def _say_how_they_stand(self, shifts, before, people):
        """Add to each shift who chose the worker, how often they were here, and the
        state that follows."""
        chosen, called = self._get_choices(people), self._get_called(people)
        seen = {}
        for row in before:
            times, last = seen.get(row["key"], (0, row["last"]))
            seen[row["key"]] = (times + row["times"], max(last, row["last"]))
        for shift in shifts:
            day = shift["begins"].date()
            shift["chosen"] = [
                {"name": called[person.id], "date": since}
                for person, since, until in chosen.get(shift["employee_id"], ())
                if since <= day
                and (until is None or day < until)
                and shift["person_id"] in (None, person.id)
            ]
            shift["times"], shift["last"] = seen.get(shift["key"], (0, None))
            shift["state"] = (
                "chosen"
                if shift["chosen"]
                else "known"
                if shift["is_known"]
                else "seen"
                if shift["times"]
                else "stranger"
            )
            seen[shift["key"]] = (shift["times"] + 1, day)

    # === FOR THE SCREEN === #

    @api.model
    def _get_days(self, week, shifts):
        names = self._get_names(shifts)
        kinds = dict(
            self.env["dupq.shift"]._fields["kind"]._description_selection(self.env)
        )
        sources = self._get_models(shifts)
        reasons = self._get_reasons(shifts)
        called = self._get_called(
            self.env["dupq.person"].browse(
                {shift["person_id"] for shift in shifts if shift["person_id"]}
            )
        )
        days = []
        for number in range(7):
            day = week + timedelta(days=number)
            days.append(
                {
                    "date": fields.Date.to_string(day),
                    "shifts": [
                        {
                            "id": shift["res_id"],
                            "model": sources[shift["source_id"]],
                            "start": f"{shift['begins']:%H:%M}",
                            "stop": f"{shift['ends']:%H:%M}",
                            "over_night": shift["ends"].date() > day,
                            "worker": names.get(shift["key"])
                            or shift["agency_ref"]
                            or self.env._("No longer known"),
                            "is_agency": bool(shift["agency_ref"]),
                            "kind": ""
                            if shift["kind"] == "usual"
                            else kinds[shift["kind"]],
                            "reason": reasons.get(
                                (shift["source_id"], shift["res_id"]), ""
                            ),
                            "person": called.get(shift["person_id"], ""),
                            "state": shift["state"],
                            "chosen": [
                                {
                                    "name": one["name"],
                                    "date": fields.Date.to_string(one["date"]),
                                }
                                for one in shift["chosen"]
                            ],
                            "times": shift["times"],
                            "last": fields.Date.to_string(shift["last"]) or False,
                            "stand_in": shift.get("stand_in") or False,
                        }
                        for shift in shifts
                        if shift["begins"].date() == day
                    ],
                }
            )
        return days

    @api.model
    def _get_names(self, shifts):
        ids = {shift["employee_id"] for shift in shifts if shift["employee_id"]}
        # Names of colleagues are shown to everyone who plans them.
        employees_sudo = self.env["hr.employee"].sudo().browse(ids)
        return {employee.id: employee.name for employee in employees_sudo}

    @api.model
    def _get_reasons(self, shifts):
        """Why somebody was moved here: {(source id or None, id of the shift): words}

        Read with the rights of the reader, whoever's the source has.
        """
        moved = defaultdict(list)
        for shift in shifts:
            if shift["kind"] == "moved":
                moved[shift["source_id"]].append(shift["res_id"])
        reasons = {}
        for source_id, ids in moved.items():
            # Only where it says why.
            source_sudo = self.env["dupq.rota.source"].sudo().browse(source_id)
            model = source_sudo.model or "dupq.shift"
            path = source_sudo.reason_path if source_sudo else "reason"
            for record in self.env[model].browse(ids) if path else ():
                reasons[source_id, record.id] = get_words(record, path)
        return reasons

    @api.model
    def _get_models(self, shifts):
        ids = {shift["source_id"] for shift in shifts if shift["source_id"]}
        # Only in which kind of record they are kept.
        sources_sudo = self.env["dupq.rota.source"].sudo().browse(ids)
        return {None: "dupq.shift", **{s.id: s.model for s in sources_sudo}}

    @api.model
    def _get_faces(self, week, before, shifts):
        """Different faces in each of the last weeks, this one included."""
        faces = {}
        for row in before:
            faces.setdefault(row["week"], set()).add(row["key"])
        faces[week] = {shift["key"] for shift in shifts}
        first = week - (WEEKS_SHOWN - 1) * WEEK
        return [
            {
                "week": fields.Date.to_string(first + number * WEEK),
                "count": len(faces.get(first + number * WEEK, ())),
            }
            for number in range(WEEKS_SHOWN)
        ]

    @api.model
    def _get_months(self, service, person, week):
        """Hours of the months before this week's, as far as the reader may see."""
        month = week.replace(day=1)
        domain = [
            ("service_id", "=", service.id),
            ("month", "<", month),
            ("month", ">=", month - relativedelta(months=WEEKS_SHOWN)),
        ]
        if person:
            domain.append(("person_id", "=", person.id))
        rows = self.env["dupq.rota.month"]._read_group(
            domain,
            ["month:month"],
            ["hours:sum", "chosen_hours:sum", "matched_hours:sum"],
            order="month:month",
        )
        return [
            {
                "month": fields.Date.to_string(first),
                "hours": hours,
                "chosen": chosen,
                "matched": matched,
            }
            for first, hours, chosen, matched in rows
            if hours
        ]


def _get_worker(row):
    """One worker, one face: the number of an employee or the code of an agency's, or
    the key of somebody who is no longer known."""
    return row["employee_id"] or row["agency_ref"] or row["face_key"]
