from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..rota_sql import LONGEST_HOURS, get_chosen, get_known_there

# Nobody is proposed for two shifts with less rest between them.
REST = timedelta(hours=11)


class DupqRotaWeekFree(models.AbstractModel):
    """Who could come instead of a stranger: the nearest known colleague who is free.

    A part of ``dupq.rota.week``. Nearest is whom the people there chose, then who
    belongs to the service, then who was here most often in the last year. Free is who
    has no other shift at that time, in any service, nor one with less than eleven hours
    of rest between the two, and is not away.
    """

    _name = "dupq.rota.week.free"
    _description = "Who is free in a week of the rota"

    @api.model
    def _get_choices(self, people):
        """Whom these people chose: {employee id: [(person, since, until)]}"""
        rows = self.env.execute_query(
            SQL(
                "SELECT employee_id, person_id, since, until FROM (%s) c "
                "WHERE person_id = ANY(%s)",
                get_chosen(),
                people.ids,
            )
        )
        called = {person.id: person for person in people}
        chosen = defaultdict(list)
        for employee_id, person_id, since, until in rows:
            chosen[employee_id].append((called[person_id], since, until))
        return chosen

    @api.model
    def _find_free(self, shifts, before, service, people):
        """Add to each shift of a stranger the colleague who could come instead."""
        strangers = [shift for shift in shifts if shift["state"] == "stranger"]
        if not strangers:
            return
        candidates = self._get_candidates(strangers, before, service, people)
        busy = self._get_busy(strangers, candidates)
        for shift in strangers:
            day = shift["begins"].date()
            free = [
                one
                for one in candidates.values()
                if not any(
                    start < shift["stop"] and stop > shift["start"]
                    for start, stop in busy.get(one["id"], ())
                )
            ]
            nearest = min(
                (self._stand(one, day, shift) for one in free),
                key=lambda one: (one["rank"], -one["times"], one["name"]),
                default=False,
            )
            shift["stand_in"] = nearest
            if nearest:
                busy[nearest["id"]].append(
                    (shift["start"] - REST, shift["stop"] + REST)
                )

    @api.model
    def _stand(self, candidate, day, shift):
        """How a colleague stands to the people of a shift, for choosing the nearest."""
        is_chosen = any(
            since <= day
            and (until is None or day < until)
            and shift["person_id"] in (None, person.id)
            for person, since, until in candidate["chosen"]
        )
        state = "chosen" if is_chosen else "known" if candidate["known"] else "seen"
        return {
            "id": candidate["id"],
            "name": candidate["name"],
            "state": state,
            "times": candidate["times"],
            "rank": ("chosen", "known", "seen").index(state),
        }

    @api.model
    def _get_candidates(self, strangers, before, service, people):
        """Employees who are known here in any way: {id: dict}"""
        chosen = self._get_choices(people)
        times = defaultdict(int)
        for row in before:
            if row["employee_id"]:
                times[row["employee_id"]] += row["times"]
        day = strangers[0]["begins"].date()
        employee = SQL.identifier("e", "id")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id, e.name, e.known
                  FROM (SELECT e.id, e.name, %s AS known FROM hr_employee e
                         WHERE e.active AND e.company_id = %s) e
                 WHERE e.known OR e.id = ANY(%s)
                """,
                get_known_there(
                    employee, SQL("%s", service.id), SQL("%s", day), SQL("%s", day)
                ),
                service.sudo().company_id.id,
                [*chosen, *times],
            )
        )
        return {
            id_: {
                "id": id_,
                "name": name,
                "known": known,
                "chosen": chosen.get(id_, ()),
                "times": times.get(id_, 0),
            }
            for id_, name, known in rows
        }

    @api.model
    def _get_busy(self, strangers, candidates):
        """When these colleagues are at work or away: {id: [(start, stop)]} in UTC.

        Asked of all shifts, wherever they are: only whether somebody is free is told.
        """
        since = min(shift["start"] for shift in strangers) - REST
        until = max(shift["stop"] for shift in strangers) + REST
        ids = list(candidates)
        busy = defaultdict(list)
        rows = self.env.execute_query(
            SQL(
                "SELECT employee_id, start, stop FROM (%s) r "
                "WHERE employee_id = ANY(%s) AND stop > %s",
                self.env["dupq.rota.month"]._get_rows_query(
                    since - timedelta(hours=LONGEST_HOURS), until
                ),
                ids,
                since,
            )
        )
        for employee_id, start, stop in rows:
            busy[employee_id].append((start - REST, stop + REST))
        for employee_id, start, stop in self._get_away(ids, since, until):
            busy[employee_id].append((start, stop))
        return busy

    @api.model
    def _get_away(self, employee_ids, since, until):
        """Extend with when these employees are away: list of (id, start, stop)."""
        return []
