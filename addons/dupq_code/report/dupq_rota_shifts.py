from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..rota_sql import LONGEST_HOURS, get_local, get_places


class DupqRotaShifts(models.AbstractModel):
    """From a figure of the rota down to its shifts, as many as it was counted from."""

    _name = "dupq.rota.shifts"
    _description = "Shifts behind a figure"

    @api.model
    def _get_action(self, service, month, person=None):
        """Open the shifts of a month, in whatever kind of record they are kept.

        As many as were counted: where they are kept in several places, or some are not
        for the reader, in one list of all of them.

        :param person: only those counted for this person; an empty one for those
            that were counted for nobody in particular
        """
        rows = self._get_rows(service, month, person)
        places = {row["source_id"] for row in rows}
        # Only which kind of record it is.
        sources_sudo = self.env["dupq.rota.source"].sudo().browse(places - {None})
        model = sources_sudo[:1].model or "dupq.shift"
        is_readable = self.env[model].has_access("read")
        if len(places) > 1 or not (
            is_readable and all(row["is_readable"] for row in rows)
        ):
            return self.env["dupq.rota.shift.shown"]._get_action(service, rows)
        return self._open(model, [row["res_id"] for row in rows], service)

    @api.model
    def _open(self, model, ids, service):
        return {
            "type": "ir.actions.act_window",
            # Whoever sees the figure knows of which service it is.
            "name": self.env._("Shifts: %(service)s", service=service.sudo().name),
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }

    @api.model
    def _get_rows(self, service, month, person=None):
        """The shifts that have a part in a month: dicts, as in ``rota_sql.COLUMNS``.

        Those too that the reader may not read: ``is_readable`` says which.
        """
        first = fields.Datetime.to_datetime(month) - timedelta(
            days=1, hours=LONGEST_HOURS
        )
        until = fields.Datetime.to_datetime(month) + relativedelta(months=1, days=8)
        end = month + relativedelta(months=1)
        mine = SQL("TRUE")
        if person is not None:
            stays = SQL(
                """SELECT 1 FROM dupq_person_stay st
                    WHERE %(who)s AND st.service_id = r.service_id
                      AND st.date_from <= %(day)s
                      AND (st.date_to IS NULL OR st.date_to >= %(day)s)""",
                who=SQL("st.person_id = %s", person.id) if person else SQL("TRUE"),
                day=SQL("%s::date", get_local(SQL("r.start"), SQL("p.tz"))),
            )
            mine = SQL("(r.person_id IS NULL AND NOT EXISTS (%s))", stays)
            if person:
                mine = SQL(
                    "(r.person_id = %s OR r.person_id IS NULL AND EXISTS (%s))",
                    person.id,
                    stays,
                )
        begins = get_local(SQL("r.start"), SQL("p.tz"))
        self.env.flush_all()
        company = service.sudo().company_id
        counter = self.env["dupq.rota.month"]
        return self.env.execute_query_dict(
            SQL(
                """
                WITH readable AS (%(readable)s)
                SELECT r.*, EXISTS (
                           SELECT 1 FROM readable
                            WHERE readable.res_id = r.res_id
                              AND readable.source_id IS NOT DISTINCT FROM r.source_id)
                           AS is_readable
                  FROM (%(rows)s) r
                  JOIN (%(places)s) p ON p.id = r.service_id
                 WHERE r.service_id = %(service)s AND %(mine)s
                   AND (%(begins)s < %(end)s AND %(ends)s > %(month)s
                        OR date_trunc('week', %(begins)s) >= %(month)s
                       AND date_trunc('week', %(begins)s) < %(end)s)
              ORDER BY r.start, r.source_id, r.res_id
                """,
                rows=counter._get_rows_query(first, until, company),
                readable=counter._get_rows_query(first, until, company, self.env.uid),
                places=get_places(self.env),
                service=service.id,
                mine=mine,
                begins=begins,
                ends=get_local(SQL("r.stop"), SQL("p.tz")),
                month=month,
                end=end,
            )
        )
